// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "environment/serveridentity.h"
#include "run/commandinputs.h"
#include "run/commandrunner.h"
#include "run/journal.h"
#include "run/rules.h"
#include "run/state.h"

#include <QObject>

namespace runsheet
{

/// What a person chose in the new-run dialog.
struct RunRequest
{
    QString runbookFile;
    QByteArray runbookSource;
    QByteArray phaseRules; ///< a team's own, as YAML; may be empty
    bool repaired = false; ///< the source is repairMojibake() of the file
    Environment environment;
    RunMode mode = RunMode::Rehearsal;
    QDateTime windowStart;
    QDateTime windowEnd;
    QString change;
};

/// Carries out one run: intents in, events out. GUI thread; holds no widgets, SQL or processes.
///
/// Every intent goes intent → rule → event made durable → reducer → stateChanged. An intent that
/// the rules refuse, or an event that could not be stored, is answered by `failed` and changes
/// nothing.
class RunController : public QObject
{
    Q_OBJECT

public:
    /// The three outlive the controller.
    RunController(RunJournal &journal, CommandRunner &runner, const Clock &clock, Person person,
                  QObject *parent = nullptr);

    [[nodiscard]] const RunState &state() const { return m_state; }
    [[nodiscard]] bool hasRun() const { return m_state.status != RunStatus::NotCreated; }
    /// Only with hasRun().
    [[nodiscard]] const Runbook &runbook() const { return *m_state.runbook; }
    /// Every event of the run, oldest first.
    [[nodiscard]] const QList<RunEvent> &events() const { return m_events; }
    [[nodiscard]] Person person() const { return m_person; }
    [[nodiscard]] QString outputFile(const ExecutionId &execution) const;
    [[nodiscard]] QDateTime now() const { return m_clock.now(); }
    /// Events sent to the store and not yet durable.
    [[nodiscard]] qsizetype pendingEvents() const { return m_unsaved.size(); }
    /// Marks every event made from now on: no person made it.
    void setUnattended(bool unattended) { m_unattended = unattended; }
    /// Handed to commands as PGPASSWORD until the run is closed; kept in memory only.
    void usePassword(const QString &password);
    /// Every secret given in this session, by the variable it is for.
    [[nodiscard]] QMap<QString, QString> secrets() const;
    /// The one of them that the server is reached with; empty when none was given.
    [[nodiscard]] QString serverPassword() const;

    void createRun(const RunRequest &request); ///< → runOpened or failed
    void openRun(const RunId &run); ///< → runOpened or failed; recovers open executions
    void closeRun(); ///< forgets the run; its commands go on
    /// Takes in what other windows have added to the run since. Cheap; now and then.
    void lookForOthers();

