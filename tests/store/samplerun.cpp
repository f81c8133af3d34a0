// SPDX-License-Identifier: Apache-2.0
#include "store/samplerun.h"

#include "base/json.h"
#include "base/sha256.h"
#include "environment/environment.h"
#include "runbook/parser.h"

using namespace Qt::StringLiterals;

namespace runsheet::test
{

SampleRun::SampleRun(QString text)
    : runbook(std::move(text))
{
    Environment target;
    target.name = u"production"_s;
    target.production = true;
    target.connection.host = u"db1.example"_s;
    target.connection.port = 5432;
    target.connection.database = u"shop"_s;
    environment = target.toJson();
}

QString SampleRun::defaultRunbook()
{
    return uR"(# Add notifications

## 1 Hour Before

- [ ] Create a backup

  ```bash
  pg_dump -Fc shop > shop.dump
  ```

- [ ] Tell support

## Execution

- [ ] Approve the change by 2+ engineers

- [ ] Migrate

  ```bash
  psql -f 009.sql
  ```

## Rollback

### Scenario 1: Migration fails

- [ ] Restore the backup

  ```bash
  pg_restore -d shop shop.dump
  ```
)"_s;
}

RunEvent SampleRun::make(EventBody body, const QString &person)
{
    static const QDateTime kStart(QDate(2026, 11, 20), QTime(1, 40), Qt::UTC);
    return {.id = EventId::create(),
            .run = id,
            .seq = 0,
            .at = kStart.addSecs(60LL * m_minute++),
            .actor = {.name = person, .account = person.toLower(), .host = u"desk"_s},
            .unattended = false,
            .body = std::move(body),
            .previous = {},
            .hash = {}};
}

RunCreated SampleRun::created() const
{
    return {.runbookTitle = u"Add notifications"_s,
            .runbookFile = u"notifications.md"_s,
            .runbookSha256 = sha256Hex(runbook.toUtf8()),
            .runbookSource = runbook,
            .environment = environment,
            .mode = RunMode::Live,
            .windowStart = QDateTime(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC),
            .windowEnd = QDateTime(QDate(2026, 11, 20), QTime(4, 0), Qt::UTC),
            .change = u"CHG-2231"_s,
            .versions = {{u"runsheet"_s, u"0.1.0"_s}}};
}

StepId SampleRun::step(const QString &title) const
{
    const Runbook parsed = parseRunbook(runbook.toUtf8(), u"notifications.md"_s);
    for (const Phase &phase : parsed.phases) {
        for (const Step &candidate : phase.steps) {
            if (candidate.title.startsWith(title))
                return candidate.id;
        }
    }
    return {};
}

CommandId SampleRun::command(const QString &stepTitle) const
{
    const Runbook parsed = parseRunbook(runbook.toUtf8(), u"notifications.md"_s);
    const Step *found = parsed.step(step(stepTitle));
    return found == nullptr || found->commands.isEmpty() ? CommandId{}
                                                         : found->commands.constFirst().id;
}

QList<RunEvent> chained(QList<RunEvent> events)
{
    QString previous = firstPreviousHash();
    for (qsizetype i = 0; i < events.size(); ++i) {
        events[i].seq = i + 1;
        events[i].previous = previous;
        events[i].hash = eventHash(events.at(i));
        previous = events.at(i).hash;
    }
    return events;
}

} // namespace runsheet::test
