// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QStringList>

namespace runsheet
{

inline QString groupLetter(PhaseGroup group)
{
    using namespace Qt::StringLiterals;
    switch (group) {
    case PhaseGroup::Before:
        return u"B"_s;
    case PhaseGroup::Window:
        return u"W"_s;
    case PhaseGroup::After:
        return u"A"_s;
    case PhaseGroup::Rollback:
        return u"R"_s;
    case PhaseGroup::Reference:
        return u"-"_s;
    }
    return {};
}

/// A runbook as lines that a person can compare: "W execution: Migration Execution", "  * step",
/// "    $ command", "    > expectation", "    : note", "  | text".
inline QStringList outline(const Runbook &runbook)
{
    using namespace Qt::StringLiterals;
    QStringList lines;
    for (const Phase &phase : runbook.phases) {
        lines << groupLetter(phase.group) + u' ' + phase.kind + u": "_s + phase.title;
        qsizetype next = 0;
        const auto textUpTo = [&](qsizetype position) {
            while (next < phase.text.size() && phase.text.at(next).position <= position)
                lines << u"  | "_s + phase.text.at(next++).block.text;
        };
        for (qsizetype i = 0; i < phase.steps.size(); ++i) {
            textUpTo(i);
            const Step &step = phase.steps.at(i);
            const QString indent((step.depth + 1) * 2, u' ');
            lines << indent + u"* "_s + step.title;
            for (const TextBlock &note : step.notes)
                lines << indent + u"  : "_s + note.text;
            for (const Command &command : step.commands)
                lines << indent + u"  $ "_s + command.text;
            for (const Expectation &expectation : step.expectations)
                lines << indent + u"  > "_s + expectation.text;
        }
        textUpTo(phase.steps.size());
    }
    return lines;
}

} // namespace runsheet
