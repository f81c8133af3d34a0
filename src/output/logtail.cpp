// SPDX-License-Identifier: Apache-2.0
#include "output/logtail.h"

#include <QThread>

namespace runsheet
{

namespace
{

constexpr unsigned long kPatience = 2000; // ms; a slice takes 30, unless the disk hangs

} // namespace

LogTail::LogTail(QObject *parent)
    : QObject(parent)
    , m_reader(new LogReader)
    , m_thread(new QThread)
{
    m_thread->setObjectName(QStringLiteral("log reader"));
    m_reader->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_reader, &QObject::deleteLater);
    connect(m_reader, &LogReader::updated, this, &LogTail::take);
    m_thread->start();
}

LogTail::~LogTail()
{
    m_thread->quit();
    if (m_thread->wait(kPatience))
        delete m_thread;
    else // it hangs in a call to the system: it goes when that comes back
        connect(m_thread, &QThread::finished, m_thread, &QObject::deleteLater);
}

template <typename Wish>
void LogTail::ask(Wish wish)
{
    QMetaObject::invokeMethod(m_reader, [reader = m_reader, wish] { wish(*reader); });
}

void LogTail::open(const QString &path, bool growing)
{
    close();
    m_path = path;
    m_growing = growing;
    ask([path, growing, opening = m_opening](LogReader &reader) {
        reader.open(path, growing, opening);
    });
}

void LogTail::close()
{
    ++m_opening;
    ++m_search;
    m_log.close();
    m_errors.clear();
    m_matches.clear();
    m_hasSearch = m_searching = m_growing = false;
    m_path.clear();
    ask([](LogReader &reader) { reader.close(); });
}

void LogTail::setGrowing(bool growing)
{
    m_growing = growing;
    ask([growing](LogReader &reader) { reader.setGrowing(growing); });
}

void LogTail::find(const LogQuery &query)
{
    m_hasSearch = m_searching = matcherFor(query) != nullptr;
    m_matches.clear();
    ++m_search;
    ask([query, search = m_search](LogReader &reader) { reader.find(query, search); });
}

void LogTail::take(const LogUpdate &update)
{
    if (update.opening != m_opening || m_path.isEmpty())
        return;
    if (update.failed) {
        Q_EMIT failed(*update.failed);
        return;
    }
    if (!openForShowing())
        return;
    takeIndex(update);
    takeErrors(update);
    takeMatches(update);
    if (update.caughtUp)
        Q_EMIT caughtUp();
}

bool LogTail::openForShowing()
{
    if (m_log.isOpen())
        return true;
    const auto opened = m_log.open(m_path);
    if (!opened)
        Q_EMIT failed(opened.error());
    return opened.hasValue();
}

void LogTail::takeIndex(const LogUpdate &update)
{
    if (update.restarted) {
        m_log.restart();
        m_errors.clear();
        m_matches.clear();
        Q_EMIT restarted();
    }
    const qint64 sizeBefore = m_log.index().size();
    if (update.end)
        m_log.showEnd(*update.end);
    else if (const qint64 before = m_log.append(update.index); before > 0)
        Q_EMIT linesCameBefore(before);
    if (m_log.index().size() > sizeBefore)
        Q_EMIT grew();
}

void LogTail::takeErrors(const LogUpdate &update)
{
    if (update.errors.isEmptyFor(m_errors.count()))
        return;
    m_errors.apply(update.errors);
    Q_EMIT errorsFound();
}

void LogTail::takeMatches(const LogUpdate &update)
{
    if (!m_hasSearch || update.search != m_search)
        return;
    const bool wasSearching = m_searching;
    m_searching = update.searching;
    if (!wasSearching && update.matches.isEmptyFor(m_matches.count()))
        return;
    m_matches.apply(update.matches);
    Q_EMIT searched();
}

} // namespace runsheet
