// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/logreader.h"

#include <QObject>

namespace runsheet
{

/// A log for the thread that shows it: LogReader does the work, what it finds arrives here in small
/// pieces that cost next to nothing to take.
class LogTail final : public QObject
{
    Q_OBJECT

public:
    explicit LogTail(QObject *parent = nullptr);
    ~LogTail() override;

    /// A growing log need not exist yet: it is waited for.
    void open(const QString &path, bool growing);
    void close();
    /// false: the writer has ended. What is left is read, then nobody looks at the file any more.
    void setGrowing(bool growing);
    [[nodiscard]] bool isGrowing() const { return m_growing; }

    [[nodiscard]] const LogFile &log() const { return m_log; }
    /// Error lines and matches of a large log come after all its line numbers are known.
    [[nodiscard]] const FoundLines &errors() const { return m_errors; }
    /// Starts a search; an empty query ends it. Matches arrive with `searched`.
    void find(const LogQuery &query);
    [[nodiscard]] bool hasSearch() const { return m_hasSearch; }
    /// Of the search asked for last.
    [[nodiscard]] const FoundLines &matches() const { return m_matches; }
    [[nodiscard]] bool isSearching() const { return m_searching; }

Q_SIGNALS:
    void grew();
    void linesCameBefore(qint64 lines); ///< the end of a large log has got its line numbers
    void restarted(); ///< the file became shorter and is read anew
    void searched(); ///< a slice of the search is done; `isSearching` tells whether it was the last
    void errorsFound(); ///< the number of error lines has changed
    void caughtUp(); ///< all that is in the file has been read and searched
    void failed(const runsheet::Error &error);

private:
    /// Runs in the reader's thread, after all that was asked before.
    template <typename Wish>
    void ask(Wish wish);
    void take(const LogUpdate &update);
    [[nodiscard]] bool openForShowing();
    void takeIndex(const LogUpdate &update);
    void takeErrors(const LogUpdate &update);
    void takeMatches(const LogUpdate &update);

    LogReader *m_reader; // lives in m_thread, which both end with
    QThread *m_thread;
    LogFile m_log;
    FoundLines m_errors;
    FoundLines m_matches;
    QString m_path;
    quint64 m_opening = 0; // what is said about others comes too late
    quint64 m_search = 0;
    bool m_growing = false;
    bool m_hasSearch = false;
    bool m_searching = false;
};

} // namespace runsheet
