// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace runsheet::limits
{

inline constexpr qsizetype kMaxSourceBytes = qsizetype{2} * 1024 * 1024;
inline constexpr qsizetype kMaxLineBytes = qsizetype{64} * 1024;
/// A line with more bars than this makes the parser's tables take seconds: then there are none.
inline constexpr qsizetype kMaxTableBars = 200;
inline constexpr int kMaxSteps = 2'000;
inline constexpr int kMaxSections = 2'000; ///< headings that are looked at as phases
inline constexpr int kMaxNesting = 32; ///< lists and block quotes within each other
inline constexpr int kMaxDiagnosticsPerCode = 50;
/// Shell pieces handed to `bash -n` per runbook. A count, not a time: the same bytes must be cut
/// the same way on a slow machine.
inline constexpr int kMaxSyntaxChecks = 200;
inline constexpr int kSyntaxCheckTimeoutMs = 5'000;

} // namespace runsheet::limits
