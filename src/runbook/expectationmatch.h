// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace runsheet
{

/// Of one line of a comparison.
struct MatchLine
{
    enum class Kind
    {
        Same,
        Changed,
        Missing, ///< expected and not there
        Extra ///< there and not expected
    };

    Kind kind = Kind::Same;
    QString expected;
    QString actual;

    bool operator==(const MatchLine &) const = default;
};

/// What a command printed beside what the runbook says it prints.
struct ExpectationMatch
{
    QList<MatchLine> lines; ///< in order
    bool wasCut = false; ///< only the beginning of the output was compared

    bool operator==(const ExpectationMatch &) const = default;
    [[nodiscard]] int differences() const;
    [[nodiscard]] bool matches() const { return differences() == 0; }
};

/// How much is compared; a longer output is cut, and that is said.
constexpr qsizetype kMaxComparedLines = 4000;
constexpr qint64 kMaxComparedBytes = 4 * 1024 * 1024;

/// Lines in order, white space folded, empty lines left out. "…" or "..." within a line stands for
/// any text, alone on a line for any number of lines. JSON is compared by keys, types and booleans;
/// values are examples, and keys that the runbook does not show are no difference. Pure, any
/// thread; takes up to some tenths of a second at the limits.
[[nodiscard]] ExpectationMatch matchExpectation(const Expectation &expectation,
                                                const QStringList &output);

} // namespace runsheet
