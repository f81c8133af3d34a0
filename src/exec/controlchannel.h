// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace runsheet
{

// Lines for an execution's control socket.
[[nodiscard]] QByteArray signalLine(int signal);
[[nodiscard]] QByteArray inputLine(const QByteArray &bytes);
[[nodiscard]] QByteArray resizeLine(int columns, int rows);
/// Goes with a descriptor, which is held open until the command has ended.
[[nodiscard]] QByteArray holdLine();

/// Sends them to the runsheet-exec that works in the folder, a copy of the descriptor with the
/// first of them if there is one; false when none listens. Blocks for at most a second. Any thread.
bool sendControl(const QString &folder, const QByteArray &lines, int descriptor = -1);

} // namespace runsheet
