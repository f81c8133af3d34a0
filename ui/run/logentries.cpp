// SPDX-License-Identifier: Apache-2.0
#include "run/logentries.h"

#include "models/commandactivity.h"

#include <QCoreApplication>

namespace runsheet
{

namespace
{

QString titleOf(const RunState &state, const Execution &execution)
{
    QString title = state.titleOf(execution);
    if (execution.attempt <= 1)
        return title;
    return QCoreApplication::translate("runsheet::LogEntries", "%1, attempt %2")
        .arg(title)
        .arg(execution.attempt);
}

LogEntry entryOf(const RunState &state, const Execution &execution)
{
    return {.id = execution.id.value,
            .title = titleOf(state, execution),
            .state = Wording::result(execution),
            .tone = Wording::tone(execution),
            .explanation = Wording::finding(execution)};
}

} // namespace

QList<LogEntry> logEntries(const RunState &state,
                           const QHash<ExecutionId, OutputFindings> &findings, const QDateTime &now)
{
    QList<LogEntry> entries;
    for (const Execution &execution : state.executions) {
        LogEntry entry = entryOf(state, execution);
        if (execution.isOpen()) {
            const CommandActivity activity = activityOf(findings.value(execution.id), now);
            entry.state = activity.word;
            entry.tone = activity.tone;
            entry.explanation = activity.explanation;
        }
        entries.prepend(entry);
    }
    return entries;
}

} // namespace runsheet
