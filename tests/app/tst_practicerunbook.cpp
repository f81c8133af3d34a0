// SPDX-License-Identifier: Apache-2.0
#include "practice/postgrescluster.h"
#include "practice/practice.h"
#include "runbook/parser.h"
#include "support/serverguard.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <optional>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

struct ShellOutcome
{
    int exitCode = -1;
    QString output;
};

/// Command texts of the runbook's steps whose titles start with the given words.
/// cwd= is for that command alone.
QString inItsFolder(const Command &command)
{
    if (command.workingFolder().isEmpty())
        return command.text;
    return u"pushd %1 >/dev/null\n%2\npopd >/dev/null"_s.arg(command.workingFolder(), command.text);
}

QStringList commandsOf(const Phase &phase, const QString &stepTitle = {})
{
    QStringList commands;
    for (const Step &step : phase.steps) {
        if (!step.title.startsWith(stepTitle))
            continue;
        for (const Command &command : step.commands)
            commands += inItsFolder(command);
    }
    return commands;
}

} // namespace

/// The practice runbook is carried out on a real practice environment: what a newcomer is told to
/// type must work, from the first command to the end of each way back.
class TestPracticeRunbook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void readsWithoutFindings();
    void phasesStandInOrder();
    void isDoneInFewSteps();
    void everyCommandHasALabel();
    void wholeWayWorks();
    void checksNoticeTheMigration();
    void applicationIssuesAreRolledBack();
    void interruptedMigrationIsTakenBack();
    void damageIsNoticedAndRestored();
    void checksNoticeMissingOrders();

private:
    [[nodiscard]] ShellOutcome shell(const QStringList &commands) const;
    [[nodiscard]] const Phase *phase(const QString &titleStart) const;
    [[nodiscard]] QStringList snapshot() const;

    QTemporaryDir m_base{u"/tmp/runsheet-pr-XXXXXX"_s};
    PracticeOptions m_options;
    Practice m_practice;
    std::optional<ServerGuard> m_guard;
    Runbook m_runbook;
};

