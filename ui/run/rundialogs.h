// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"
#include "widgets/reasondialog.h"

#include <QObject>

class QWidget;

namespace runsheet
{

/// Asks what has to be asked before an intent goes to the controller: approval, a typed word, a
/// reason. Every dialog is opened, never executed, so the window lives on behind it.
class RunDialogs final : public QObject
{
    Q_OBJECT

public:
    RunDialogs(RunController &controller, QWidget &window);

    void run(const CommandId &command);
    void stop(const ExecutionId &execution);
    void checkServer(const ExecutionId &execution);
    void settle(const ExecutionId &execution);
    void reopen(const StepId &step);
    void openGate(const PhaseId &phase);
    void rollBack(const PhaseId &preferred = {});
    void addNote(const StepId &step);
    void complete();
    void abort();
    void showFindings();
    void showDifference(const QByteArray &fileNow);
    /// The run goes on with these bytes, once there is a reason.
    void amend(const QByteArray &fileNow);

Q_SIGNALS:
    /// There was no dialog to open, and why.
    void nothingToAsk(const QString &reason);

private:
    void askApproval(const CommandId &command);
    void runApproved(const CommandId &command);
    /// Asks for what is still open; at once when nothing is.
    void fillIn(const CommandId &command);
    void onStateChanged(const RunEvent &event);
    using Then = std::function<void(const QString &)>;
    void ask(const ReasonDialog::Content &content, ReasonDialog::Check check, Then then);

    RunController &m_controller;
    QWidget &m_window;
    CommandId m_afterApproval; ///< what was to run when approval had to be asked first
};

} // namespace runsheet
