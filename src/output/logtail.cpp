// SPDX-License-Identifier: Apache-2.0
#include "output/logtail.h"

using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr auto kReadSlice = 4ms; // all three of a tick leave a frame time for painting
constexpr auto kSearchSlice = 4ms;
constexpr auto kActiveInterval = 16ms;
constexpr auto kMissingInterval = 40ms;
constexpr auto kIdleInterval = 1000ms;

} // namespace

LogTail::LogTail(QObject *parent)
    : QObject(parent)
    , m_errors(std::make_unique<ErrorMatcher>())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LogTail::tick);
    // Unwatched while it grows: a writer at full speed would wake us for every line.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this](const QString &path) {
        m_watcher.removePath(path);
        m_timer.start(0ms);
    });
}

void LogTail::open(const QString &path, bool growing)
{
    close();
    m_path = path;
    m_growing = growing;
    m_timer.start(0ms);
}

void LogTail::close()
{
    m_timer.stop();
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
    m_log.close();
    m_errors.restart();
    m_search.reset();
    m_searching = m_growing = false;
    m_path.clear();
}

void LogTail::setGrowing(bool growing)
{
    m_growing = growing;
    if (!m_path.isEmpty())
        m_timer.start(0ms);
}

void LogTail::find(const QString &text, Qt::CaseSensitivity caseSensitivity)
{
    m_searching = !text.isEmpty();
    m_search.reset();
    if (m_searching)
        m_search.emplace(std::make_unique<TextMatcher>(text, caseSensitivity));
    if (!m_path.isEmpty())
        m_timer.start(0ms);
}

void LogTail::tick()
{
    if (!m_log.isOpen() && !openWhenThere())
        return;
    const qint64 sizeBefore = m_log.index().size();
    bool hasMore = read();
    hasMore |= searchErrors();
    hasMore |= searchText();
    if (hasMore)
        m_timer.start(0ms);
    else if (m_growing && m_log.index().size() > sizeBefore)
        m_timer.start(kActiveInterval);
    else
        rest();
}

bool LogTail::openWhenThere()
{
    const auto opened = m_log.open(m_path);
    if (opened)
        return true;
    if (m_growing && opened.error().kind == Error::Kind::NotFound)
        m_timer.start(kMissingInterval);
    else
        Q_EMIT failed(opened.error());
    return false;
}

bool LogTail::read()
{
    const qint64 sizeBefore = m_log.index().size();
    const auto progress = m_log.advance(QDeadlineTimer(kReadSlice));
    if (progress == LogFile::Progress::Restarted) {
        m_errors.restart();
        Q_EMIT restarted();
    } else if (m_log.index().size() > sizeBefore) {
        Q_EMIT grew();
    }
    return progress != LogFile::Progress::CaughtUp;
}

bool LogTail::searchErrors()
{
    const qint64 countBefore = m_errors.count();
    const bool hasMore = m_errors.advance(m_log, QDeadlineTimer(kSearchSlice));
    if (m_errors.count() != countBefore)
        Q_EMIT errorsFound();
    return hasMore;
}

bool LogTail::searchText()
{
    if (!m_search)
        return false;
    const qint64 countBefore = m_search->count();
    const bool wasSearching = m_searching;
    m_searching = m_search->advance(m_log, QDeadlineTimer(kSearchSlice));
    const bool hasMore = m_searching;
    if (wasSearching || m_search->count() != countBefore)
        Q_EMIT searched();
    return hasMore;
}

void LogTail::rest()
{
    Q_EMIT caughtUp();
    if (!m_growing)
        return;
    m_watcher.addPath(m_path);
    // What was written between the last read and the watch would go unseen.
    m_timer.start(m_log.hasChanged() ? kActiveInterval : kIdleInterval);
}

} // namespace runsheet
