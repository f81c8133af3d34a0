// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"
#include "exec/runnerfixture.h"
#include "exec/shellstate.h"

#include <QDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

class TestShellState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesSnapshots();
    void incompleteSnapshotReportsNothing();
    void preludeTakesDeclarationsOnly();
    void recognisesPasswordsInValues_data();
    void recognisesPasswordsInValues();
    void variablesMayBecomeSecretAndBack();
    void variablesAndDirectoryPassOn();
    void hardValuesSurviveUnchanged_data();
    void hardValuesSurviveUnchanged();
    void removedVariableStaysAway();
    void failingCommandKeepsWhatItSet();
    void interruptedCommandKeepsWhatItSet();
    void functionsAndOptionsDoNotPassOn();
    void readOnlyVariableCanBeSetAgain();
    void ownExitTrapStillRuns();
    void subshellsDoNotReport();
    void nestedBashIsLeftAlone();
    void secretsAreMaskedAndNeverOnDisk_data();
    void secretsAreMaskedAndNeverOnDisk();
    void whatLiesInAPlaceOfSecretsIsNoSecret();
    void inheritedSecretsAreNoChange();
    void matchesOfTheScriptAreLeftAlone();
    void unchangedVariablesAreNotReported();
    void vanishedDirectoryCouldNotStart();
};

void TestShellState::comparesSnapshots()
{
    const auto change = shellStateChange(
        "declare -- kept=\"1\"\ndeclare -- other=\"1\"\ndeclare -x gone=\"x\"\n"
        "declare -x PWD=\"/a\"\n# complete\n"_ba,
        "declare -- kept=\"1\"\ndeclare -x other=\"1\"\ndeclare -- RANDOM=\"7\"\n"
        "declare -a l=([0]=\"a\")\ndeclare -x PWD=\"/b\"\n# secret TOKEN\n# complete\n"_ba);
    QCOMPARE(change.changed.keys(), QStringList({u"TOKEN"_s, u"l"_s, u"other"_s}));
    QVERIFY(change.changed.value(u"other"_s).exported);
    QCOMPARE(change.changed.value(u"l"_s).value, u"[0]=\"a\""_s);
    QVERIFY(change.changed.value(u"TOKEN"_s).declaration.isEmpty());
    QCOMPARE(change.removed, QStringList{u"gone"_s});
    QCOMPARE(change.workingDirectory, u"/b"_s);
}

void TestShellState::incompleteSnapshotReportsNothing()
{
    const QByteArray whole = "declare -- a=\"1\"\n# complete\n"_ba;
    QCOMPARE(shellStateChange(whole, {}), ShellStateChange());
    QCOMPARE(shellStateChange(whole, "declare -- a=\"2\"\n"_ba), ShellStateChange());
}

void TestShellState::preludeTakesDeclarationsOnly()
{
    const QByteArray prelude =
        shellPrelude(u"/it's"_s,
                     {{u"good"_s, {.value = {}, .declaration = u"declare -- good=\"1\""_s}},
                      {u"evil"_s, {.value = {}, .declaration = u"declare -- evil=\"$(id)\""_s}},
                      {u"PATHX"_s, {.value = {}, .declaration = u"declare -- other=\"1\""_s}},
                      {u"PWD"_s, {.value = {}, .declaration = u"declare -x PWD=\"/\""_s}}},
                     {u"zone"_s, u"Ünusual"_s, {}});
    QVERIFY(prelude.contains("__runsheet_folder='/it'\\''s'"));
    QVERIFY(prelude.contains("declare -- good=\"1\" || :\n"));
    QVERIFY(!prelude.contains("evil"));
    QVERIFY(!prelude.contains("other"));
    QVERIFY(!prelude.contains("declare -x PWD"));
    const QByteArray before = prelude.sliced(prelude.indexOf("__runsheet_dump state.before"));
    for (const QByteArray &looked : {"${!B@}"_ba, "${!g@}"_ba, "${!z@}"_ba})
        QVERIFY2(before.contains(looked), looked.constData());
    QVERIFY(!before.contains("${!X@}")); // nothing begins so
    QVERIFY(prelude.contains("${!X@}")); // at the end something may
}

