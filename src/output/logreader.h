// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/logfile.h"
#include "output/logquery.h"
#include "output/logsearch.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <optional>

namespace runsheet
{

/// What a slice of a LogReader's work has brought.
struct LogUpdate
{
    quint64 opening = 0; ///< number of the open() it is about
    bool restarted = false; ///< the file became shorter: forget all before this
    std::optional<LogIndex> end; ///< of a large file, known before the rest
    LogIndex::Part index;
    FoundLines::Change errors;
    quint64 search = 0; ///< number of the find() that matches are of
    FoundLines::Change matches;
    bool searching = false; ///< there is more to search
    bool caughtUp = false; ///< all that is in the file has been read and searched
    std::optional<Error> failed;
};

/// Reads and searches a log in a thread of its own, because a log of many gigabytes takes seconds.
/// Works in slices, so that it hears of another wish soon; sleeps on a file watch (with a slow look
/// once a second for file systems that do not tell) while a growing log does not grow.
class LogReader final : public QObject
{
    Q_OBJECT

public:
    LogReader();

    void open(const QString &path, bool growing, quint64 opening);
    void close();
    void setGrowing(bool growing);
    /// An empty query ends the search.
    void find(const LogQuery &query, quint64 search);

Q_SIGNALS:
    void updated(const runsheet::LogUpdate &update);

private:
    void tick();
    [[nodiscard]] bool openWhenThere();
    void tellEnd();
    [[nodiscard]] bool knowsMostLines() const;
    [[nodiscard]] bool read(LogUpdate &update);
    [[nodiscard]] bool searchErrors(LogUpdate &update);
    [[nodiscard]] bool searchText(LogUpdate &update);
    void rest();

    LogFile m_log;
    LogSearch m_errors;
    std::optional<LogSearch> m_search;
    QFileSystemWatcher m_watcher;
    QTimer m_timer;
    QString m_path;
    qint64 m_endTold = 0; // size of the file when its end was told before the rest
    quint64 m_opening = 0;
    quint64 m_searchNumber = 0;
    bool m_growing = false;
};

} // namespace runsheet
