// SPDX-License-Identifier: Apache-2.0
#include "store/sqlitejournal.h"

#include "base/log.h"
#include "store/journaldatabase.h"

#include <QDeadlineTimer>

#include <atomic>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kCloseTimeoutMs = 10'000;

} // namespace

/// Owns the database on the store thread. Calls come through its event loop, so in order.
class SqliteJournal::Worker final : public QObject
{
public:
    explicit Worker(Paths paths)
        : m_paths(std::move(paths))
    {
    }

    [[nodiscard]] JournalDatabase &database()
    {
        if (!m_database)
            m_database = std::make_unique<JournalDatabase>(m_paths);
        return *m_database;
    }
    void close() { m_database.reset(); }
    /// Nobody waits for answers any more. Any thread.
    void abandon() { m_abandoned = true; }
    [[nodiscard]] bool isAbandoned() const { return m_abandoned; }

private:
    Paths m_paths;
    std::atomic<bool> m_abandoned = false;
    std::unique_ptr<JournalDatabase> m_database; ///< made on first use, on the store thread
};

SqliteJournal::SqliteJournal(const Paths &paths, QObject *parent)
    : RunJournal(parent)
    , m_thread(std::make_unique<QThread>())
    , m_worker(new Worker(paths))
{
    m_thread->setObjectName(u"store"_s);
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();
}

SqliteJournal::~SqliteJournal()
{
    // Behind everything that was posted, so all of it is written first.
    Worker *worker = m_worker;
    QThread *thread = m_thread.get();
    QMetaObject::invokeMethod(
        worker,
        [worker, thread] {
            worker->close();
            thread->quit();
        },
        Qt::QueuedConnection);
    if (m_thread->wait(QDeadlineTimer(kCloseTimeoutMs)))
        return;
    log::error(u"The journal did not finish writing within 10 s. The disk may be hanging."_s);
    // Destroying a thread that runs would end the program; this one is stuck in the disk.
    worker->abandon();
    (void)m_thread.release();
}

void SqliteJournal::post(Work work)
{
    Worker *worker = m_worker;
    QMetaObject::invokeMethod(
        worker,
        [this, worker, work = std::move(work)] {
            Answer answer = work(worker->database());
            if (!worker->isAbandoned())
                QMetaObject::invokeMethod(this, std::move(answer), Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void SqliteJournal::append(const RunEvent &event)
{
    post([this, event](JournalDatabase &database) -> Answer {
        const Result<RunEvent> stored = database.append(event);
        if (!stored)
            return [this, event, error = stored.error()] { Q_EMIT appendFailed(event, error); };
        return [this, stored = *stored] { Q_EMIT appended(stored); };
    });
}

void SqliteJournal::load(const RunId &run)
{
    post([this, run](JournalDatabase &database) -> Answer {
        const Result<QList<RunEvent>> events = database.load(run);
        if (!events)
            return [this, run, error = events.error()] { Q_EMIT loadFailed(run, error); };
        return [this, run, events = *events] { Q_EMIT loaded(run, events); };
    });
}

void SqliteJournal::lookForMore(const RunId &run, qint64 afterSeq)
{
    post([this, run, afterSeq](JournalDatabase &database) -> Answer {
        const Result<QList<RunEvent>> events = database.loadAfter(run, afterSeq);
        // What is wrong with a journal that cannot be read is said by whatever needs it next.
        return [this, run, events = events ? *events : QList<RunEvent>()] {
            if (!events.isEmpty())
                Q_EMIT appendedElsewhere(run, events);
        };
    });
}

void SqliteJournal::list()
{
    post([this](JournalDatabase &database) -> Answer {
        const Result<QList<RunSummary>> runs = database.list();
        if (!runs)
            return [this, error = runs.error()] { Q_EMIT listFailed(error); };
        return [this, runs = *runs] { Q_EMIT listed(runs); };
    });
}

void SqliteJournal::findApproval(const QString &runbookSha256)
{
    post([this, runbookSha256](JournalDatabase &database) -> Answer {
        const Result<QString> basis = database.findApproval(runbookSha256);
        // A journal that cannot be read approves nothing; append() will say what is wrong with it.
        return [this, runbookSha256, basis = basis ? *basis : QString()] {
            Q_EMIT approvalFound(runbookSha256, basis);
        };
    });
}

} // namespace runsheet
