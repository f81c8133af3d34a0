// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet::log
{

/// Opens the rotating application log (1 MB, 3 files) and routes Qt's messages into it. Without a
/// call, or when the file cannot be opened, warnings and errors go to standard error.
void start(const QString &file);

void info(const QString &message);
void warning(const QString &message);
void error(const QString &message);

} // namespace runsheet::log
