// SPDX-License-Identifier: Apache-2.0
#include "output/logreader.h"

using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr auto kReadSlice = 10ms;
constexpr auto kSearchSlice = 10ms;
constexpr auto kActiveInterval = 16ms;
constexpr auto kMissingInterval = 40ms;
constexpr auto kIdleInterval = 1000ms;
constexpr qint64 kLargeFile = 4 * 1024 * 1024; // a smaller one is read in one slice
constexpr qint64 kEndBytes = 128 * 1024; // some screens of usual lines

} // namespace

LogReader::LogReader()
    : m_errors(std::make_unique<ErrorMatcher>())
    , m_watcher(this)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LogReader::tick);
    // Unwatched while it grows: a writer at full speed would wake us for every line.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this](const QString &path) {
        m_watcher.removePath(path);
        m_timer.start(0ms);
    });
}

void LogReader::open(const QString &path, bool growing, quint64 opening)
{
    close();
    m_path = path;
    m_growing = growing;
    m_opening = opening;
    m_timer.start(0ms);
}

void LogReader::close()
{
    m_timer.stop();
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
    m_log.close();
    m_errors.restart();
    m_search.reset();
    m_growing = false;
    m_endTold = 0;
    m_path.clear();
}

void LogReader::setGrowing(bool growing)
{
    m_growing = growing;
    if (!m_path.isEmpty())
        m_timer.start(0ms);
}

void LogReader::find(const LogQuery &query, quint64 search)
{
    m_searchNumber = search;
    m_search.reset();
    if (auto matcher = matcherFor(query))
        m_search.emplace(std::move(matcher));
    if (!m_path.isEmpty())
        m_timer.start(0ms);
}

void LogReader::tick()
{
    if (!m_log.isOpen() && !openWhenThere())
        return;
    const qint64 sizeBefore = m_log.index().size();
    LogUpdate update;
    update.opening = m_opening;
    update.search = m_searchNumber;
    update.searching = m_search.has_value();
    update.errors.kept = static_cast<size_t>(m_errors.lines().count());
    update.matches.kept = m_search ? static_cast<size_t>(m_search->lines().count()) : 0;
    bool hasMore = read(update);
    if (!hasMore || knowsMostLines()) {
        hasMore |= searchErrors(update);
        hasMore |= searchText(update);
    }
    const bool isGrowing = m_growing && m_log.index().size() > sizeBefore;
    update.caughtUp = !hasMore && !isGrowing;
    Q_EMIT updated(update);
    if (hasMore)
        m_timer.start(0ms);
    else if (isGrowing)
        m_timer.start(kActiveInterval);
    else
        rest();
}

/// Line numbers come first: until they are known, what a search finds has no place to be shown.
bool LogReader::knowsMostLines() const
{
    const qint64 known = m_log.index().size();
    return known >= m_endTold && m_log.fileSize() - known < kLargeFile;
}

bool LogReader::openWhenThere()
{
    const auto opened = m_log.open(m_path);
    if (opened) {
        tellEnd();
        return true;
    }
    if (m_growing && opened.error().kind == Error::Kind::NotFound) {
        m_timer.start(kMissingInterval);
        return false;
    }
    LogUpdate update;
    update.opening = m_opening;
    update.failed = opened.error();
    Q_EMIT updated(update);
    return false;
}

/// Nobody who opens a large log should wait for its beginning to be read.
void LogReader::tellEnd()
{
    const qint64 size = m_log.fileSize();
    if (size < kLargeFile)
        return;
    const QByteArray bytes = m_log.read(size - kEndBytes, kEndBytes);
    const qsizetype first = bytes.indexOf('\n') + 1;
    if (first == 0 || first == bytes.size()) // one long line, perhaps
        return;
    LogUpdate update;
    update.opening = m_opening;
    update.search = m_searchNumber;
    update.searching = m_search.has_value();
    LogIndex &end = update.end.emplace(size - kEndBytes + first);
    end.append(QByteArrayView(bytes).sliced(first));
    m_endTold = end.size();
    Q_EMIT updated(update);
}

bool LogReader::read(LogUpdate &update)
{
    const auto progress = m_log.advance(QDeadlineTimer(kReadSlice));
    if (progress == LogFile::Progress::Restarted) {
        m_errors.restart();
        m_endTold = 0;
        update.restarted = true;
    }
    update.index = m_log.takePart();
    return progress != LogFile::Progress::CaughtUp;
}

bool LogReader::searchErrors(LogUpdate &update)
{
    const bool hasMore = m_errors.advance(m_log, QDeadlineTimer(kSearchSlice));
    update.errors = m_errors.takeChange();
    return hasMore;
}

bool LogReader::searchText(LogUpdate &update)
{
    if (!m_search)
        return false;
    update.searching = m_search->advance(m_log, QDeadlineTimer(kSearchSlice));
    update.matches = m_search->takeChange();
    return update.searching;
}

void LogReader::rest()
{
    if (!m_growing)
        return;
    m_watcher.addPath(m_path);
    // What was written between the last read and the watch would go unseen.
    m_timer.start(m_log.hasChanged() ? kActiveInterval : kIdleInterval);
}

} // namespace runsheet