/// All of them in one shell, as the variables and the folder pass from command to command.
ShellOutcome TestPracticeRunbook::shell(const QStringList &commands) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QMap<QString, QString> variables = commandEnvironment(m_practice.environment);
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        environment.insert(it.key(), it.value());
    QProcess bash;
    bash.setProcessEnvironment(environment);
    bash.setProcessChannelMode(QProcess::MergedChannels);
    bash.setWorkingDirectory(u"/"_s);
    bash.setStandardInputFile(QProcess::nullDevice());
    bash.start(
        u"bash"_s,
        {u"-euo"_s, u"pipefail"_s, u"-c"_s, commands.join(u"\n\n"_s) + u"\necho ALL DONE"_s});
    if (!bash.waitForFinished(200'000))
        return {};
    return {.exitCode = bash.exitCode(), .output = QString::fromUtf8(bash.readAll())};
}

const Phase *TestPracticeRunbook::phase(const QString &titleStart) const
{
    const auto found = std::find_if(
        m_runbook.phases.cbegin(), m_runbook.phases.cend(),
        [&titleStart](const Phase &candidate) { return candidate.title.startsWith(titleStart); });
    return found == m_runbook.phases.cend() ? nullptr : &*found;
}

QStringList TestPracticeRunbook::snapshot() const
{
    return commandsOf(*phase(u"Execution"_s), u"Step 2"_s);
}

void TestPracticeRunbook::initTestCase()
{
    const Result<Runbook> runbook =
        loadRunbook(QStringLiteral(RUNSHEET_SOURCE_DIR "/runbooks/practice.md"));
    QVERIFY(runbook);
    m_runbook = *runbook;
    QVERIFY(phase(u"Execution"_s));

    QVERIFY(chmod(QFile::encodeName(m_base.path()).constData(), 0711) == 0);
    m_options = PracticeOptions::standard();
    m_options.folder = m_base.filePath(u"p"_s);
    if (const auto server = PostgresCluster::findBinFolder(m_options.binFolders); !server)
        QSKIP(qPrintable(server.error().message));
    m_guard.emplace(m_options.folder);
    const Result<Practice> started = startPractice(m_options);
    QVERIFY2(started, started ? "" : qPrintable(describe(started.error())));
    m_practice = *started;
}

void TestPracticeRunbook::cleanupTestCase()
{
    QVERIFY(stopPractice(m_options));
}

void TestPracticeRunbook::readsWithoutFindings()
{
    for (const Diagnostic &diagnostic : m_runbook.diagnostics)
        qWarning("%d: %s", diagnostic.location.line, qPrintable(diagnostic.message));
    QVERIFY(m_runbook.diagnostics.isEmpty());
}

void TestPracticeRunbook::phasesStandInOrder()
{
    QStringList kinds;
    for (const Phase &each : m_runbook.phases) {
        if (!each.steps.isEmpty())
            kinds += each.kind;
    }
    QCOMPARE(kinds,
             QStringList({u"week-before"_s, u"day-before"_s, u"hour-before"_s, u"execution"_s,
                          u"immediate"_s, u"short-term"_s, u"long-term"_s, u"scenario"_s,
                          u"scenario"_s, u"scenario"_s}));
    for (const QString &title : {u"Scenario 1"_s, u"Scenario 2"_s, u"Scenario 3"_s})
        QCOMPARE(phase(title)->group, PhaseGroup::Rollback);
    QVERIFY(phase(u"Contacts"_s));
    QVERIFY(phase(u"Troubleshooting"_s));
}

void TestPracticeRunbook::isDoneInFewSteps()
{
    int steps = 0;
    for (const Phase &each : m_runbook.phases) {
        if (each.group == PhaseGroup::Rollback)
            continue;
        for (const Step &step : each.steps) {
            steps += step.isSignable() ? 1 : 0;
            // A newcomer is alone.
            QCOMPARE(step.signOffs, 1);
        }
    }
    QVERIFY2(steps >= 15 && steps <= 20, qPrintable(QString::number(steps)));
}

void TestPracticeRunbook::everyCommandHasALabel()
{
    for (const Phase &each : m_runbook.phases) {
        for (const Step &step : each.steps) {
            for (const Command &command : step.commands) {
                QVERIFY2(!command.label.isEmpty(), qPrintable(command.text));
                QVERIFY2(command.placeholders.isEmpty(), qPrintable(command.text));
            }
        }
    }
}

void TestPracticeRunbook::wholeWayWorks()
{
    QStringList commands;
    for (const Phase &each : m_runbook.phases) {
        if (each.group != PhaseGroup::Rollback && each.group != PhaseGroup::Reference)
            commands += commandsOf(each);
    }
    QVERIFY(commands.size() >= 20);
    const ShellOutcome outcome = shell(commands);
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
    for (const QString &line :
         {u"READY:"_s, u"LOCK GRANTED"_s, u"PROGRESS 2000/"_s, u"DONE:"_s, u"is applied"_s,
          u"PASSED:"_s, u"WHOLE:"_s, u"KEPT:"_s, u"shop-traffic: running"_s, u"ALL DONE"_s})
        QVERIFY2(outcome.output.contains(line), qPrintable(line + u'\n' + outcome.output));
}

/// After the whole way: the checks are worth nothing if they cannot fail.
void TestPracticeRunbook::checksNoticeTheMigration()
{
    const QString check = u"cd \"$SHOP_DIR\"\npsql -Xq -v ON_ERROR_STOP=1 -f checks/%1.sql"_s;
    const ShellOutcome preflight = shell({check.arg(u"preflight"_s)});
    QCOMPARE(preflight.exitCode, 3);
    QVERIFY(preflight.output.contains("is applied already"_L1));
    const ShellOutcome reverted = shell({check.arg(u"reverted"_s)});
    QCOMPARE(reverted.exitCode, 3);
    const ShellOutcome unindexed =
        shell({u"psql -Xq -c 'alter index notifications_unread rename to hidden'"_s,
               check.arg(u"migrated"_s)});
    QCOMPARE(unindexed.exitCode, 3);
    QVERIFY(unindexed.output.contains("notifications_unread is missing"_L1));
    QCOMPARE(shell({u"psql -Xq -c 'alter index hidden rename to notifications_unread'"_s,
                    check.arg(u"migrated"_s)})
                 .exitCode,
             0);
}

void TestPracticeRunbook::applicationIssuesAreRolledBack()
{
    const ShellOutcome outcome = shell(snapshot() + commandsOf(*phase(u"Scenario 2"_s)));
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
    QVERIFY(outcome.output.contains("No new notifications are made"_L1));
    QVERIFY(outcome.output.contains("REVERTED:"_L1));
    QVERIFY(outcome.output.contains("KEPT:"_L1));
}

void TestPracticeRunbook::interruptedMigrationIsTakenBack()
{
    const Phase &execution = *phase(u"Execution"_s);
    const QString interrupted = u"timeout --signal=INT 2 psql -Xq -v ON_ERROR_STOP=1 "
                                "-f migrations/009_add_notifications/2_backfill.sql || echo CUT"_s;
    const ShellOutcome outcome =
        shell(commandsOf(execution, u"Step 1"_s) + commandsOf(execution, u"Step 3"_s)
              + QStringList{interrupted} + commandsOf(*phase(u"Scenario 1"_s)));
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
    QVERIFY(outcome.output.contains("CUT"_L1));
    QVERIFY(outcome.output.contains("there, not validated"_L1));
    QVERIFY(outcome.output.contains("REVERTED:"_L1));
}

void TestPracticeRunbook::damageIsNoticedAndRestored()
{
    const ShellOutcome outcome = shell(snapshot() + commandsOf(*phase(u"Scenario 3"_s)));
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.output));
    QVERIFY(outcome.output.contains("DAMAGED:"_L1));
    QVERIFY(outcome.output.contains("The restored database is in place"_L1));
    QVERIFY(outcome.output.contains("shop-traffic: running"_L1));
    QVERIFY(outcome.output.section(u"in place"_s, 1).contains("WHOLE:"_L1));
}

void TestPracticeRunbook::checksNoticeMissingOrders()
{
    const QString check =
        u"psql -Xq -v ON_ERROR_STOP=1 -v before=%1 -f \"$SHOP_DIR/checks/orders_kept.sql\""_s;
    QCOMPARE(shell({check.arg(1)}).exitCode, 0);
    const ShellOutcome missing = shell({check.arg(99'999'999)});
    QCOMPARE(missing.exitCode, 3);
    QVERIFY(missing.output.contains("LOST:"_L1));
}

QTEST_GUILESS_MAIN(TestPracticeRunbook)
#include "tst_practicerunbook.moc"
