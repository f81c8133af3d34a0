// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/databasesnapshot.h"
#include "metrics/monitorstatus.h"
#include "metrics/probesample.h"
#include "run/controller.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace runsheet
{

class ChangedFileStrip;
class ChecklistPane;
class DurationPane;
class EnvironmentBand;
class MessageBar;
class OutputWatch;
class Panes;
class PhaseRail;
class PhaseRunControl;
class RunDialogs;
class Settings;
class SidePane;
class WaitWatch;

/// The window while a run is carried out.
class RunPage final : public QWidget
{
    Q_OBJECT

public:
    RunPage(RunController &controller, Settings &settings, QWidget *parent = nullptr);

    /// The controller has opened a run.
    void showRun(qint64 number);
    void setNumber(qint64 number);
    [[nodiscard]] MessageBar &messages() { return *m_messages; }
    [[nodiscard]] PhaseRunControl &phaseRun() { return *m_phaseRun; }

    /// The runbook's file where it is not what the run goes by.
    void setChangedFile(const std::optional<QByteArray> &source);
    void setMonitorStatus(const MonitorStatus &status);
    void setServerIdentity(const ServerIdentity &identity);
    void setDatabaseSnapshot(const DatabaseSnapshot &snapshot);
    void addSamples(const QList<ProbeSample> &samples);
    void loadSamples(const QList<ProbeSample> &samples);

    void moveStep(int distance);
    void signOffStep();
    void runNextCommand();
    void runPhase();
    void pausePhase();
    void stopCommand();
    void checkServer();
    void settleOutcome();
    void addNote();
    void rollBack();
    void completeRun();
    void abortRun();
    void findInLog();
    void findInReference();
    void showFindings();
    void focusNextPane();

    void saveLayout();
    [[nodiscard]] bool isNarrow() const;

Q_SIGNALS:
    void monitorRetryWanted();
    void passwordWanted();
    void httpCheckWanted(const runsheet::StepId &step, int check);
    void exportWanted();
    /// Something may be on its way to the store now, or has arrived there.
    void savingChanged();

private:
    void buildLayout();
    void connectIntents();
    void choosePhase(const PhaseId &phase);
    void showPlace(const PhaseId &phase, const StepId &step);
    void choosePlace();
    void rememberPlace();
    void take(const RunEvent &event);
    void sign(const rules::SignOffRequest &request);
    void afterSignOff(const StepSigned &event);
    void refresh();
    void refreshChecklist();
    void refreshDue();
    void refreshBands();
    void tick();
    void tellWaitEnded(const StepId &step, const Wait &wait);
    void showFailure(const Error &error);
    void refuse(const QString &reason);
    void showStepOf(const Execution &execution);
    [[nodiscard]] const Execution *lastThat(bool (*fits)(const Execution &)) const;

    RunController &m_controller;
    Settings &m_settings;
    RunDialogs *m_dialogs;
    EnvironmentBand *m_band;
    MessageBar *m_messages;
    ChangedFileStrip *m_changedFile;
    PhaseRail *m_rail;
    ChecklistPane *m_checklist;
    OutputWatch *m_output;
    SidePane *m_side;
    DurationPane *m_durations;
    Panes *m_panes;
    WaitWatch *m_waits;
    PhaseRunControl *m_phaseRun;
    QTimer m_second;
    QDateTime m_dueShown; ///< the minute that due times were last said for
    qint64 m_number = 0;
    QByteArray m_fileNow; ///< what the strip is about
};

} // namespace runsheet
