// SPDX-License-Identifier: Apache-2.0
#include "support/fakejournal.h"

#include "run/stillfits.h"

#include <QTimer>

namespace runsheet::test
{

void FakeJournal::answer(std::function<void()> emission)
{
    if (m_held)
        m_waiting.enqueue(std::move(emission));
    else
        QTimer::singleShot(0, this, std::move(emission));
}

void FakeJournal::release()
{
    m_held = false;
    while (!m_waiting.isEmpty())
        answer(m_waiting.dequeue());
}

void FakeJournal::put(const QList<RunEvent> &events)
{
    const RunId run = events.constFirst().run;
    if (!m_runs.contains(run))
        m_order += run;
    m_runs.insert(run, events);
}

void FakeJournal::append(const RunEvent &event)
{
    if (m_failure) {
        const Error error = *std::exchange(m_failure, std::nullopt);
        answer([this, event, error] { Q_EMIT appendFailed(event, error); });
        return;
    }
    answer([this, event] { store(event); });
}

void FakeJournal::store(RunEvent event)
{
    QList<RunEvent> events = m_runs.value(event.run);
    if (const Result<void> fits = stillFits(replay(events), event.body); !fits) {
        Q_EMIT appendFailed(event, fits.error());
        return;
    }
    event.seq = events.size() + 1;
    event.previous = events.isEmpty() ? firstPreviousHash() : events.constLast().hash;
    event.hash = eventHash(event);
    events += event;
    put(events);
    Q_EMIT appended(event);
}

void FakeJournal::load(const RunId &run)
{
    answer([this, run] {
        if (m_runs.contains(run))
            Q_EMIT loaded(run, m_runs.value(run));
        else
            Q_EMIT loadFailed(run,
                              {.kind = Error::Kind::NotFound,
                               .message = QStringLiteral("There is no such run."),
                               .detail = {}});
    });
}

void FakeJournal::lookForMore(const RunId &run, qint64 afterSeq)
{
    answer([this, run, afterSeq] {
        const QList<RunEvent> events = m_runs.value(run).mid(afterSeq);
        if (!events.isEmpty())
            Q_EMIT appendedElsewhere(run, events);
    });
}

void FakeJournal::list()
{
    answer([this] {
        QList<RunSummary> runs;
        for (qsizetype i = m_order.size(); i > 0; --i)
            runs += summarize(replay(m_runs.value(m_order.at(i - 1))), i);
        Q_EMIT listed(runs);
    });
}

void FakeJournal::findApproval(const QString &runbookSha256)
{
    answer([this, runbookSha256] { Q_EMIT approvalFound(runbookSha256, m_basis); });
}

} // namespace runsheet::test
