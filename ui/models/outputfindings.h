// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/commandrunner.h"

#include <QDateTime>
#include <QStringList>

namespace runsheet
{

/// What is noticed of a command from outside while it runs.
struct OutputFindings
{
    OutputRecognised tool; ///< with an empty tool: none was recognised
    QStringList symptoms; ///< titles of the troubleshooting entries that a line fits
    QString success; ///< the line in which its tool said that all went well; empty: none did
    QDateTime lastOutput; ///< where there is such a line
    TerminalState terminal;
    bool diskFull = false; ///< there is no room for more of its output

    bool operator==(const OutputFindings &) const = default;
};

} // namespace runsheet
