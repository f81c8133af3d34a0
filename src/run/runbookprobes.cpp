// SPDX-License-Identifier: Apache-2.0
#include "run/runbookprobes.h"

#include "runbook/attributes.h"
#include "runbook/duration.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// "true" is every second.
int secondsBetween(const QString &value)
{
    const qint64 seconds = durationIn(value).value_or(1);
    return static_cast<int>(std::clamp<qint64>(seconds, 1, 3'600));
}

bool isProbe(const Command &command)
{
    const QString value = command.attributes.value(u"probe"_s, u"false"_s);
    return value != u"false" && command.language == CommandLanguage::Sql
        && command.placeholders.isEmpty();
}

QString nameOf(const Command &command, const Step &step)
{
    for (const QString &name : {command.attributes.value(u"name"_s), command.label}) {
        if (!name.isEmpty())
            return name;
    }
    return step.title;
}

} // namespace

QList<Probe> runbookProbes(const RunState &state)
{
    QList<Probe> probes;
    if (state.runbook == nullptr || !state.approval)
        return probes;
    for (const Phase &phase : state.runbook->phases) {
        for (const Step &step : phase.steps) {
            for (const Command &command : step.commands) {
                if (isProbe(command))
                    probes.append(
                        {.name = nameOf(command, step),
                         .sql = command.text,
                         .everySeconds = secondsBetween(command.attributes.value(u"probe"_s))});
            }
        }
    }
    return probes;
}

Environment watchedEnvironment(const RunState &state)
{
    Environment environment = state.environment;
    environment.probes += runbookProbes(state);
    return environment;
}

} // namespace runsheet
