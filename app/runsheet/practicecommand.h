// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"
#include "base/result.h"

#include <QStringList>
#include <QTextStream>

namespace runsheet
{

/// What `runsheet practice` was asked to do.
struct PracticeRequest
{
    enum class Mode
    {
        Window,
        ServerOnly,
        Unattended,
        Stop,
        Help
    };

    Mode mode = Mode::Window;
    QString resultFolder; ///< for the report of an unattended run

    bool operator==(const PracticeRequest &) const = default;
};

[[nodiscard]] Result<PracticeRequest> parsePracticeRequest(const QStringList &arguments);

/// Every mode but Window, which main opens. Exit codes as everywhere.
int runPracticeCommand(const QStringList &arguments, const Paths &paths, QTextStream &out,
                       QTextStream &err);

} // namespace runsheet
