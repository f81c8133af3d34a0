// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/signoffdrafts.h"
#include "models/outputfindings.h"
#include "run/rules.h"

#include <QObject>

#include <functional>

namespace runsheet
{

/// What the checklist shows, at one moment.
struct ChecklistView
{
    RunState state;
    /// The state as if the commands had been approved: whether a command could run once they are.
    RunState approved;
    QDateTime now;
    QString person; ///< prefilled in "Signed by"

    [[nodiscard]] static ChecklistView of(const RunState &state, const QDateTime &now,
                                          const QString &person)
    {
        ChecklistView view{.state = state, .approved = state, .now = now, .person = person};
        if (!view.approved.approval)
            view.approved.approval.emplace();
        return view;
    }
};

/// What people ask for in the checklist. Its parts share one of these, so that a wish made deep in
/// a card is heard where it is decided, without a relay at every level.
class ChecklistIntents final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Where the output of an execution lies; set by who shows the checklist.
    std::function<QString(const ExecutionId &)> outputFile;
    /// What is noticed in it; set by who shows the checklist, may be empty.
    std::function<OutputFindings(const ExecutionId &)> findings;
    /// What was typed and not signed yet.
    SignOffDrafts drafts;

Q_SIGNALS:
    void phaseChosen(const runsheet::PhaseId &phase);
    void stepChosen(const runsheet::StepId &step);
    void runWanted(const runsheet::CommandId &command);
    void stopWanted(const runsheet::ExecutionId &execution);
    void continueWanted(const runsheet::ExecutionId &execution);
    void referenceWanted(const QString &entry);
    void logWanted(const runsheet::ExecutionId &execution);
    void serverCheckWanted(const runsheet::ExecutionId &execution);
    void settleWanted(const runsheet::ExecutionId &execution);
    void signWanted(const runsheet::rules::SignOffRequest &request);
    void phaseRunWanted(); ///< of the phase that is shown
    void phasePauseWanted();
    void waitWanted(const runsheet::StepId &step);
    void httpCheckWanted(const runsheet::StepId &step, int check);
    void reopenWanted(const runsheet::StepId &step);
    void gateWanted(const runsheet::PhaseId &phase);
    void rollbackWanted(const runsheet::PhaseId &scenario);
    void completeWanted();
    void exportWanted();
};

} // namespace runsheet
