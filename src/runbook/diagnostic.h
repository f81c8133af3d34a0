// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace runsheet
{

/// A place in the runbook's source. Lines and columns count from 1; 0 means "the whole file".
struct SourceLocation
{
    int line = 0;
    int column = 0;

    bool operator==(const SourceLocation &) const = default;
};

/// Something a person should know about a runbook. The parser returns all of them and never stops
/// at the first.
struct Diagnostic
{
    enum class Severity
    {
        Note,
        Warning,
        Error
    };

    Severity severity = Severity::Warning;
    QString code; ///< stable, kebab-case: "not-utf8", "no-steps", "command-in-no-step"
    QString message; ///< what and what to do, without the location
    SourceLocation location;

    bool operator==(const Diagnostic &) const = default;
};

} // namespace runsheet