void TestShellState::recognisesPasswordsInValues_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("secret");
    for (const auto &value :
         {"postgres://app:s3cret@db/shop"_L1, "https://:tok@host"_L1, "redis://u:%40x@h:6379/0"_L1,
          "see http://a/ and ftp://u:p@x for more"_L1, "host=db password=s3cret"_L1,
          "PASSWORD=x"_L1, "postgresql://db/shop?user=a&password=x"_L1, "a\npassword=x"_L1})
        QTest::newRow(value.data()) << QString(value) << true;
    for (const auto &value :
         {""_L1, "postgres://db/shop"_L1, "postgres://app@db/shop"_L1, "http://host:80/a@b"_L1,
          "git@example.org:shop.git"_L1, "at 12:30 ask ops@example.org"_L1, "password="_L1,
          "nopassword=x"_L1, "http://h:80 a@b"_L1})
        QTest::addRow("plain: %s", value.data()) << QString(value) << false;
}

/// Bash decides what is written, this program what is kept: both must see the same.
void TestShellState::recognisesPasswordsInValues()
{
    QFETCH(QString, value);
    QFETCH(bool, secret);
    QCOMPARE(holdsPassword(value), secret);
    RunnerFixture fixture;
    auto request = fixture.request("V=$GIVEN"_ba);
    request.environment = {{u"GIVEN"_s, value}};
    const auto variable = fixture.run(request).changedVariables.value(u"V"_s);
    QCOMPARE(variable.declaration.isEmpty(), secret);
    QCOMPARE(variable.value == value, !secret);
}

void TestShellState::variablesMayBecomeSecretAndBack()
{
    const QByteArray plain = "declare -- URL=\"postgres://db\"\n# complete\n"_ba;
    const QByteArray named = "# secret URL\n# complete\n"_ba;
    const QByteArray shown = "declare -- URL=\"postgres://a:b@db\"\n# complete\n"_ba;
    for (const QByteArray &secret : {named, shown}) {
        const auto hidden = shellStateChange(plain, secret);
        QCOMPARE(hidden.changed.keys(), QStringList{u"URL"_s});
        QVERIFY(hidden.changed.value(u"URL"_s).declaration.isEmpty());
        QVERIFY(!hidden.changed.value(u"URL"_s).value.contains(u"a:b"_s));
        QVERIFY(hidden.removed.isEmpty());
        const auto back = shellStateChange(secret, plain);
        QCOMPARE(back.changed.value(u"URL"_s).value, u"postgres://db"_s);
        QVERIFY(back.removed.isEmpty());
        QCOMPARE(shellStateChange(secret, "# complete\n"_ba).removed, QStringList{u"URL"_s});
    }
    // Bash's own variables may show a password for a moment; they never pass on.
    QCOMPARE(shellStateChange("# complete\n"_ba,
                              "declare -- _=\"x://a:b@c\"\n# secret BASH_REMATCH\n# complete\n"_ba),
             ShellStateChange());
}

void TestShellState::variablesAndDirectoryPassOn()
{
    RunnerFixture fixture;
    const auto first =
        fixture.run("BACKUP_ID=$(echo b-42)\nexport MODE=live\nmkdir 'a b'; cd 'a b'"_ba);
    QCOMPARE(first.end.outcome, ExecutionOutcome::Succeeded);
    QCOMPARE(first.changedVariables.keys(), QStringList({u"BACKUP_ID"_s, u"MODE"_s}));
    QCOMPARE(first.changedVariables.value(u"BACKUP_ID"_s).value, u"b-42"_s);
    QVERIFY(!first.changedVariables.value(u"BACKUP_ID"_s).exported);
    QVERIFY(first.changedVariables.value(u"MODE"_s).exported);
    QVERIFY(first.end.workingDirectory.endsWith(u"/a b"_s));

    const auto second =
        fixture.run("echo \"$BACKUP_ID $(bash -c 'echo $MODE,$BACKUP_ID') ${PWD##*/}\""_ba);
    QCOMPARE(fixture.output(second.end.execution), "b-42 live, a b\n"_ba);
    QVERIFY(second.changedVariables.isEmpty());
}

