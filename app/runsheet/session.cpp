// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include "base/log.h"
#include "base/person.h"
#include "exec/execprogram.h"
#include "run/runbookprobes.h"
#include "store/journaldatabase.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr std::chrono::milliseconds kLookForOthers{1000};

} // namespace

Session::Session(const Paths &paths, QObject *parent)
    : QObject(parent)
    , m_paths(paths)
    , m_journal(paths)
    , m_runner(paths, findExecProgram())
    , m_controller(m_journal, m_runner, m_clock, currentPerson())
{
    connect(&m_controller, &RunController::runOpened, this, &Session::onRunOpened);
    connect(&m_controller, &RunController::runClosed, this, &Session::onRunClosed);
    connect(&m_controller, &RunController::stateChanged, this, &Session::onStateChanged);
    connect(&m_monitor, &MonitorService::sampled, this, &Session::onSampled);
    connect(&m_monitor, &MonitorService::identityRead, &m_controller, &RunController::recordTarget);
    connect(&m_monitor, &MonitorService::identityRead, &m_inspector, &ServerInspector::learnServer);
    connect(&m_monitor, &MonitorService::snapshotTaken, &m_inspector, &ServerInspector::remember);
    m_others.setInterval(kLookForOthers);
    connect(&m_others, &QTimer::timeout, &m_controller, &RunController::lookForOthers);
}

Session::~Session() = default;

Result<void> Session::check(const Paths &paths)
{
    if (auto folder = ensurePrivateFolder(paths.data()); !folder)
        return folder;
    return JournalDatabase(paths).open();
}

void Session::onRunOpened()
{
    const RunState &state = m_controller.state();
    log::info(u"run %1 opened"_s.arg(state.id.value));
    const QString file = m_paths.samples(state.id);
    const Result<QList<ProbeSample>> earlier = readSamples(file);
    if (earlier)
        Q_EMIT samplesLoaded(*earlier);
    else
        Q_EMIT problemFound(earlier.error());
    if (state.status != RunStatus::InProgress)
        return; // an ended run is read, not watched
    if (const Result<void> opened = openSamples(file); !opened)
        Q_EMIT problemFound(opened.error());
    m_others.start();
    watch();
}

Result<void> Session::openSamples(const QString &file)
{
    if (auto folder = ensurePrivateFolder(m_paths.run(m_controller.state().id)); !folder)
        return folder;
    return m_samples.open(file);
}

/// Begins anew when an approval or amendment has changed what is to be asked.
void Session::watch()
{
    const Environment wanted = watchedEnvironment(m_controller.state());
    if (m_watched == wanted)
        return;
    m_watched = wanted;
    m_monitor.start(wanted, m_controller.serverPassword());
}

void Session::onRunClosed()
{
    m_others.stop();
    m_monitor.stop();
    m_watched.reset();
    m_samples.close();
}

void Session::usePassword(const QString &password)
{
    m_controller.usePassword(password);
    m_watched.reset();
    watch();
}

void Session::onStateChanged()
{
    if (m_controller.state().status != RunStatus::InProgress)
        onRunClosed();
    else if (m_watched)
        watch();
}

void Session::onSampled(const QList<ProbeSample> &samples)
{
    Q_EMIT sampled(samples);
    if (!m_samples.isOpen())
        return;
    if (const Result<void> written = m_samples.append(samples); !written) {
        m_samples.close(); // said once; the chart goes on without being kept
        Q_EMIT problemFound(written.error());
    }
}

} // namespace runsheet
