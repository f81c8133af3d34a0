// SPDX-License-Identifier: Apache-2.0
#include "outline.h"
#include "runbook/httpcheck.h"
#include "runbook/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

/// What an author says beside the words, and where it holds.
class TestAnnotations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commentHoldsForTheItemBehindIt();
    void commentInTheItemItselfHoldsToo();
    void phasePassesItsAnnotationsDown();
    void frontMatterHoldsForAllAndTheNearestWins();
    void titlesOwnWordsWinOverWhatStandsAbove();
    void commandHasTypedAnswers();
    void fenceWinsOverTheCommentBeforeIt();
    void expectedTextIsAnExpectation();
    void commentIsNoText();
    void problemsAreReportedAtTheirLine_data();
    void problemsAreReportedAtTheirLine();
    void whatIsNotClosedIsAnError_data();
    void whatIsNotClosedIsAnError();
    void closedCommentsAreNoError();
    void requestsAreFoundInText_data();
    void requestsAreFoundInText();
    void responseBelongsToTheRequestBeforeIt();

private:
    static Runbook parse(const char *markdown) { return parseRunbook(markdown, u"x.md"_s); }
};

void TestAnnotations::commentHoldsForTheItemBehindIt()
{
    const Runbook runbook = parse("## Execution\n"
                                  "<!-- runsheet: signoffs=2 role=dba required=false due=-2h -->\n"
                                  "- [ ] a\n"
                                  "- [ ] b\n"
                                  "<!-- runsheet: role=\"lead dba\" -->\n"
                                  "- [ ] c\n"
                                  "  <!-- runsheet: signoffs=3 -->\n"
                                  "  - [ ] d\n");
    const QList<Step> &steps = runbook.phases.first().steps;
    QCOMPARE(steps.size(), 4);
    QCOMPARE(steps.at(0).signOffs, 2);
    QCOMPARE(steps.at(0).role, u"dba"_s);
    QCOMPARE(steps.at(0).dueSeconds, -7'200);
    QVERIFY(!steps.at(0).required);
    QCOMPARE(steps.at(1).signOffs, 1);
    QVERIFY(steps.at(1).role.isEmpty());
    QVERIFY(steps.at(1).required);
    QCOMPARE(steps.at(2).role, u"lead dba"_s);
    QCOMPARE(steps.at(3).role, u"lead dba"_s); // a child has its parent's
    QCOMPARE(steps.at(3).signOffs, 3);
    QVERIFY(runbook.diagnostics.isEmpty());
}

void TestAnnotations::commentInTheItemItselfHoldsToo()
{
    const Runbook runbook = parse("## Switch <!-- runsheet: due=-1d role=lead -->\n"
                                  "- [ ] Do it <!-- runsheet: signoffs=2 -->\n");
    QCOMPARE(runbook.phases.first().title, u"Switch"_s);
    QCOMPARE(runbook.phases.first().dueSeconds, -86'400);
    const Step &step = runbook.phases.first().steps.first();
    QCOMPARE(step.title, u"Do it"_s);
    QCOMPARE(step.signOffs, 2);
    QCOMPARE(step.role, u"lead"_s);
}

void TestAnnotations::phasePassesItsAnnotationsDown()
{
    const Runbook runbook = parse("<!-- runsheet: role=dba confirm=true due=2h -->\n"
                                  "## Execution\n"
                                  "### Step 1: Go\n```sh\ngo\n```\n"
                                  "## Rollback\n1. back\n   ```sh\n   back\n   ```\n");
    QCOMPARE(runbook.phases.first().dueSeconds, 7'200);
    const Step &step = runbook.phases.first().steps.first();
    QCOMPARE(step.role, u"dba"_s);
    QVERIFY(!step.dueSeconds); // its phase has it
    QVERIFY(step.commands.first().asksConfirmation());
    QVERIFY(!runbook.phases.last().steps.first().commands.first().asksConfirmation());
}

void TestAnnotations::frontMatterHoldsForAllAndTheNearestWins()
{
    const Runbook runbook = parse("---\nrunsheet:\n  signoffs: 2\n  tty: false\n---\n"
                                  "# R <!-- runsheet: role=ops -->\n"
                                  "## Execution\n- [ ] a\n  ```sh {tty=true}\n  a\n  ```\n"
                                  "<!-- runsheet: signoffs=1 -->\n"
                                  "- [ ] b\n  ```sh\n  b\n  ```\n");
    const QList<Step> &steps = runbook.phases.last().steps;
    QCOMPARE(steps.at(0).signOffs, 2);
    QCOMPARE(steps.at(0).role, u"ops"_s);
    QVERIFY(steps.at(0).commands.first().wantsTerminal());
    QCOMPARE(steps.at(1).signOffs, 1);
    QVERIFY(!steps.at(1).commands.first().wantsTerminal());
}

void TestAnnotations::titlesOwnWordsWinOverWhatStandsAbove()
{
    const Runbook runbook = parse("<!-- runsheet: signoffs=2 required=true -->\n"
                                  "## Execution\n"
                                  "- [ ] Approved by 3 people\n"
                                  "- [ ] Coffee (optional)\n"
                                  "<!-- runsheet: signoffs=2 -->\n"
                                  "- [ ] Approved by 4 people\n");
    const QList<Step> &steps = runbook.phases.first().steps;
    QCOMPARE(steps.at(0).signOffs, 3);
    QVERIFY(!steps.at(1).required);
    QCOMPARE(steps.at(2).signOffs, 2);
}

void TestAnnotations::commandHasTypedAnswers()
{
    const Runbook runbook =
        parse("## Execution\n1. x\n"
              "   ```bash {\"name\":\"up\",\"timeout\":\"15m\",\"confirm\":true,"
              "\"once\":true,\"cancel\":false,\"cwd\":\"apps/my api\",\"probe\":\"30s\"}\n"
              "   go\n   ```\n"
              "   ```bash\n   stay\n   ```\n"
              "   ```bash {background=true interactive=false}\n   vim x\n   ```\n");
    const QList<Command> &commands = runbook.phases.first().steps.first().commands;
    QCOMPARE(commands.at(0).name(), u"up"_s);
    QCOMPARE(commands.at(0).timeoutSeconds(), 900);
    QVERIFY(commands.at(0).asksConfirmation());
    QVERIFY(commands.at(0).runsOnce());
    QVERIFY(!commands.at(0).canBeCancelled());
    QCOMPARE(commands.at(0).workingFolder(), u"apps/my api"_s);
    QCOMPARE(commands.at(0).probeSeconds(), 30);
    QVERIFY(!commands.at(1).timeoutSeconds());
    QVERIFY(!commands.at(1).probeSeconds());
    QVERIFY(!commands.at(1).asksConfirmation());
    QVERIFY(!commands.at(1).runsOnce());
    QVERIFY(commands.at(1).canBeCancelled());
    QVERIFY(commands.at(2).follower);
    QVERIFY(!commands.at(2).interactive);
}

void TestAnnotations::fenceWinsOverTheCommentBeforeIt()
{
    const Runbook runbook = parse("## Execution\n1. x\n\n"
                                  "   <!-- runsheet: name=a timeout=5s once -->\n"
                                  "   ```bash {timeout=7s}\n   go\n   ```\n");
    const Command &command = runbook.phases.first().steps.first().commands.first();
    QCOMPARE(command.name(), u"a"_s);
    QCOMPARE(command.timeoutSeconds(), 7);
    QVERIFY(command.runsOnce());
}

void TestAnnotations::expectedTextIsAnExpectation()
{
    const Runbook runbook =
        parse("## Execution\n1. x\n   ```sh {expect=\"3 rows\"}\n   go\n   ```\n");
    const Step &step = runbook.phases.first().steps.first();
    QCOMPARE(step.expectations.size(), 1);
    QCOMPARE(step.expectations.first().text, u"3 rows"_s);
    QCOMPARE(step.expectations.first().command, step.commands.first().id);
}

void TestAnnotations::commentIsNoText()
{
    const Runbook runbook =
        parse("<!-- runsheet: role=dba -->\n## Execution\n<!-- a note -->\n- [ ] a\n");
    const QStringList expected{u"W execution: Execution"_s, u"  | <!-- a note -->"_s, u"  * a"_s};
    QCOMPARE(outline(runbook), expected);
}

void TestAnnotations::problemsAreReportedAtTheirLine_data()
{
    QTest::addColumn<QByteArray>("markdown");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("line");
    QTest::newRow("unknown key") << QByteArray(
        "## Execution\n<!-- runsheet: rolle=dba -->\n- [ ] a\n")
                                 << u"unknown-attribute"_s << 2;
    QTest::newRow("wrong value") << QByteArray(
        "## Execution\n- [ ] a <!-- runsheet: due=soon -->\n")
                                 << u"wrong-attribute-value"_s << 2;
    QTest::newRow("before a paragraph")
        << QByteArray("## Execution\n- [ ] a\n\n<!-- runsheet: role=dba -->\n\ntext\n")
        << u"annotation-without-target"_s << 4;
    QTest::newRow("at the end") << QByteArray(
        "## Execution\n- [ ] a\n\n<!-- runsheet: role=dba -->\n")
                                << u"annotation-without-target"_s << 4;
    QTest::newRow("before a heading that is only text")
        << QByteArray("## Execution\n<!-- runsheet: role=dba -->\n### Team\n- [ ] a\n")
        << u"annotation-without-target"_s << 3;
    QTest::newRow("front matter") << QByteArray(
        "---\nrunsheet:\n  x: 1\n---\n## Execution\n- [ ] a\n")
                                  << u"unknown-attribute"_s << 3;
    QTest::newRow("fence") << QByteArray("## Execution\n1. a\n```sh {timeout=soon}\nx\n```\n")
                           << u"wrong-attribute-value"_s << 3;
}

void TestAnnotations::problemsAreReportedAtTheirLine()
{
    QFETCH(QByteArray, markdown);
    QFETCH(int, line);
    const Runbook runbook = parseRunbook(markdown, u"x.md"_s);
    QCOMPARE(runbook.diagnostics.size(), 1);
    QTEST(runbook.diagnostics.first().code, "code");
    QCOMPARE(runbook.diagnostics.first().location.line, line);
    QCOMPARE(runbook.diagnostics.first().severity, Diagnostic::Severity::Warning);
}

void TestAnnotations::whatIsNotClosedIsAnError_data()
{
    QTest::addColumn<QByteArray>("markdown");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("line");
    const auto fence = [](const char *name, const QByteArray &info) {
        QTest::newRow(name) << "## Execution\n1. a\n   ```" + info
                + "\n   kubectl get pods\n   ```\n"
                            << u"unclosed-attributes"_s << 3;
    };
    fence("fence", "bash {confirm=true cancel=false ");
    fence("fence with JSON", "bash {\"confirm\": true");
    fence("fence of SQL", "sql {once");
    fence("fence without a language", "{confirm=true");
    fence("second pair of braces", "bash {confirm=true} {once");
    const auto comment = [](const char *name, const char *markdown, int line) {
        QTest::newRow(name) << QByteArray(markdown) << u"unclosed-comment"_s << line;
    };
    comment("comment", "## Execution\n- [ ] a\n\n<!-- runsheet: signoffs=2\n- [ ] b\n", 4);
    comment(
        "comment that the next one ends",
        "## Execution\n<!--runsheet: signoffs=2\n- [ ] a\n\n<!-- runsheet: role=x -->\n- [ ] b\n",
        2);
    comment("comment before a command",
            "## Execution\n1. a\n\n   <!-- runsheet: confirm\n   ```sh\n   go\n   ```\n", 4);
    comment("comment in an item", "## Execution\n- [ ] a <!-- runsheet: signoffs=2\n- [ ] b\n", 2);
    comment("comment in a heading", "## Execution <!-- runsheet: signoffs=2 ->\n- [ ] b\n", 1);
}

void TestAnnotations::whatIsNotClosedIsAnError()
{
    QFETCH(QByteArray, markdown);
    QFETCH(int, line);
    const Runbook runbook = parseRunbook(markdown, u"x.md"_s);
    QVERIFY(runbook.hasErrors());
    QCOMPARE(runbook.diagnostics.size(), 1);
    QTEST(runbook.diagnostics.first().code, "code");
    QCOMPARE(runbook.diagnostics.first().location.line, line);
}

void TestAnnotations::closedCommentsAreNoError()
{
    QVERIFY(!parse("<!-- an old\n# note\n\n## Execution <!-- runsheet: role=x --> <!-- y -->\n"
                   "- [ ] Write `<!-- runsheet: signoffs=2 -->` <!-- runsheet: once -->\n"
                   "```json {\nx\n```\n")
                 .hasErrors());
}

void TestAnnotations::requestsAreFoundInText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("checks"); // "METHOD target status"
    const auto row = [](const char *text, const QStringList &checks) {
        QTest::newRow(text) << QString::fromUtf8(text) << checks;
    };
    row("Monitor: GET /api/health", {u"GET /api/health 0"_s});
    row("GET https://shop.example.com/healthz returns 200.",
        {u"GET https://shop.example.com/healthz 200"_s});
    row("(GET /healthz): 204", {u"GET /healthz 204"_s});
    row("GET /a answers with 503, then HEAD /b → 200 OK", {u"GET /a 503"_s, u"HEAD /b 200"_s});
    row("GET /old gives 404 Not Found", {u"GET /old 404"_s});
    row("GET /orders?limit=100 lists 200 orders", {u"GET /orders?limit=100 0"_s});
    row("POST /api/reset", {});
    row("GET ready", {});
    row("Compare HEAD with main", {});
    row("The budGET /month", {});
}

void TestAnnotations::requestsAreFoundInText()
{
    QFETCH(QString, text);
    QStringList found;
    for (const HttpCheck &check : httpChecksIn({.text = text, .info = {}, .location = {}}))
        found << u"%1 %2 %3"_s.arg(check.method, check.target).arg(check.expectedStatus);
    QTEST(found, "checks");
}

void TestAnnotations::responseBelongsToTheRequestBeforeIt()
{
    const Runbook runbook =
        parse("## Verification\n"
              "1. Look\n   ```sh\n   a\n   ```\n   Expected output:\n   ```\n   b\n   ```\n"
              "   Call `GET /api/health`.\n\n"
              "   Expected response:\n   ```json\n   {\"ok\": true}\n   ```\n"
              "2. Ask\n   ```http\n   HEAD /up HTTP/1.1\n   Host: shop\n   ```\n"
              "3. GET /title returns 200\n");
    const QList<Step> &steps = runbook.phases.first().steps;
    QCOMPARE(steps.at(0).expectations.size(), 1);
    QCOMPARE(steps.at(0).expectations.first().label, u"Expected output:"_s);
    QCOMPARE(steps.at(0).httpChecks.size(), 1);
    const HttpCheck &check = steps.at(0).httpChecks.first();
    QCOMPARE(check.target, u"/api/health"_s);
    QCOMPARE(check.expectedBody, u"{\"ok\": true}"_s);
    QCOMPARE(check.bodyLabel, u"Expected response:"_s);
    QCOMPARE(check.location.line, 10);
    QCOMPARE(steps.at(1).httpChecks.first().target, u"/up"_s);
    QCOMPARE(steps.at(1).notes.first().info, u"http"_s);
    QCOMPARE(steps.at(2).httpChecks.first().expectedStatus, 200);
}

QTEST_GUILESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"
