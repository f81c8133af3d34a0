// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/paths.h"
#include "exec/processrunner.h"
#include "expectationrecorder.h"
#include "metrics/samplefile.h"
#include "monitor/monitorservice.h"
#include "overrunrecorder.h"
#include "run/controller.h"
#include "serverinspector.h"
#include "store/sqlitejournal.h"
#include "toolrecorder.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace runsheet
{

/// Everything one carrying-out of a run needs but a window: journal, runner, controller and
/// monitor, wired together. The window and the unattended run sit on top of the same session.
class Session final : public QObject
{
    Q_OBJECT

public:
    explicit Session(const Paths &paths, QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] const Paths &paths() const { return m_paths; }
    [[nodiscard]] SqliteJournal &journal() { return m_journal; }
    [[nodiscard]] RunController &controller() { return m_controller; }
    [[nodiscard]] const RunController &controller() const { return m_controller; }
    [[nodiscard]] MonitorService &monitor() { return m_monitor; }
    [[nodiscard]] ToolRecorder &tools() { return m_tools; }
    /// For watching the server and for commands, until the run is closed.
    void usePassword(const QString &password);
    /// Opens the journal, so that a folder that cannot be written or a file that is damaged is said
    /// at the start, not at the first sign-off.
    [[nodiscard]] static Result<void> check(const Paths &paths);

Q_SIGNALS:
    /// What was sampled before, when a run is opened; then every new batch.
    void samplesLoaded(const QList<runsheet::ProbeSample> &samples);
    void sampled(const QList<runsheet::ProbeSample> &samples);
    void problemFound(const runsheet::Error &error);

private:
    void onRunOpened();
    void onRunClosed();
    void onStateChanged();
    void watch();
    [[nodiscard]] Result<void> openSamples(const QString &file);
    void onSampled(const QList<ProbeSample> &samples);

    Paths m_paths;
    SystemClock m_clock;
    SqliteJournal m_journal;
    ProcessRunner m_runner;
    RunController m_controller;
    ExpectationRecorder m_recorder{m_controller};
    ToolRecorder m_tools{m_controller};
    OverrunRecorder m_overruns{m_controller};
    ServerInspector m_inspector{m_controller};
    QTimer m_others; ///< while a run is open: what another window adds to it
    MonitorService m_monitor;
    std::optional<Environment> m_watched;
    SampleWriter m_samples; ///< open while the open run is in progress
};

} // namespace runsheet
