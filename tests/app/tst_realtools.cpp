// SPDX-License-Identifier: Apache-2.0
// Real migration tools, a real server and the real window: a phase runs, stops where a migration
// fails, is mended and goes on. Tools that are not installed are skipped by name.
#include "mainwindow.h"
#include "migrationprojects.h"
#include "run/phaserunner.h"
#include "session.h"
#include "support/temporarypostgres.h"

#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::MigrationProject;

namespace
{

constexpr int kToolTimeout = 60'000; // a loaded machine, and node or Python to start

QString missingIn(const MigrationProject &project)
{
    for (const QString &program : project.needs) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return program;
    }
    if (project.probe.isEmpty())
        return {};
    QProcess probe;
    probe.start(u"bash"_s, {u"-c"_s, project.probe});
    probe.waitForFinished(kToolTimeout);
    return probe.exitStatus() == QProcess::NormalExit && probe.exitCode() == 0 ? QString()
                                                                               : project.probe;
}

QByteArray runbookFor(const MigrationProject &project)
{
    const auto block = [](const QString &label, const QString &text) {
        return u"```bash\n# %1\n%2\n```\n\n"_s.arg(label, text);
    };
    return (u"# Migrate with a tool\n\n## Execution\n\n### Step 1: Migrate\n\n"_s
            + block(u"Set up"_s, u"mkdir -p \"$PROJECT\"; cd \"$PROJECT\"\n"_s + project.setUp)
            + block(u"Migrate"_s, project.migrate)
            + block(u"Look"_s,
                    u"psql -XAtc \"select count(*) from accounts where status is not null\""_s)
            + u"## Mending\n\n"_s)
        .toUtf8();
}

/// The session and the window on top of it, as the program has them.
struct Program
{
    explicit Program(const QString &folder)
        : session(Paths(folder))
        , window(session.controller(), folder + u"/window.ini"_s)
    {
        PhaseRunner &phases = window.phaseRunner();
        phases.setExaminer(
            [this](const ExecutionId &id) { return session.tools().isExamined(id); });
        QObject::connect(&session.tools(), &ToolRecorder::examined, &phases, &PhaseRunner::look);
        window.show();
    }
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        for (QPushButton *one : window.findChildren<QPushButton *>()) {
            if (one->accessibleName() == name && one->isVisible())
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] bool shows(const QString &text) const
    {
        const auto labels = window.findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }
    [[nodiscard]] const RunState &state() { return session.controller().state(); }
    /// The last attempt of the command with that label.
    [[nodiscard]] const Execution *last(const QString &label)
    {
        for (auto it = state().executions.crbegin(); it != state().executions.crend(); ++it) {
            if (state().commandOf(*it)->title() == label)
                return &*it;
        }
        return nullptr;
    }

    /// What it printed, for messages.
    [[nodiscard]] QByteArray log(const Execution &execution)
    {
        QFile file(session.controller().outputFile(execution.id));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    Session session;
    MainWindow window;
};

} // namespace

class TestRealTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runsFailsAndGoesOn_data();
    void runsFailsAndGoesOn();

private:
    void open(Program &program, const MigrationProject &project, const QString &folder);

    TemporaryPostgres m_postgres;
    int m_databases = 0;
};

void TestRealTools::initTestCase()
{
    if (!TemporaryPostgres::isAvailable())
        QSKIP(qPrintable(TemporaryPostgres::unavailableReason()));
    qputenv("RUNSHEET_EXEC", RUNSHEET_BINARY_DIR "/app/runsheet-exec/runsheet-exec");
    const Result<void> started = m_postgres.start();
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
}

void TestRealTools::open(Program &program, const MigrationProject &project, const QString &folder)
{
    const Result<Connection> connection = m_postgres.createDatabase(u"shop%1"_s.arg(++m_databases));
    QVERIFY(connection);
    RunController &controller = program.session.controller();
    QSignalSpy opened(&controller, &RunController::runOpened);
    controller.createRun({.runbookFile = u"tool.md"_s,
                          .runbookSource = runbookFor(project),
                          .environment = {.name = u"tools"_s,
                                          .connection = *connection,
                                          .variables = {{u"PROJECT"_s, folder + u"/project"_s}}},
                          .windowStart = controller.now(),
                          .windowEnd = controller.now().addSecs(3600)});
    QVERIFY(opened.wait(20'000));
    controller.approveRunbook();
    QTRY_VERIFY(controller.state().approval);
}

void TestRealTools::runsFailsAndGoesOn_data()
{
    QTest::addColumn<int>("index");
    const QList<MigrationProject> projects = test::migrationProjects();
    for (int index = 0; index < projects.size(); ++index)
        QTest::newRow(qPrintable(projects.at(index).tool)) << index;
}

void TestRealTools::runsFailsAndGoesOn()
{
    QFETCH(int, index);
    const MigrationProject project = test::migrationProjects().at(index);
    if (const QString missing = missingIn(project); !missing.isEmpty())
        QSKIP(qPrintable(u"%1 is not tried: “%2” is not there"_s.arg(project.tool, missing)));
    QTemporaryDir folder;
    Program program(folder.path());
    open(program, project, folder.path());

    // Run: it sets up, migrates, and stops at the third migration.
    QTRY_VERIFY(program.button(u"Run this phase"_s) != nullptr);
    program.button(u"Run this phase"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(program.button(u"Run it again and go on"_s) != nullptr, kToolTimeout);
    const Execution failed = *program.last(u"Migrate"_s);
    QCOMPARE(failed.outcome(), ExecutionOutcome::Failed);
    QCOMPARE(failed.end->exitCode, project.exitCode);
    QVERIFY(program.shows(u"“Migrate” did not succeed: exit %1."_s.arg(project.exitCode)));
    QTRY_VERIFY2(program.last(u"Migrate"_s)->recognised, program.log(failed).constData());
    const OutputRecognised said = *program.last(u"Migrate"_s)->recognised;
    QCOMPARE(said.tool, project.tool);
    QVERIFY2(said.migration == project.failing, program.log(failed).constData());
    QVERIFY2(!said.failure.isEmpty(), qPrintable(said.tool));
    QCOMPARE(said.contradiction, QString());
    QVERIFY(program.last(u"Look"_s) == nullptr);

    // Mend it outside, and go on from there.
    QProcess mend;
    mend.setWorkingDirectory(folder.filePath(u"project"_s));
    mend.start(u"bash"_s, {u"-ec"_s, project.mend});
    QVERIFY(mend.waitForFinished() && mend.exitCode() == 0);
    program.button(u"Run it again and go on"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(
        program.last(u"Look"_s) != nullptr && !program.last(u"Look"_s)->isOpen(), kToolTimeout);
    QCOMPARE(program.last(u"Migrate"_s)->attempt, 2);
    QCOMPARE(program.last(u"Migrate"_s)->outcome(), ExecutionOutcome::Succeeded);
    QCOMPARE(program.last(u"Set up"_s)->attempt, 1); // what succeeded was not run again
    QCOMPARE(program.last(u"Look"_s)->outcome(), ExecutionOutcome::Succeeded);
    QTRY_VERIFY(program.shows(u"“Step 1: Migrate” waits for its sign-off."_s));
    const Result<QString> rows = m_postgres.execute(
        u"select count(*) from accounts where status is not null"_s, u"shop%1"_s.arg(m_databases));
    QVERIFY(rows);
    QCOMPARE(rows->trimmed(), u"2"_s);
}

QTEST_MAIN(TestRealTools)
#include "tst_realtools.moc"
