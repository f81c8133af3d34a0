// SPDX-License-Identifier: Apache-2.0
// The form for what a command still needs, in the real window.
#include "base/secrets.h"
#include "support/eventbuilder.h"
#include "window/windowharness.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

constexpr char kAsking[] = R"(# Restore

## Execution

### Step 1: Copy

```bash
# Copy the backup
copy --from <dump name> --to "<target-folder>"
```

### Step 2: Log in

```bash
# Log in
login <account> <api-token>
```
)";

QLineEdit *field(const QString &name)
{
    for (QLineEdit *edit : WindowHarness::dialog()->findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == name)
            return edit;
    }
    return nullptr;
}

QString shown()
{
    return WindowHarness::dialog()->findChild<QPlainTextEdit *>()->toPlainText();
}

bool says(const QString &text)
{
    const auto labels = WindowHarness::dialog()->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

} // namespace

class TestFilling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_harness = std::make_unique<WindowHarness>();
        Environment environment = WindowHarness::practice();
        environment.variables.insert(u"ACCOUNT"_s, u"shop-eu"_s);
        m_harness->createRun(kAsking, environment);
        m_harness->controller().approveRunbook();
        QTRY_VERIFY(m_harness->controller().state().approval.has_value());
    }
    void cleanup() { m_harness.reset(); }

    void formIsFilledInWithTheKeyboard()
    {
        m_harness->press(u"Run: Copy the backup"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        QVERIFY(!WindowHarness::canConfirm());
        QVERIFY(says(u"Still open: <dump name>, <target-folder>"_s));
        QTRY_VERIFY(field(u"<dump name>"_s)->hasFocus());
        QTest::keyClicks(WindowHarness::dialog()->focusWidget(), u"it's 7"_s);
        QTest::keyClick(WindowHarness::dialog()->focusWidget(), Qt::Key_Return);
        QVERIFY(WindowHarness::dialog() != nullptr); // one is still open
        QTest::keyClick(WindowHarness::dialog()->focusWidget(), Qt::Key_Tab);
        QVERIFY(field(u"<target-folder>"_s)->hasFocus());
        QTest::keyClicks(WindowHarness::dialog()->focusWidget(), u"/mnt/$x"_s);
        QVERIFY(WindowHarness::canConfirm());
        const QString text = shown();
        QCOMPARE(text, u"# Copy the backup\ncopy --from 'it'\\''s 7' --to \"/mnt/\\$x\""_s);
        QTest::keyClick(WindowHarness::dialog()->focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(m_harness->runner.requests().size(), 1);
        QCOMPARE(m_harness->runner.requests().constFirst().script, text.toUtf8());
        QTRY_VERIFY(WindowHarness::dialog() == nullptr);
    }

    void cancelRunsNothing()
    {
        m_harness->press(u"Run: Copy the backup"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        QTest::keyClick(WindowHarness::dialog(), Qt::Key_Escape);
        QTRY_VERIFY(WindowHarness::dialog() == nullptr);
        QVERIFY(m_harness->runner.requests().isEmpty());
    }

    void proposalComesFromTheEnvironmentAndASecretIsHidden()
    {
        m_harness->press(u"Run: Log in"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        QCOMPARE(field(u"<account>"_s)->text(), u"shop-eu"_s);
        QVERIFY(says(u"from the environment"_s));
        QLineEdit *token = field(u"<api-token>"_s);
        QTRY_VERIFY(token->hasFocus()); // the first that is open
        QCOMPARE(token->echoMode(), QLineEdit::Password);
        QTest::keyClicks(token, u"t0p-s3cret"_s);
        QVERIFY(!shown().contains(u"t0p-s3cret"_s));
        QVERIFY(says(u"RUNSHEET_API_TOKEN=••••••••"_s));
        m_harness->confirm();
        QTRY_COMPARE(m_harness->runner.requests().size(), 1);
        const CommandRequest request = m_harness->runner.requests().constFirst();
        QVERIFY(!request.script.contains("t0p-s3cret"));
        QCOMPARE(request.secrets.value(u"RUNSHEET_API_TOKEN"_s), u"t0p-s3cret"_s);
    }

    void answersAreRememberedAfterARestart()
    {
        const CommandId copy = commandOf(m_harness->controller().state(), u"Copy"_s);
        m_harness->controller().runCommand(
            copy, {{u"<dump name>"_s, u"42"_s}, {u"<target-folder>"_s, u"/mnt"_s}});
        QTRY_COMPARE(m_harness->runner.requests().size(), 1);
        m_harness->runner.reportStarted();
        m_harness->endCommand(ExecutionOutcome::Failed, 1);
        m_harness->restart();
        QTRY_VERIFY(m_harness->button(u"Run: Copy the backup"_s) != nullptr);
        m_harness->press(u"Run: Copy the backup"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        QCOMPARE(field(u"<dump name>"_s)->text(), u"42"_s);
        QVERIFY(says(u"as given earlier in this run"_s));
        QVERIFY(WindowHarness::canConfirm());
    }

    void valueThatCannotBeFilledInIsSaid()
    {
        m_harness->press(u"Run: Copy the backup"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        field(u"<dump name>"_s)->setText(u"a\tb"_s);
        QVERIFY(says(u"control character"_s));
        QVERIFY(!WindowHarness::canConfirm());
        field(u"<dump name>"_s)->setText(u"-rf"_s);
        QVERIFY(says(u"begins with “-”"_s));
    }

    void keyForTheNextCommandMakesNoChoice()
    {
        open("# T\n\n## Execution\n\n### Step 1: Restore\n\n```bash\n# Option A\nfull\n\n"
             "# Option B\npart\n```\n");
        m_harness->trigger(u"Run next command"_s);
        QTRY_VERIFY(m_harness->shows(u"Choose one of Option A and Option B"_s));
        QVERIFY(m_harness->runner.requests().isEmpty());
    }

    void secretOfAnEarlierCommandIsSaidToBeGone()
    {
        open("# T\n\n## Execution\n\n### Step 1: Fetch\n\n```bash\n# Fetch\nTOKEN_SECRET=$(fetch)"
             "\n```\n\n### Step 2: Send\n\n```bash\n# Send\nsend \"$TOKEN_SECRET\"\n```\n");
        m_harness->press(u"Run: Fetch"_s);
        QTRY_COMPARE(m_harness->runner.requests().size(), 1);
        m_harness->runner.reportStarted();
        m_harness->runner.reportEnded({.outcome = ExecutionOutcome::Succeeded, .exitCode = 0},
                                      {{u"TOKEN_SECRET"_s, {.value = kMaskedValue.toString()}}});
        QTRY_VERIFY(m_harness->controller().state().openExecutions().isEmpty());
        m_harness->press(u"Run: Send"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        QCOMPARE(field(u"TOKEN_SECRET"_s)->text(), QString());
        QVERIFY(says(u"its value is secret and was not kept: type it again"_s));
    }

    void longNameDoesNotWidenTheForm()
    {
        m_harness->press(u"Run: Copy the backup"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        const int width = WindowHarness::dialog()->width();
        const QByteArray name(98, 'a');
        open("# T\n\n## Execution\n\n### Step 1: Copy\n\n```bash\n# Copy\ncopy <" + name
             + ">\n```\n");
        m_harness->press(u"Run: Copy"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        QVERIFY(says(QString::fromUtf8(name)));
        QCOMPARE(WindowHarness::dialog()->width(), width);
    }

    void longCommandIsNamedByItsBeginning()
    {
        open("# T\n\n## Execution\n\n### Step 1: Copy\n\n```bash\ncopy <name> "
             + QByteArray(20'000, 'x') + "\n```\n");
        m_harness->trigger(u"Run next command"_s);
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        QVERIFY(says(u"xxx…” runs with"_s));
    }

    void commandThatReadsTypingGetsTheKeyboard()
    {
        open("# T\n\n## Execution\n\n### Step 1: Look\n\n```bash\npsql\n```\n");
        m_harness->window().activateWindow();
        m_harness->press(u"Run: psql"_s);
        QTRY_COMPARE(m_harness->runner.requests().size(), 1);
        m_harness->runner.reportStarted();
        QTRY_VERIFY(m_harness->named<QLineEdit>(u"Input to command"_s) != nullptr);
        QTRY_VERIFY(m_harness->named<QLineEdit>(u"Input to command"_s)->hasFocus());
        QTest::keyClicks(m_harness->window().focusWidget(), u"\\q"_s);
        QTest::keyClick(m_harness->window().focusWidget(), Qt::Key_Return);
        QCOMPARE(m_harness->runner.input(), "\\q\n");
    }

    void endOfAWaitIsSaidInTheWindow()
    {
        open("# T\n\n## Execution\n\n### Step 1: Watch the errors for 15 minutes\n");
        m_harness->press(u"Start the 15 min: Step 1: Watch the errors for 15 minutes"_s);
        QTRY_VERIFY(m_harness->shows(u"00:15:00 left"_s));
        m_harness->clock.time = m_harness->clock.time.addSecs(901);
        QTRY_VERIFY(m_harness->shows(u"15 min are over: Step 1"_s));
        QVERIFY(m_harness->shows(u"time is over"_s));
    }

private:
    /// Another run, with its commands approved.
    void open(const QByteArray &source)
    {
        m_harness = std::make_unique<WindowHarness>();
        m_harness->createRun(source);
        m_harness->controller().approveRunbook();
        QTRY_VERIFY(m_harness->controller().state().approval.has_value());
    }

    std::unique_ptr<WindowHarness> m_harness;
};

QTEST_MAIN(TestFilling)
#include "tst_filling.moc"
