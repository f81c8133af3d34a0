// SPDX-License-Identifier: Apache-2.0
#include "exec/runnerfixture.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace runsheet::test
{

namespace
{

constexpr int kPatience = 20'000;

/// The fields of /proc/<pid>/stat from the state on; the name before them may hold anything.
QByteArrayList statFields(qint64 pid)
{
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = stat.readAll();
    return text.mid(text.lastIndexOf(')') + 2).split(' ');
}

} // namespace

RunnerFixture::RunnerFixture(const QString &dataFolder)
    : m_paths(dataFolder.isEmpty() ? m_temporary.filePath(u"data"_s) : dataFolder)
    , m_directory(m_temporary.path())
{
    restartRunner();
}

void RunnerFixture::restartRunner()
{
    m_pids.clear();
    m_reports.clear();
    m_runner = std::make_unique<ProcessRunner>(m_paths, QStringLiteral(RUNSHEET_EXEC_PROGRAM));
    connect(m_runner.get(), &CommandRunner::started, this,
            [this](const RunId &, const CommandStarted &start) {
                m_pids.insert(start.execution, start.pid);
            });
    connect(m_runner.get(), &CommandRunner::ended, this, [this](const ExecutionReport &report) {
        m_reports.insert(report.end.execution, report);
    });
}

CommandRequest RunnerFixture::request(const QByteArray &script) const
{
    CommandRequest request;
    request.run = runId;
    request.execution = ExecutionId::create();
    request.command = {u"phase/step#1"_s};
    request.script = script;
    request.workingDirectory = m_directory;
    request.variables = m_variables;
    request.applicationName = u"runsheet:test:step:1"_s;
    return request;
}

ExecutionReport RunnerFixture::run(const CommandRequest &request)
{
    start(request);
    if (!waitForEnd(request.execution))
        return {};
    const ExecutionReport report = this->report(request.execution);
    m_variables.insert(report.changedVariables);
    for (const QString &name : report.removedVariables)
        m_variables.remove(name);
    m_directory = report.end.workingDirectory;
    return report;
}

bool RunnerFixture::waitForStart(const ExecutionId &execution)
{
    return QTest::qWaitFor([&] { return hasStarted(execution); }, kPatience);
}

bool RunnerFixture::waitForEnd(const ExecutionId &execution, int milliseconds)
{
    return QTest::qWaitFor([&] { return hasEnded(execution); }, milliseconds);
}

bool RunnerFixture::waitForOutput(const ExecutionId &execution, const QByteArray &text)
{
    return QTest::qWaitFor([&] { return output(execution).contains(text); }, kPatience);
}

ExecutionFolder RunnerFixture::folder(const ExecutionId &id) const
{
    return ExecutionFolder(m_paths.execution(runId, id));
}

QByteArray RunnerFixture::output(const ExecutionId &id) const
{
    QFile file(m_runner->outputFile(runId, id));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 RunnerFixture::execPid(const ExecutionId &id) const
{
    return statFields(pid(id)).value(1).toLongLong();
}

bool isAlive(qint64 pid)
{
    const QByteArray state = statFields(pid).value(0);
    return !state.isEmpty() && state != "Z" && state != "X";
}

} // namespace runsheet::test
