// SPDX-License-Identifier: Apache-2.0
#include "support/eventbuilder.h"

#include "base/json.h"
#include "base/sha256.h"
#include "runbook/parser.h"

using namespace Qt::StringLiterals;

namespace runsheet::test
{

EventBuilder::EventBuilder()
    : m_run(RunId::create())
    , m_time(QDate(2026, 11, 20), QTime(1, 40), Qt::UTC)
{
}

const RunEvent &EventBuilder::add(EventBody body, const QString &who)
{
    m_time = m_time.addSecs(1);
    RunEvent event{
        .id = EventId::create(),
        .run = m_run,
        .seq = m_events.size() + 1,
        .at = m_time,
        .actor = {.name = who, .account = u"release"_s, .host = u"desk"_s},
        .unattended = false,
        .body = std::move(body),
        .previous = m_events.isEmpty() ? firstPreviousHash() : m_events.constLast().hash,
        .hash = {},
    };
    event.hash = eventHash(event);
    m_events += event;
    return m_events.constLast();
}

const RunEvent &EventBuilder::create(const QByteArray &source)
{
    const Environment environment{.name = u"staging"_s, .colour = u"amber"_s};
    return add(RunCreated{
        .runbookTitle = parseRunbook(source, u"test.md"_s).title,
        .runbookFile = u"test.md"_s,
        .runbookSha256 = sha256Hex(source),
        .runbookSource = QString::fromUtf8(source),
        .environment = environment.toJson(),
        .mode = RunMode::Rehearsal,
        .windowStart = QDateTime(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC),
        .windowEnd = QDateTime(QDate(2026, 11, 20), QTime(4, 0), Qt::UTC),
        .change = u"CHG-2231"_s,
        .versions = {{u"runsheet"_s, u"test"_s}},
    });
}

StepId stepNamed(const RunState &state, const QString &text)
{
    for (const Phase &phase : state.runbook->phases) {
        for (const Step &step : phase.steps) {
            if (step.title.contains(text))
                return step.id;
        }
    }
    qFatal("no step named %s", qPrintable(text));
}

CommandId commandOf(const RunState &state, const QString &stepText)
{
    const Step *step = state.runbook->step(stepNamed(state, stepText));
    if (step->commands.isEmpty())
        qFatal("no command in step %s", qPrintable(stepText));
    return step->commands.first().id;
}

PhaseId phaseNamed(const RunState &state, const QString &text)
{
    for (const Phase &phase : state.runbook->phases) {
        if (phase.title.contains(text))
            return phase.id;
    }
    qFatal("no phase named %s", qPrintable(text));
}

} // namespace runsheet::test