void TestShellState::hardValuesSurviveUnchanged_data()
{
    QTest::addColumn<QByteArray>("assignment");
    QTest::addColumn<QByteArray>("print");
    const QByteArray scalar = "printf %s \"$v\" | od -An -tx1"_ba;
    QTest::newRow("newlines") << "v=$'a\\n\\nb\\n'"_ba << scalar;
    QTest::newRow("quotes") << "v=\"it's \\\"q\\\" \\\\ \\`x\\` \\$HOME\""_ba << scalar;
    QTest::newRow("unicode") << "v='Grüße 漢字 🚀'"_ba << scalar;
    QTest::newRow("no UTF-8") << "v=$'\\377\\376x'"_ba << scalar;
    QTest::newRow("control bytes") << "v=$'\\e[31m\\x01\\t'"_ba << scalar;
    QTest::newRow("looks like a command") << "v='$(touch /nonexistent/x); rm'"_ba << scalar;
    QTest::newRow("empty") << "v="_ba
                           << "echo \"[${v-unset}]\""_ba;
    QTest::newRow("array") << "v=(1 'two words' $'three\\nlines')"_ba
                           << "printf '<%s>' \"${v[@]}\" \"${#v[@]}\""_ba;
    QTest::newRow("map") << "declare -A v=([a b]=c [d]='e \"f\"')"_ba
                         << "echo \"${v[a b]}|${v[d]}\""_ba;
    QTest::newRow("integer") << "declare -i v=3"_ba
                             << "v+=4; echo $v"_ba;
    QTest::newRow("long") << "v=$(printf 'x%.0s' {1..20000})"_ba
                          << "echo ${#v}"_ba;
}

void TestShellState::hardValuesSurviveUnchanged()
{
    QFETCH(QByteArray, assignment);
    QFETCH(QByteArray, print);
    RunnerFixture fixture;
    const auto whole = fixture.run(assignment + '\n' + print);
    QCOMPARE(whole.end.outcome, ExecutionOutcome::Succeeded);

    RunnerFixture split;
    QCOMPARE(split.run(assignment).end.outcome, ExecutionOutcome::Succeeded);
    const auto second = split.run(print);
    QCOMPARE(second.end.outcome, ExecutionOutcome::Succeeded);
    QCOMPARE(split.output(second.end.execution), fixture.output(whole.end.execution));
    QVERIFY(!split.output(second.end.execution).isEmpty());
}

void TestShellState::removedVariableStaysAway()
{
    RunnerFixture fixture;
    fixture.run("A=1; B=2"_ba);
    const auto second = fixture.run("unset A"_ba);
    QCOMPARE(second.removedVariables, QStringList{u"A"_s});
    const auto third = fixture.run("echo ${A-gone} $B"_ba);
    QCOMPARE(fixture.output(third.end.execution), "gone 2\n"_ba);
}

void TestShellState::failingCommandKeepsWhatItSet()
{
    RunnerFixture fixture;
    const auto failed = fixture.run("A=before\ncd /\nfalse\nA=after"_ba);
    QCOMPARE(failed.end.outcome, ExecutionOutcome::Failed);
    QCOMPARE(failed.end.exitCode, 1);
    QCOMPARE(failed.changedVariables.value(u"A"_s).value, u"before"_s);
    QCOMPARE(failed.end.workingDirectory, u"/"_s);
    const auto exited = fixture.run("C=$A; exit 7"_ba);
    QCOMPARE(exited.end.exitCode, 7);
    QCOMPARE(exited.changedVariables.value(u"C"_s).value, u"before"_s);
}

