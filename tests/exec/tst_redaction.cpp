// SPDX-License-Identifier: Apache-2.0
//
// Real commands that do their best to print what they were told in confidence.
#include "exec/runnerfixture.h"
#include "exec/secretpipe.h"
#include "leftstate.h"
#include "redaction/secretscan.h"
#include "secrets.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <fcntl.h>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const QString kCanary = u"can-ary \"7\" $HOME's/ß"_s;

redaction::SecretScan canaryScan(const QString &value = kCanary)
{
    return redaction::SecretScan({{.name = "CANARY", .value = value.toStdString()}});
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Files below the folder in which the value stands, in whatever form.
QStringList filesHolding(const QString &folder, const redaction::SecretScan &scan)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString name = files.next();
        if (scan.find(contentOf(name).toStdString()))
            found += name;
    }
    return found;
}

} // namespace

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { qunsetenv("CANARY_TOKEN"); }

    void handedSecretReachesTheCommandAndNoFile_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::newRow("raw") << "echo \"$CANARY\""_ba;
        QTest::newRow("traced") << "set -x; echo \"is $CANARY\""_ba;
        QTest::newRow("environment") << "env"_ba;
        QTest::newRow("declaration") << "declare -p CANARY; printf '%q\\n' \"$CANARY\""_ba;
        QTest::newRow("base64") << "printf 'user:%s' \"$CANARY\" | base64 -w 8"_ba;
        QTest::newRow("hex") << "printf %s \"$CANARY\" | od -An -tx1"_ba;
        QTest::newRow("coloured") << "printf '%s\\e[1m%s' \"${CANARY:0:9}\" \"${CANARY:9}\""_ba;
        QTest::newRow("byte by byte")
            << "for ((i = 0; i < ${#CANARY}; ++i)); do printf %s \"${CANARY:i:1}\"; done"_ba;
        QTest::newRow("with a pause")
            << "printf %s \"${CANARY:0:9}\"; sleep 0.2; printf %s \"${CANARY:9}\""_ba;
        QTest::newRow("kept in a variable") << "COPY=\"it is $CANARY.\"; LIST=(1 \"$CANARY\")"_ba;
        QTest::newRow("failing") << "echo \"$CANARY\" >&2; exit 3"_ba;
    }

    void handedSecretReachesTheCommandAndNoFile()
    {
        QFETCH(QByteArray, script);
        for (const bool terminal : {true, false}) {
            test::RunnerFixture fixture;
            CommandRequest request = fixture.request(
                "[[ ${#CANARY} == "_ba + QByteArray::number(kCanary.size()) + " ]]\n" + script);
            request.terminal = terminal;
            request.secrets.insert(u"CANARY_SECRET"_s, kCanary);
            request.secrets.insert(u"CANARY"_s, kCanary);
            const ExecutionReport report = fixture.run(request);
            QVERIFY(report.end.exitCode == 0 || report.end.exitCode == 3);
            QCOMPARE(filesHolding(fixture.dataFolder(), canaryScan()), QStringList());
            for (const ShellVariable &variable : report.changedVariables)
                QVERIFY(!canaryScan().find(variable.declaration.toStdString()));
        }
    }

    void whatIsMaskedSaysSo()
    {
        test::RunnerFixture fixture;
        CommandRequest request = fixture.request("echo \"<$CANARY>\"");
        request.secrets.insert(u"CANARY"_s, kCanary);
        QVERIFY(fixture.run(request).end.exitCode == 0);
        QCOMPARE(fixture.output(request.execution), "<[REDACTED:CANARY]>\n"_ba);
        const QByteArray status = contentOf(fixture.folder(request.execution).statusFile());
        QVERIFY2(status.contains("\"masked\": 1"), status.constData());
    }

    void otherSecretsAreMaskedToo()
    {
        test::RunnerFixture fixture;
        CommandRequest request = fixture.request("echo \"${OTHER-unset} hunter2hunter2\"");
        request.otherSecrets.insert(u"OTHER"_s, u"hunter2hunter2"_s);
        QVERIFY(fixture.run(request).end.exitCode == 0);
        QCOMPARE(fixture.output(request.execution), "unset [REDACTED:OTHER]\n"_ba);
    }

    void inheritedSecretsAreMasked()
    {
        qputenv("CANARY_TOKEN", "inherited-canary");
        test::RunnerFixture fixture;
        const CommandRequest request = fixture.request("echo \"$CANARY_TOKEN\"");
        QVERIFY(fixture.run(request).end.exitCode == 0);
        QCOMPARE(fixture.output(request.execution), "[REDACTED:CANARY_TOKEN]\n"_ba);
    }

    void backgroundOutputIsMasked()
    {
        test::RunnerFixture fixture;
        CommandRequest request =
            fixture.request("mkfifo go; (read -r < go; echo \"late $CANARY\") & exit 0");
        request.secrets.insert(u"CANARY"_s, kCanary);
        QVERIFY(fixture.run(request).end.exitCode == 0);
        QFile go(request.workingDirectory + u"/go"_s);
        QVERIFY(go.open(QIODevice::WriteOnly));
        go.write("\n");
        go.close();
        const QString log = fixture.folder(request.execution).path() + u"/background.log"_s;
        QTRY_COMPARE(contentOf(log), "late [REDACTED:CANARY]\n"_ba);
    }

    void promptsShowThoughTheyMayBeginASecret()
    {
        test::RunnerFixture fixture;
        CommandRequest request = fixture.request("printf Pass; read -r answer; echo \"$answer\"");
        request.secrets.insert(u"CANARY"_s, u"Password-of-mine"_s);
        fixture.start(request);
        QVERIFY(fixture.waitForOutput(request.execution, "Pass"));
        fixture.runner().sendInput(request.execution, "go\n");
        QVERIFY(fixture.waitForEnd(request.execution));
    }

    void whatIsTypedUnseenIsASecret()
    {
        test::RunnerFixture fixture;
        const CommandRequest request = fixture.request(
            "read -r -s -p 'Password: ' pw\necho \"got $pw\"\nCOPY=\"Basic $(printf %s \"$pw\" | "
            "base64)\"\nSHORT=yes\n"_ba);
        fixture.start(request);
        const QString folder = fixture.folder(request.execution).path();
        QTRY_VERIFY(contentOf(folder + u"/terminal"_s).contains("\"echo\":false"));
        fixture.runner().sendInput(request.execution, "geheim12345\n");
        QVERIFY(fixture.waitForEnd(request.execution));
        const ExecutionReport report = fixture.report(request.execution);
        QVERIFY(fixture.output(request.execution).contains("got [REDACTED:typed]"));
        QVERIFY(!contentOf(folder + u"/state.after"_s).contains("geheim12345"));
        const auto &variables = report.changedVariables;
        QCOMPARE(variables.value(u"pw"_s).declaration, QString());
        QCOMPARE(variables.value(u"COPY"_s).declaration, QString());
        QCOMPARE(variables.value(u"SHORT"_s).value, u"yes"_s);
    }

    void variableThatWasThereIsNoChange()
    {
        test::RunnerFixture fixture;
        CommandRequest request = fixture.request("OTHER=1"_ba);
        request.secrets = {{u"API_TOKEN"_s, u"vault-rabbit"_s}};
        request.environment.insert(u"COPY"_s, u"Basic dmF1bHQtcmFiYml0"_s);
        const ExecutionReport report = fixture.run(request);
        QCOMPARE(report.changedVariables.keys(), QStringList{u"OTHER"_s});
        QCOMPARE(report.removedVariables, QStringList());
    }

    void leftStateIsFreedOfSecrets_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("kept");
        const auto same = [](const char *name, const QByteArray &line) {
            QTest::newRow(name) << line << line;
        };
        same("other", "declare -- A=\"vaul-trabbit\"\n");
        same("without a value", "declare -x A\n");
        same("already named", "# secret A\n");
        same("no declaration", "# complete\n");
        QTest::newRow("plain") << "declare -x A=\"vault-rabbit\"\n"_ba
                               << "# secret A\n"_ba;
        QTest::newRow("inside") << "declare -- A=\"x vault-rabbit\"\n"_ba
                                << "# secret A\n"_ba;
        QTest::newRow("base64") << "declare -- A=\"dmF1bHQtcmFiYml0\"\n"_ba
                                << "# secret A\n"_ba;
        QTest::newRow("in a list") << "declare -a A=([0]=\"x\" [1]=\"vault-rabbit\")\n"_ba
                                   << "# secret A\n"_ba;
        QTest::newRow("quoted") << "declare -- A=\"it's \\\"\\$7\\\\8\\\"\"\n"_ba
                                << "# secret A\n"_ba;
        QTest::newRow("with an octal number") << "declare -- A=$'schl\\303\\274ssel\\n'\n"_ba
                                              << "# secret A\n"_ba;
        QTest::newRow("short, alone") << "declare -- A=\"abcd\"\n"_ba
                                      << "# secret A\n"_ba;
        same("short, inside", "declare -- A=\"abcde\"\n");
        same("a mere answer", "declare -- A=\"y\"\n");
        same("cut off", "declare -- A=\"vault");
    }

    void leftStateIsFreedOfSecrets()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QByteArray, kept);
        const std::vector<redaction::Secret> secrets{{.name = "T", .value = "vault-rabbit"},
                                                     {.name = "Q", .value = "it's \"$7\\8\""},
                                                     {.name = "U", .value = "schlüssel"},
                                                     {.name = "S", .value = "abcd"},
                                                     {.name = "Y", .value = "y"}};
        const std::string around = "declare -- B=\"1\"\n";
        const std::string text = exec::withoutSecrets(around + line.toStdString(), secrets);
        QCOMPARE(QByteArray::fromStdString(text.substr(around.size())), kept);
    }

    void processesShowNoSecret()
    {
        test::RunnerFixture fixture;
        CommandRequest request = fixture.request("read -r answer");
        request.secrets.insert(u"CANARY"_s, kCanary);
        fixture.start(request);
        QVERIFY(fixture.waitForStart(request.execution));
        const QString process = u"/proc/%1/"_s.arg(fixture.execPid(request.execution));
        QVERIFY(contentOf(process + u"cmdline"_s).contains("runsheet-exec"));
        for (const QString &file : {u"cmdline"_s, u"environ"_s})
            QVERIFY(!canaryScan().find(contentOf(process + file).toStdString()));
        fixture.runner().sendInput(request.execution, "\n");
        QVERIFY(fixture.waitForEnd(request.execution));
    }

    void shortSecretsAreNamedAtTheStart()
    {
        test::RunnerFixture fixture;
        QStringList unmasked;
        connect(
            &fixture.runner(), &CommandRunner::started, &fixture,
            [&unmasked](const RunId &, const CommandStarted &start) { unmasked = start.unmasked; });
        CommandRequest request = fixture.request("echo $PIN");
        request.secrets.insert(u"PIN"_s, u"1234"_s);
        fixture.run(request);
        QCOMPARE(unmasked, QStringList{u"PIN"_s});
        QCOMPARE(fixture.output(request.execution), "1234\n"_ba);
    }

    void shortSecretThatIsTypedIsNamedAtTheEnd()
    {
        test::RunnerFixture fixture;
        CommandRequest request =
            fixture.request("read -r -s -p 'PIN: ' pin; echo \"pin is $pin\"; read -r"_ba);
        request.secrets.insert(u"CODE"_s, u"0815"_s);
        fixture.start(request);
        const ExecutionFolder folder = fixture.folder(request.execution);
        QTRY_VERIFY(contentOf(folder.path() + u"/terminal"_s).contains("\"echo\":false"));
        fixture.runner().sendInput(request.execution, "4711\n");
        QVERIFY(fixture.waitForOutput(request.execution, "pin is 4711"));
        // Said while it runs: whoever watches it may be killed before the end.
        const auto status = parseStatus(contentOf(folder.statusFile()));
        QVERIFY(status.hasValue());
        QCOMPARE(status->unmaskable, (QStringList{u"CODE"_s, u"typed"_s}));
        fixture.runner().sendInput(request.execution, "\n");
        QVERIFY(fixture.waitForEnd(request.execution));
        QCOMPARE(fixture.report(request.execution).end.unmasked, QStringList{u"typed"_s});
    }

    void promisedSecretsMustCome_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("nothing") << ""_ba;
        QTest::newRow("no object") << "[]"_ba;
        QTest::newRow("one half") << R"({"environment":{}})"_ba;
        QTest::newRow("a number") << R"({"environment":{"A":1},"known":{}})"_ba;
    }

    void promisedSecretsMustCome()
    {
        QFETCH(QByteArray, input);
        QVERIFY(!exec::parseSecrets(input.toStdString()));
        test::RunnerFixture fixture;
        const CommandRequest request = fixture.request("true");
        const ExecutionFolder folder = fixture.folder(request.execution);
        QVERIFY(folder.prepare(request));
        QProcess process;
        process.start(QStringLiteral(RUNSHEET_EXEC_PROGRAM),
                      {u"--secrets"_s, u"0"_s, folder.path()});
        process.write(input);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(!folder.look().status);
    }

    void bothSidesUnderstandEachOther()
    {
        CommandRequest request;
        request.secrets.insert(u"A"_s, kCanary);
        request.otherSecrets.insert(u"B"_s, u"x\ny"_s);
        const auto given = exec::parseSecrets(secretsForPipe(request).toStdString());
        QVERIFY(given);
        QCOMPARE(given->environment,
                 (std::vector<redaction::Secret>{{"A", kCanary.toStdString()}}));
        QCOMPARE(given->known, (std::vector<redaction::Secret>{{"B", "x\ny"}}));
    }

    void everySecretIsMaskedOnce()
    {
        qputenv("CANARY_TOKEN", "inherited-canary");
        qputenv("CANARY_TOKEN_FILE", "/run/secrets/canary");
        qputenv("CANARY_URL", "redis://:url-canary@host");
        const std::vector<redaction::Secret> secrets =
            exec::secretsToMask({.environment = {{"GIVEN", "inherited-canary"}, {"EMPTY", ""}},
                                 .known = {{"DSN", "host=a password=dsn-canary"}}});
        qunsetenv("CANARY_TOKEN_FILE");
        qunsetenv("CANARY_URL");
        const auto nameOf = [&secrets](const std::string &value) {
            QStringList names;
            for (const redaction::Secret &secret : secrets) {
                if (secret.value == value)
                    names += QString::fromStdString(secret.name);
            }
            return names;
        };
        QCOMPARE(nameOf("inherited-canary"), QStringList{u"GIVEN"_s});
        QCOMPARE(nameOf("dsn-canary"), QStringList{u"DSN"_s});
        QCOMPARE(nameOf("url-canary"), QStringList{u"CANARY_URL"_s});
        QCOMPARE(nameOf("/run/secrets/canary"), QStringList());
        QCOMPARE(nameOf(""), QStringList());
        QCOMPARE(exec::unmaskableNames({{"B", "1"}, {"A", "long enough"}, {"B", "2"}}),
                 std::vector<std::string>{"B"});
    }
};

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
