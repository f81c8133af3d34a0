// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>
#include <QStringList>

namespace runsheet
{

/// A program that gets away from its parent by itself and says with exit code 0 that it did.
struct DetachedProgram
{
    QString program;
    QStringList arguments;
    QByteArrayList environment; ///< "NAME=value"
    QByteArray input; ///< on a pipe with the number kInputDescriptor; gone when it is read
};

inline constexpr int kInputDescriptor = 3;

/// Starts it and waits until it stands on its own. Any thread; blocks for some milliseconds. Costs
/// the same however much memory this process has, which a fork would copy the tables of.
[[nodiscard]] Result<void> startDetached(const DetachedProgram &program);

} // namespace runsheet
