// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/phaseevents.h"

#include <QStringList>

namespace runsheet
{

/// What is noticed in the output of a command while it comes.
struct OutputFindings
{
    OutputRecognised tool; ///< with an empty tool: none was recognised
    QStringList symptoms; ///< titles of the troubleshooting entries that a line fits

    bool operator==(const OutputFindings &) const = default;
};

} // namespace runsheet
