// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/event.h"
#include "run/state.h"

#include <QObject>

namespace runsheet
{

/// Where events become durable. Lives on the GUI thread; implementations do the work on a thread of
/// their own. Every call but lookForMore() is answered by exactly one signal, also when it fails;
/// answers to append()
/// come in the order of the calls.
class RunJournal : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Stores an event without seq, previous and hash. `appended` carries it complete and durable.
    /// An error on commit is settled by reading back by event id, so the answer is never "maybe".
    virtual void append(const RunEvent &event) = 0;
    /// All events of a run, chain verified: a broken chain is a loadFailed with Kind::Corrupt.
    virtual void load(const RunId &run) = 0;
    /// Newest first.
    virtual void list() = 0;
    /// Answered by `appendedElsewhere` when the run has events after this one, else not at all.
    virtual void lookForMore(const RunId &run, qint64 afterSeq) = 0;
    /// Whether in some run a person looked at this content and approved it: a runbook.approved
    /// event that was neither made unattended nor rests on another one.
    virtual void findApproval(const QString &runbookSha256) = 0;

Q_SIGNALS:
    void appended(const runsheet::RunEvent &event);
    void appendFailed(const runsheet::RunEvent &event, const runsheet::Error &error);
    /// Every event after the one that was asked about, in order, whoever wrote it.
    void appendedElsewhere(const runsheet::RunId &run, const QList<runsheet::RunEvent> &events);
    void loaded(const runsheet::RunId &run, const QList<runsheet::RunEvent> &events);
    void loadFailed(const runsheet::RunId &run, const runsheet::Error &error);
    void listed(const QList<runsheet::RunSummary> &runs);
    void listFailed(const runsheet::Error &error);
    /// `basis` is empty when there is none, else "run 3, 2026-11-20T10:00:00.000Z, name".
    void approvalFound(const QString &runbookSha256, const QString &basis);
};

} // namespace runsheet
