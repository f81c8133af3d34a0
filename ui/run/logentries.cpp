// SPDX-License-Identifier: Apache-2.0
#include "run/logentries.h"

#include <QCoreApplication>

namespace runsheet
{

namespace
{

QString titleOf(const RunState &state, const Execution &execution)
{
    const Command *command = state.commandOf(execution);
    QString title = command == nullptr ? execution.command.value : command->title();
    if (execution.attempt <= 1)
        return title;
    return QCoreApplication::translate("runsheet::LogEntries", "%1, attempt %2")
        .arg(title)
        .arg(execution.attempt);
}

LogEntry entryOf(const RunState &state, const Execution &execution)
{
    const QString words = execution.isOpen()
        ? QCoreApplication::translate("runsheet::LogEntries", "running")
        : Wording::result(execution);
    return {.id = execution.id.value,
            .title = titleOf(state, execution),
            .state = words,
            .tone = execution.isOpen() ? LogTone::Running : logTone(Wording::tone(execution))};
}

} // namespace

LogTone logTone(Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return LogTone::Ok;
    case Tone::Running:
        return LogTone::Running;
    case Tone::Bad:
        return LogTone::Bad;
    case Tone::Neutral:
    case Tone::Accent:
    case Tone::Warning:
        break;
    }
    return LogTone::Warning;
}

QList<LogEntry> logEntries(const RunState &state)
{
    QList<LogEntry> entries;
    for (const Execution &execution : state.executions)
        entries.prepend(entryOf(state, execution));
    return entries;
}

} // namespace runsheet
