// SPDX-License-Identifier: Apache-2.0
// What a command leaves in its shell is there for the next, also when the program was closed in
// between: with the real runner and the real journal.
#include "session.h"
#include "support/eventbuilder.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr char kTwoCommands[] = R"md(# Shell

## Execution

### Step 1: Leave

```bash
plain='two words'
export EXPORTED=$'line\nbreak'
mkdir -p "$FOLDER/inner"; cd "$FOLDER/inner"
leaked() { echo leaked; }
set -f
false
```

### Step 2: Find

```bash
printf '%s|%s|%s|%s|%s' "$plain" "$(printenv EXPORTED)" "${PWD##*/}" "$BY_HAND" "$(printenv API_TOKEN || echo none)"
declare -F leaked || echo '|no function'
[[ $- == *f* ]] || echo 'no option'
```
)md";

constexpr int kTimeout = 30'000;

} // namespace

class TestShellRestart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("RUNSHEET_EXEC", RUNSHEET_BINARY_DIR "/app/runsheet-exec/runsheet-exec");
    }
    void stateSurvivesAFailureAndARestart();
    void aSecretSetByHandReachesTheCommandAndNoFile();

private:
    static void open(Session &session, const QString &folder);
    static void run(Session &session, const QString &step);
    [[nodiscard]] static QString output(const Session &session);
};

void TestShellRestart::open(Session &session, const QString &folder)
{
    RunController &controller = session.controller();
    QSignalSpy opened(&controller, &RunController::runOpened);
    controller.createRun(
        {.runbookFile = u"shell.md"_s,
         .runbookSource = kTwoCommands,
         .environment = {.name = u"here"_s, .variables = {{u"FOLDER"_s, folder}}}});
    QVERIFY(opened.wait(kTimeout));
    controller.approveRunbook();
    QTRY_VERIFY(controller.state().approval);
}

void TestShellRestart::run(Session &session, const QString &step)
{
    RunController &controller = session.controller();
    const auto before = controller.state().executions.size();
    controller.runCommand(test::commandOf(controller.state(), step));
    QTRY_VERIFY_WITH_TIMEOUT(controller.state().executions.size() > before
                                 && controller.state().openExecutions().isEmpty()
                                 && controller.pendingEvents() == 0,
                             kTimeout);
}

QString TestShellRestart::output(const Session &session)
{
    QFile log(
        session.controller().outputFile(session.controller().state().executions.constLast().id));
    return log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()) : QString();
}

void TestShellRestart::stateSurvivesAFailureAndARestart()
{
    QTemporaryDir folder;
    const Paths paths(folder.path());
    RunId run;
    {
        Session first(paths);
        open(first, folder.path());
        run = first.controller().state().id;
        TestShellRestart::run(first, u"Leave"_s);
        QCOMPARE(first.controller().state().executions.constLast().outcome(),
                 ExecutionOutcome::Failed);
        first.controller().setVariable(u"BY_HAND"_s, u"$x \"y\""_s);
        QTRY_COMPARE(first.controller().pendingEvents(), 0);
    }
    Session second(paths);
    second.controller().openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(second.controller().hasRun(), kTimeout);
    const RunState &state = second.controller().state();
    QCOMPARE(state.variables.value(u"plain"_s).value, u"two words"_s);
    QVERIFY(!state.variables.value(u"plain"_s).exported);
    QVERIFY(state.variables.value(u"EXPORTED"_s).exported);
    QCOMPARE(state.variableOrigins.value(u"plain"_s), state.executions.constFirst().id);
    QVERIFY(state.variableOrigins.value(u"BY_HAND"_s).isEmpty());
    TestShellRestart::run(second, u"Find"_s);
    const QString printed = output(second).remove(u'\r');
    QVERIFY2(printed.startsWith(u"two words|line\nbreak|inner|$x \"y\"|none"_s),
             qPrintable(printed));
    QVERIFY2(printed.contains(u"|no function"_s), qPrintable(printed));
    QVERIFY2(printed.contains(u"no option"_s), qPrintable(printed));
}

void TestShellRestart::aSecretSetByHandReachesTheCommandAndNoFile()
{
    QTemporaryDir folder;
    Session session{Paths(folder.path())};
    open(session, folder.path());
    run(session, u"Leave"_s);
    session.controller().setVariable(u"API_TOKEN"_s, u"hunter2-hunter2"_s);
    session.controller().setVariable(u"BY_HAND"_s, u"x"_s);
    run(session, u"Find"_s);
    QVERIFY(!output(session).contains(u"none"_s)); // it was there
    QCOMPARE(session.controller().state().variables.value(u"API_TOKEN"_s).value, u"••••••••"_s);
    QFile journal(session.paths().journal());
    QVERIFY(journal.open(QIODevice::ReadOnly));
    QVERIFY(!journal.readAll().contains("hunter2"));
}

QTEST_GUILESS_MAIN(TestShellRestart)
#include "tst_shellrestart.moc"
