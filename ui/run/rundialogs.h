// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"
#include "widgets/reasondialog.h"

#include <QObject>

#include <functional>

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

    using Go = std::function<void(const QMap<QString, QString> &)>;
    void run(const CommandId &command);
    /// Asks the same, then hands the answers on instead of starting the command itself.
    void askFor(const CommandId &command, Go go);
    /// Shows the commands first; `then` once that they are approved is durable.
    void approve(std::function<void()> then);
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
    void runApproved(const CommandId &command, const Go &go);
    /// Asks for what is still open; at once when nothing is.
    void fillIn(const CommandId &command, const Go &go);
    void onStateChanged(const RunEvent &event);
    using Then = std::function<void(const QString &)>;
    void ask(const ReasonDialog::Content &content, ReasonDialog::Check check, Then then);

    RunController &m_controller;
    QWidget &m_window;
    std::function<void()> m_afterApproval; ///< what was asked for when nothing was approved yet
};

} // namespace runsheet