    void approveRunbook();
    /// Goes on with a changed runbook; its commands must be approved again.
    void amendRunbook(const QByteArray &source, const QString &reason);
    void signStep(const rules::SignOffRequest &request);
    void reopenStep(const StepId &step, const QString &reason);
    void decideGate(const PhaseId &phase, bool go, const QString &reason);
    /// What has to be filled in before the command can run, with what is known already.
    [[nodiscard]] QList<CommandInput> inputs(const CommandId &command) const;
    /// What would run with these answers: for showing it first.
    [[nodiscard]] Result<PreparedCommand> prepare(const CommandId &command,
                                                  const QMap<QString, QString> &answers) const;
    /// Exactly what prepare() shows for the same answers.
    void runCommand(const CommandId &command, const QMap<QString, QString> &answers = {});
    void signalExecution(const ExecutionId &execution, int signal);
    /// SIGCONT, for one that was suspended; also where the runbook says not to stop it.
    void continueExecution(const ExecutionId &execution);
    /// One rung of the ladder: a signal, or asking the server about the command's sessions.
    void stopExecution(const ExecutionId &execution, StopRung rung);
    /// Has the server asked what became of the command's work; the answer is an event.
    void checkServer(const ExecutionId &execution);
    void recordServerCheck(const ServerChecked &checked);
    /// The command runs longer than the runbook says; once per execution.
    void recordOverrun(const ExecutionId &execution);
    /// The server takes kClientCheckOption: commands that may be stopped get it from now on.
    void useClientCheck(bool taken) { m_takesClientCheck = taken; }
    [[nodiscard]] bool takesClientCheck() const { return m_takesClientCheck; }
    void sendInput(const ExecutionId &execution, const QByteArray &bytes);
    void resizeTerminal(const ExecutionId &execution, int columns, int rows);
    void resolveExecution(const ExecutionId &execution, ExecutionOutcome outcome,
                          const QString &evidence);
    /// Begins the time that the step asks to wait or watch.
    void startWait(const StepId &step);
    void recordComparison(const OutputCompared &comparison);
    void recordHttpCheck(const HttpChecked &checked);
    /// Once per execution, while the run is in progress.
    void recordRecognition(const OutputRecognised &recognised);
    void recordPhaseStarted(const PhaseStarted &started);
    void recordPhaseStopped(const PhaseStopped &stopped);
    /// By hand: for every command from now on. A value that is secret by its name or its content is
    /// kept in memory until the run is closed, and nowhere else.
    void setVariable(const QString &name, const QString &value);
    void removeVariable(const QString &name);
    /// Names that commands get a value for beside the run's own variables: from this program's
    /// process, and secrets set by hand in this session.
    [[nodiscard]] QStringList knownVariables() const;
    void declareRollback(const PhaseId &scenario, const QString &reason);
    void recordTarget(const ServerIdentity &identity);
    void addNote(const QString &text, const StepId &step = {});
    void completeRun(const QString &note);
    void abortRun(const QString &reason);

Q_SIGNALS:
    void runOpened();
    void runClosed();
    /// After the reducer has taken in one durable event.
    void stateChanged(const runsheet::RunEvent &event);
    void failed(const runsheet::Error &error);
    /// What a running command is doing at its terminal; written down nowhere.
    void terminalChanged(const runsheet::ExecutionId &execution,
                         const runsheet::TerminalState &state);
    /// The server is to be asked about this execution, because somebody wants to know or because it
    /// ended in a way that says nothing about the server. Answered with recordServerCheck().
    void serverCheckWanted(const runsheet::ExecutionId &execution);
    /// The server is to be asked to stop the execution's sessions; it is in the journal already.
    /// Answered with recordServerCheck().
    void backendStopWanted(const runsheet::BackendSignalled &wanted);

private:
    void connectPorts();
    [[nodiscard]] bool isCreating() const;
    void forget();
    /// The state once everything on its way to the store is durable: what the rules are asked
    /// about, so that a double click cannot do a thing twice.
    [[nodiscard]] RunState projected() const;
    /// Sends the event to the store when `allowed`, else refuses.
    void record(const Result<void> &allowed, EventBody body, const QString &signedBy = {});
    [[nodiscard]] RunEvent makeEvent(EventBody body, const QString &signedBy) const;
    void onAppended(const RunEvent &event);
    void onAppendFailed(const RunEvent &event, const Error &error);
    /// Until the disk takes it; said once.
    void sendLater(const RunEvent &event, const Error &error);
    /// Applies it and does what has to follow from an event of this window.
    void takeOwn(const RunEvent &event);
    void takeForeign(const RunEvent &event);
    void onAppendedElsewhere(const RunId &run, const QList<RunEvent> &events);
    void onUndelivered(const ExecutionId &execution);
    void askAboutEnded();
    [[nodiscard]] QString sessionOptions(const Command &command, const QString &text) const;
    void onLoaded(const RunId &run, const QList<RunEvent> &events);
    void onLoadFailed(const RunId &run, const Error &error);
    void onApprovalFound(const QString &runbookSha256, const QString &basis);
    void onStarted(const RunId &run, const CommandStarted &start);
    void onEnded(const ExecutionReport &report);
    void adopt(const QList<RunEvent> &events);
    void startExecution(const CommandIntended &intended);
    void startWaitWith(const ExecutionId &execution);

    RunJournal &m_journal;
    CommandRunner &m_runner;
    const Clock &m_clock;
    Person m_person;
    RunState m_state;
    QList<RunEvent> m_events;
    QList<RunEvent> m_unsaved; ///< sent to the store, in order, not yet answered
    QList<EventId> m_refused; ///< of these, what the disk did not take: it is sent again
    RunId m_expected; ///< run being created or opened; events of others are not ours
    bool m_unattended = false;
    /// What commands that are on their way to the store are handed: journals hold no secrets.
    QHash<ExecutionId, PreparedCommand> m_handedOver;
    bool m_takesClientCheck = false;
    QMap<QString, QString> m_secrets; ///< given in this session, by variableNameOf()
    QMap<QString, QString> m_secretVariables; ///< typed or set by hand in this session
};

} // namespace runsheet
