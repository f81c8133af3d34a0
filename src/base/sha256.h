// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

#include <memory>

namespace runsheet
{

/// SHA-256 of bytes that come in pieces. OpenSSL's, because Qt's own takes ten times as long where
/// the processor can do it itself, and the log of a migration has gigabytes.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Q_DISABLE_COPY_MOVE(Sha256)

    void add(QByteArrayView bytes);
    /// 64 lower-case digits. Ends the computation: nothing may be added afterwards.
    [[nodiscard]] QString hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Of all the bytes at once.
[[nodiscard]] QString sha256Hex(QByteArrayView bytes);

} // namespace runsheet
