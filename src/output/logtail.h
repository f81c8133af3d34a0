// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/logfile.h"
#include "output/logsearch.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <optional>

namespace runsheet
{

/// Follows a log in the GUI thread without ever holding it: reads and searches in slices of a few
/// milliseconds, at most one for each 16 ms while text comes in, and sleeps on a file watch (with a
/// slow look once a second for file systems that do not tell) while none does.
class LogTail final : public QObject
{
    Q_OBJECT

public:
    explicit LogTail(QObject *parent = nullptr);

    /// A growing log need not exist yet: it is waited for.
    void open(const QString &path, bool growing);
    void close();
    /// false: the writer has ended. What is left is read, then nobody looks at the file any more.
    void setGrowing(bool growing);
    [[nodiscard]] bool isGrowing() const { return m_growing; }

    [[nodiscard]] const LogFile &log() const { return m_log; }
    [[nodiscard]] const LogSearch &errors() const { return m_errors; }
    /// Starts a search; an empty text ends it. Matches arrive with `searched`.
    void find(const QString &text, Qt::CaseSensitivity caseSensitivity);
    /// The search asked for last, while there is one.
    [[nodiscard]] const LogSearch *search() const { return m_search ? &*m_search : nullptr; }
    [[nodiscard]] bool isSearching() const { return m_searching; }

Q_SIGNALS:
    void grew();
    void restarted(); ///< the file became shorter and is read anew
    void searched(); ///< a slice of the search is done; `isSearching` tells whether it was the last
    void errorsFound(); ///< the number of error lines has changed
    void caughtUp(); ///< all that is in the file has been read and searched
    void failed(const runsheet::Error &error);

private:
    void tick();
    [[nodiscard]] bool openWhenThere();
    [[nodiscard]] bool read();
    [[nodiscard]] bool searchErrors();
    [[nodiscard]] bool searchText();
    void rest();

    LogFile m_log;
    LogSearch m_errors;
    std::optional<LogSearch> m_search;
    QFileSystemWatcher m_watcher;
    QTimer m_timer;
    QString m_path;
    bool m_growing = false;
    bool m_searching = false;
};

} // namespace runsheet
