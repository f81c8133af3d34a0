// SPDX-License-Identifier: Apache-2.0
#include "runbook/lint.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

constexpr int kItemsAtATime = 9; ///< more on one level are not taken in at a glance

bool saysHowToGoBack(const Phase &phase)
{
    return phase.group == PhaseGroup::Rollback && (!phase.steps.isEmpty() || !phase.text.isEmpty());
}

void lintRollback(const Runbook &runbook, QList<Diagnostic> &found)
{
    if (std::ranges::any_of(runbook.phases, saysHowToGoBack))
        return;
    for (const Phase &phase : runbook.phases) {
        if (phase.group == PhaseGroup::Reference || phase.commandCount() == 0)
            continue;
        found.append(
            {Severity::Warning, u"no-rollback"_s,
             u"The runbook runs commands from here on and says nowhere how to go back. Add "
             u"a section “Rollback” with its steps."_s,
             phase.location});
        return;
    }
}

void lintLength(const Phase &phase, QList<Diagnostic> &found)
{
    const auto items =
        std::ranges::count_if(phase.steps, [](const Step &step) { return step.depth == 0; });
    if (items > kItemsAtATime)
        found.append({Severity::Note, u"long-phase"_s,
                      u"“%1” has %2 items before the next gate. Group them, at most nine together, "
                      u"so that nobody loses count."_s.arg(phase.title)
                          .arg(items),
                      phase.location});
}

} // namespace

QList<Diagnostic> lintStructure(const Runbook &runbook)
{
    QList<Diagnostic> found;
    lintRollback(runbook, found);
    for (const Phase &phase : runbook.phases) {
        if (phase.group != PhaseGroup::Reference)
            lintLength(phase, found);
    }
    return found;
}

QList<Diagnostic> lint(const Runbook &runbook)
{
    QList<Diagnostic> found = lintStructure(runbook) + lintSecrets(runbook.source);
    for (const Phase &phase : runbook.phases) {
        for (const Step &step : phase.steps) {
            for (const Command &command : step.commands)
                found += lintCommand(command);
        }
    }
    sortByPlace(found);
    return found;
}

void sortByPlace(QList<Diagnostic> &diagnostics)
{
    std::ranges::stable_sort(diagnostics, {}, [](const Diagnostic &diagnostic) {
        return std::pair(diagnostic.location.line, diagnostic.location.column);
    });
}

} // namespace runsheet
