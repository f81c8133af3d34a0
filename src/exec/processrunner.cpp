// SPDX-License-Identifier: Apache-2.0
#include "exec/processrunner.h"

#include "base/log.h"
#include "exec/controlchannel.h"
#include "exec/detachedprocess.h"
#include "exec/secretpipe.h"
#include "exec/sleeplock.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

Error notLaunched(const QString &program, const QString &cause)
{
    return {
        .kind = Error::Kind::Unavailable,
        .message = program.isEmpty()
            ? u"The command was not started: the program runsheet-exec was not found. Reinstall "
              "Runsheet, or set RUNSHEET_EXEC to its path."_s
            : u"The command was not started: %1 cannot be executed. Reinstall Runsheet, or set "
              "RUNSHEET_EXEC to the path of runsheet-exec."_s.arg(program),
        .detail = cause};
}

/// What is handed on as it came keeps its very bytes, which need not be UTF-8.
QByteArrayList bytesOf(const QProcessEnvironment &environment)
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QByteArrayList variables;
    for (const QString &name : environment.keys()) {
        const QByteArray key = name.toLocal8Bit();
        const QString value = environment.value(name);
        const bool isOwn = own.contains(name) && own.value(name) == value;
        variables += key + '=' + (isOwn ? qgetenv(key.constData()) : value.toLocal8Bit());
    }
    return variables;
}

DetachedProgram programFor(const CommandRequest &request, const ExecutionFolder &folder,
                           const QString &program)
{
    return {.program = program,
            .arguments = {u"--detach"_s, u"--secrets"_s, QString::number(kInputDescriptor),
                          folder.path()},
            .environment = bytesOf(commandEnvironment(request, folder.path())),
            .input = secretsForPipe(request)};
}

/// Pool thread. Either a runsheet-exec was started on a complete folder, or nothing ever will run.
Result<void> launch(const CommandRequest &request, const ExecutionFolder &folder,
                    const QString &program)
{
    if (Result<void> prepared = folder.prepare(request); !prepared)
        return prepared;
    const Result<void> started =
        program.isEmpty() ? Error{} : startDetached(programFor(request, folder, program));
    if (started)
        return {};
    folder.invalidate();
    return notLaunched(program, started.error().detail);
}

} // namespace

ProcessRunner::ProcessRunner(Paths paths, QString execProgram, QObject *parent)
    : CommandRunner(parent)
    , m_paths(std::move(paths))
    , m_execProgram(std::move(execProgram))
{
    m_controlPool.setMaxThreadCount(1);
}

ProcessRunner::~ProcessRunner()
{
    *m_cancelled = true;
    m_pool.waitForDone();
    m_controlPool.waitForDone();
}

void ProcessRunner::start(const CommandRequest &request)
{
    if (m_entries.contains(request.execution)) {
        log::error(u"Execution %1 was asked to start twice."_s.arg(request.execution.value));
        return;
    }
    addWatch({request.run, request.execution}, ExecutionWatch::Origin::Started);
    const ExecutionFolder folder(m_entries.value(request.execution).folder);
    m_pool.start([this, request, folder, program = m_execProgram] {
        const Result<void> outcome = launch(request, folder, program);
        QMetaObject::invokeMethod(
            this, [this, id = request.execution, outcome] { onLaunched(id, outcome); },
            Qt::QueuedConnection);
    });
}

void ProcessRunner::recover(const RunId &run, const QList<ExecutionId> &executions)
{
    for (const ExecutionId &execution : executions) {
        if (!m_entries.contains(execution))
            addWatch({run, execution}, ExecutionWatch::Origin::Recovered)->begin();
    }
}

ExecutionWatch *ProcessRunner::addWatch(const ExecutionKey &key, ExecutionWatch::Origin origin)
{
    const QString folder = m_paths.execution(key.run, key.execution);
    auto *watch = new ExecutionWatch(key, folder, origin, m_pool, m_cancelled, this);
    m_entries.insert(key.execution, {.folder = folder, .watch = watch});
    connect(watch, &ExecutionWatch::started, this,
            [this, key](const CommandStarted &start) { Q_EMIT started(key.run, start); });
    if (origin == ExecutionWatch::Origin::Started)
        connect(watch, &ExecutionWatch::started, this,
                [this, id = key.execution] { keepAwake(id); });
    connect(watch, &ExecutionWatch::terminalChanged, this,
            [this, id = key.execution](const TerminalState &state) {
                Q_EMIT terminalChanged(id, state);
            });
    connect(watch, &ExecutionWatch::ended, this, &ProcessRunner::onEnded);
    return watch;
}

void ProcessRunner::onLaunched(const ExecutionId &execution, const Result<void> &outcome)
{
    ExecutionWatch *watch = m_entries.value(execution).watch;
    if (outcome)
        watch->begin();
    else
        watch->fail(outcome.error().detail.isEmpty() ? outcome.error().message
                                                     : describe(outcome.error()));
}

void ProcessRunner::onEnded(const ExecutionReport &report)
{
    m_entries.take(report.end.execution).watch->deleteLater();
    Q_EMIT ended(report);
}

void ProcessRunner::sendSignal(const ExecutionId &execution, int signal)
{
    control(execution, signalLine(signal));
}

void ProcessRunner::sendInput(const ExecutionId &execution, const QByteArray &bytes)
{
    control(execution, inputLine(bytes));
}

void ProcessRunner::resizeTerminal(const ExecutionId &execution, int columns, int rows)
{
    control(execution, resizeLine(columns, rows));
}

QString ProcessRunner::outputFile(const RunId &run, const ExecutionId &execution) const
{
    return ExecutionFolder(m_paths.execution(run, execution)).outputFile();
}

/// The command's own runsheet-exec gets what holds sleep off, so this does not end with the window.
/// Not on this object's threads: whoever answers may be slow, and the end of a command must not be.
void ProcessRunner::keepAwake(const ExecutionId &execution)
{
    const QString folder = m_entries.value(execution).folder;
    QThreadPool::globalInstance()->start([folder] {
        const Result<QDBusUnixFileDescriptor> held = holdOffSleep();
        if (!held)
            log::info(describe(held.error()));
        else
            sendControl(folder, holdLine(), held->fileDescriptor());
    });
}

void ProcessRunner::control(const ExecutionId &execution, const QByteArray &line)
{
    const QString folder = m_entries.value(execution).folder;
    if (folder.isEmpty())
        return;
    m_controlPool.start([this, execution, folder, line] {
        if (sendControl(folder, line))
            return;
        log::warning(u"Nobody listens for execution folder %1."_s.arg(folder));
        const ExecutionFolder::Sight sight = ExecutionFolder(folder).look();
        if (!sight.alive || sight.watched)
            return; // it is just beginning or ending
        QMetaObject::invokeMethod(
            this, [this, execution] { Q_EMIT undelivered(execution); }, Qt::QueuedConnection);
    });
}

} // namespace runsheet
