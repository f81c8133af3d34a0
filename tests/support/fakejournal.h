// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/journal.h"

#include <QHash>
#include <QQueue>

#include <optional>

namespace runsheet::test
{

/// A journal in memory. Answers come from the event loop, as those of the real one do; held() keeps
/// them back until release(), to look at what is shown meanwhile.
class FakeJournal final : public RunJournal
{
    Q_OBJECT

public:
    using RunJournal::RunJournal;

    void append(const RunEvent &event) override;
    void load(const RunId &run) override;
    void list() override;
    void lookForMore(const RunId &run, qint64 afterSeq) override;
    void findApproval(const QString &runbookSha256) override;

    /// Puts a run there as if it had been written earlier.
    void put(const QList<RunEvent> &events);
    /// The next append fails with this error.
    void failNext(const Error &error) { m_failure = error; }
    void hold() { m_held = true; }
    void release();
    void setApprovalBasis(const QString &basis) { m_basis = basis; }
    [[nodiscard]] QList<RunEvent> events(const RunId &run) const { return m_runs.value(run); }

private:
    void answer(std::function<void()> emission);
    void store(RunEvent event);

    QHash<RunId, QList<RunEvent>> m_runs;
    QList<RunId> m_order;
    std::optional<Error> m_failure;
    QString m_basis;
    bool m_held = false;
    QQueue<std::function<void()>> m_waiting;
};

} // namespace runsheet::test