void TestShellState::interruptedCommandKeepsWhatItSet()
{
    RunnerFixture fixture;
    // The child says ready itself: an interrupt that arrives before bash has started it can be
    // lost, because a bash with an exit trap only notes the signal and then waits for the child.
    const auto request = fixture.request("A=kept; bash -c 'echo ready; exec sleep 600'"_ba);
    fixture.start(request);
    QVERIFY(fixture.waitForOutput(request.execution, "ready"_ba));
    fixture.runner().sendSignal(request.execution, SIGINT);
    QVERIFY(fixture.waitForEnd(request.execution));
    const auto report = fixture.report(request.execution);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Signalled);
    QCOMPARE(report.end.signal, SIGINT);
    QCOMPARE(report.changedVariables.value(u"A"_s).value, u"kept"_s);
}

void TestShellState::functionsAndOptionsDoNotPassOn()
{
    RunnerFixture fixture;
    fixture.run("f() { echo f; }\nset +e; shopt -s nullglob; set -f"_ba);
    const auto second = fixture.run("type -t f || echo none\nshopt -q nullglob && echo null\n"
                                    "echo $-; false; echo never"_ba);
    QCOMPARE(second.end.exitCode, 1);
    const QByteArray output = fixture.output(second.end.execution);
    QVERIFY(output.startsWith("none\n"));
    QVERIFY(!output.contains("null"));
    QVERIFY(!output.contains("never"));
}

void TestShellState::readOnlyVariableCanBeSetAgain()
{
    RunnerFixture fixture;
    fixture.run("readonly -a L=(1 2); declare -rx R=one"_ba);
    const auto second = fixture.run("echo ${L[1]} $R; readonly R=two"_ba);
    QCOMPARE(second.end.outcome, ExecutionOutcome::Succeeded);
    QCOMPARE(fixture.output(second.end.execution), "2 one\n"_ba);
    QCOMPARE(second.changedVariables.value(u"R"_s).value, u"two"_s);
}

void TestShellState::ownExitTrapStillRuns()
{
    RunnerFixture fixture;
    const auto first = fixture.run("trap 'echo cleaned $?' EXIT\nA=1\nexit 3"_ba);
    QCOMPARE(first.end.exitCode, 3);
    QCOMPARE(fixture.output(first.end.execution), "cleaned 3\n"_ba);
    QCOMPARE(first.changedVariables.value(u"A"_s).value, u"1"_s);
    const auto second = fixture.run("trap 'echo no' EXIT; trap - EXIT; trap EXIT\nB=1"_ba);
    QCOMPARE(fixture.output(second.end.execution), QByteArray());
    QVERIFY(second.changedVariables.contains(u"B"_s));
    const auto third = fixture.run("trap 'echo got; exit 4' USR1\nC=1\nkill -USR1 $$"_ba);
    QCOMPARE(third.end.exitCode, 4);
    QVERIFY(third.changedVariables.contains(u"C"_s));
}

void TestShellState::subshellsDoNotReport()
{
    RunnerFixture fixture;
    const auto report =
        fixture.run("A=outer\n(A=inner; trap : EXIT; exit 0)\necho x | (A=pipe; cat)"_ba);
    QCOMPARE(report.end.outcome, ExecutionOutcome::Succeeded);
    QCOMPARE(report.changedVariables.value(u"A"_s).value, u"outer"_s);
}

void TestShellState::nestedBashIsLeftAlone()
{
    RunnerFixture fixture;
    const auto report = fixture.run("bash -c 'Z=1; echo ${BASH_ENV-none}; type -t trap'"_ba);
    QCOMPARE(fixture.output(report.end.execution), "none\nbuiltin\n"_ba);
    QVERIFY(!report.changedVariables.contains(u"Z"_s));
}

