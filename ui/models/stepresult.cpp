// SPDX-License-Identifier: Apache-2.0
#include "models/stepresult.h"

#include "base/text.h"
#include "models/wording.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// What was out of the ordinary about the output of the step's commands, each under its name where
/// it is not the one that ran last; otherwise that it was as expected.
QStringList findingsOf(const RunState &state, const Step &step, const Execution &ranLast)
{
    QStringList findings;
    QString asExpected;
    for (const Command &command : step.commands) {
        const Execution *last = state.lastExecution(command.id);
        if (last == nullptr)
            continue;
        if (const QString finding = Wording::finding(*last); !finding.isEmpty())
            findings +=
                last->id == ranLast.id ? finding : u"%1: %2"_s.arg(command.title(), finding);
        else if (last->comparison)
            asExpected = Wording::comparison(*last->comparison);
    }
    return findings.isEmpty() ? QStringList{asExpected} : findings;
}

/// Of several commands it is said which is meant; and what the others came to, unless all is well.
QStringList resultsOf(const RunState &state, const Step &step, const Execution &ranLast)
{
    QStringList results;
    for (const Command &command : step.commands) {
        const Execution *last = state.lastExecution(command.id);
        if (last == nullptr || last->isOpen() || last->id == ranLast.id
            || last->outcome() == ExecutionOutcome::Succeeded)
            continue;
        results += u"%1: %2"_s.arg(command.title(), Wording::result(*last));
    }
    const QString result = Wording::result(ranLast);
    results += step.commands.size() > 1 ? u"%1: %2"_s.arg(state.titleOf(ranLast), result) : result;
    return results;
}

} // namespace

QString stepResult(const RunState &state, const Step &step)
{
    QStringList parts;
    for (const HttpChecked &answer : state.httpAnswers.value(step.id))
        parts += answer.finding;
    const Execution *last = state.lastExecution(step.id);
    if (last != nullptr && !last->isOpen())
        parts << findingsOf(state, step, *last) << resultsOf(state, step, *last)
              << Wording::resultDetail(*last)
              << (last->server && !last->isDeniedByServer() ? Wording::server(*last->server)
                                                            : QString());
    return dotted(parts);
}

} // namespace runsheet
