// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/paths.h"
#include "run/journal.h"

#include <QThread>

#include <functional>
#include <memory>

namespace runsheet
{

class JournalDatabase;

/// The journal in the data folder. A thread of its own, because a durable commit waits for the
/// disk, for as long as the disk likes.
class SqliteJournal final : public RunJournal
{
    Q_OBJECT

public:
    explicit SqliteJournal(const Paths &paths, QObject *parent = nullptr);
    /// Writes what was handed in before, for at most ten seconds.
    ~SqliteJournal() override;

    void append(const RunEvent &event) override;
    void load(const RunId &run) override;
    void list() override;
    void lookForMore(const RunId &run, qint64 afterSeq) override;
    void findApproval(const QString &runbookSha256) override;

private:
    class Worker;
    using Answer = std::function<void()>; ///< runs on the journal's thread
    using Work = std::function<Answer(JournalDatabase &)>; ///< runs on the store thread

    void post(Work work);

    std::unique_ptr<QThread> m_thread;
    Worker *m_worker = nullptr; ///< lives on m_thread and ends with it
};

} // namespace runsheet