void TestShellState::secretsAreMaskedAndNeverOnDisk_data()
{
    QTest::addColumn<QByteArray>("script"); // sets what the test looks for from its two halves
    QTest::addColumn<QStringList>("names");
    QTest::newRow("by name") << "export API_TOKEN=$made; db_password=$made"_ba
                             << QStringList({u"API_TOKEN"_s, u"db_password"_s});
    QTest::newRow("in a URL") << "export DATABASE_URL=postgres://app:$made@db/shop"_ba
                              << QStringList{u"DATABASE_URL"_s};
    QTest::newRow("among parameters")
        << "DSN=\"host=db Password=$made\""_ba << QStringList{u"DSN"_s};
    QTest::newRow("in a list") << "L=(a \"postgres://app:$made@db\")"_ba << QStringList{u"L"_s};
    QTest::newRow("in a map") << "declare -A M=([url]=\"postgres://app:$made@db\")"_ba
                              << QStringList{u"M"_s};
}

void TestShellState::secretsAreMaskedAndNeverOnDisk()
{
    QFETCH(QByteArray, script);
    QFETCH(QStringList, names);
    RunnerFixture fixture;
    const auto report =
        fixture.run("made=$(printf 'can%s' ary-4711)\n"_ba + script + "\nunset made"_ba);
    QCOMPARE(report.changedVariables.keys(), names);
    for (const ShellVariable &variable : report.changedVariables) {
        QVERIFY(!variable.value.contains(u"canary"_s));
        QVERIFY(variable.declaration.isEmpty());
    }
    const QDir folder(fixture.folder(report.end.execution).path());
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            QVERIFY2(!file.readAll().contains("canary-4711"), qPrintable(name));
    }
}

void TestShellState::whatLiesInAPlaceOfSecretsIsNoSecret()
{
    RunnerFixture fixture;
    const auto report = fixture.run("export PASSWORD_STORE_DIR=/srv/secrets\n"
                                    "DUMP=/srv/secrets/../shop.dump\n"_ba);
    QCOMPARE(report.changedVariables.value(u"DUMP"_s).value, u"/srv/secrets/../shop.dump"_s);
    QCOMPARE(report.changedVariables.value(u"PASSWORD_STORE_DIR"_s).value, kMaskedValue.toString());
}

void TestShellState::inheritedSecretsAreNoChange()
{
    RunnerFixture fixture;
    auto request = fixture.request("echo ${DATABASE_URL%%:*}"_ba);
    request.environment = {{u"DATABASE_URL"_s, u"postgres://app:s3cret@db/shop"_s}};
    const auto report = fixture.run(request);
    QCOMPARE(fixture.output(report.end.execution), "postgres\n"_ba);
    QVERIFY(report.changedVariables.isEmpty());
    QVERIFY(report.removedVariables.isEmpty());
}

void TestShellState::matchesOfTheScriptAreLeftAlone()
{
    RunnerFixture fixture;
    const auto report = fixture.run("U=http://x/?a=1@2\ntrap 'echo ${BASH_REMATCH[1]}' EXIT\n"
                                    "[[ v12 =~ v([0-9]+) ]]"_ba);
    QCOMPARE(fixture.output(report.end.execution), "12\n"_ba);
}

void TestShellState::unchangedVariablesAreNotReported()
{
    RunnerFixture fixture;
    auto request = fixture.request("A=$A; echo $A $TARGET"_ba);
    request.environment = {{u"A"_s, u"1"_s}, {u"TARGET"_s, u"shop"_s}, {u"MY_TOKEN"_s, u"t"_s}};
    const auto report = fixture.run(request);
    QCOMPARE(fixture.output(report.end.execution), "1 shop\n"_ba);
    QVERIFY(report.changedVariables.isEmpty());
    QVERIFY(report.removedVariables.isEmpty());
}

void TestShellState::vanishedDirectoryCouldNotStart()
{
    RunnerFixture fixture;
    auto request = fixture.request("echo no"_ba);
    request.workingDirectory = u"/nonexistent/here"_s;
    const auto report = fixture.run(request);
    QCOMPARE(report.end.outcome, ExecutionOutcome::CouldNotStart);
    QVERIFY(report.end.reason.contains(u"/nonexistent/here"_s));
    QCOMPARE(fixture.output(request.execution), QByteArray());
}

QTEST_GUILESS_MAIN(TestShellState)
#include "tst_shellstate.moc"
