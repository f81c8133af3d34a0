// SPDX-License-Identifier: Apache-2.0
#include "settings.h"
#include "support/eventbuilder.h"
#include "theme.h"
#include "window/windowharness.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

/// The keyboard, the palette of actions, the file dialogs and the theme.
class TestWindowKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_harness = std::make_unique<WindowHarness>(); }
    void cleanup() { m_harness.reset(); }

    void lettersStayInTheField_data();
    void lettersStayInTheField();
    void enterSignsFromEveryField_data();
    void enterSignsFromEveryField();
    void enterDoesNotSignWhatMayNotBeSigned();
    void walkingStopsAtBothEnds();
    void spaceOpensTheOutcomesRatherThanSigning();
    void f6GoesRoundThePanes();
    void runKeyTakesTheNextOpenCommand();
    void keysOfARunDoNothingOnTheStartPage();
    void paletteWalksWithArrowsAndSkipsWhatIsImpossible();
    void paletteShowsTheKeys();
    void escapeClosesThePaletteWithoutDoingAnything();
    void reportIsNamedAfterTheRunbook();
    void reportFormatFollowsTheFilter();
    void chosenRunbookIsAskedFor();
    void themeIsChosenAndRemembered_data();
    void themeIsChosenAndRemembered();
    void startPageIsAKeyAway();

private:
    [[nodiscard]] QAction *action(const QString &text) const;
    [[nodiscard]] QFileDialog *fileDialog() const
    {
        return qobject_cast<QFileDialog *>(WindowHarness::dialog());
    }

    std::unique_ptr<WindowHarness> m_harness;
};

QAction *TestWindowKeys::action(const QString &text) const
{
    for (QAction *one : m_harness->window().actions()) {
        if (one->text() == text)
            return one;
    }
    return nullptr;
}

void TestWindowKeys::lettersStayInTheField_data()
{
    QTest::addColumn<QString>("field");
    for (const auto &field : {u"Observed value"_s, u"Note"_s, u"Signed by"_s})
        QTest::newRow(qPrintable(field)) << field;
}

void TestWindowKeys::lettersStayInTheField()
{
    QFETCH(QString, field);
    m_harness->createRun(kTwoPhases);
    const StepId first = stepNamed(m_harness->controller().state(), u"First check"_s);
    auto *edit = m_harness->named<QLineEdit>(field);
    edit->clear();
    edit->setFocus();
    QTest::keyClicks(edit, u"j k r J K R "_s);
    QCOMPARE(edit->text(), u"j k r J K R "_s);
    QVERIFY(edit->hasFocus());
    QVERIFY(m_harness->button(u"Sign off: First check"_s) != nullptr); // still the current step
    QVERIFY(!m_harness->controller().state().isSigned(first));
    QVERIFY(WindowHarness::dialog() == nullptr);
}

void TestWindowKeys::enterSignsFromEveryField_data()
{
    lettersStayInTheField_data();
}

void TestWindowKeys::enterSignsFromEveryField()
{
    QFETCH(QString, field);
    m_harness->createRun(kTwoPhases);
    const RunState &state = m_harness->controller().state();
    QTest::keyClick(m_harness->named<QLineEdit>(field), Qt::Key_Return);
    QTRY_VERIFY(state.isSigned(stepNamed(state, u"First check"_s)));
    QVERIFY(!state.isSigned(stepNamed(state, u"Second check"_s)));
}

void TestWindowKeys::enterDoesNotSignWhatMayNotBeSigned()
{
    m_harness->createRun(kTwoPhases);
    QSignalSpy failed(&m_harness->controller(), &RunController::failed);
    m_harness->named<QLineEdit>(u"Signed by"_s)->clear();
    QTest::keyClick(m_harness->named<QLineEdit>(u"Observed value"_s), Qt::Key_Return);
    QCOMPARE(m_harness->controller().pendingEvents(), 0);
    QCOMPARE(failed.size(), 0); // refused by the button's own state, not by asking in vain
}

void TestWindowKeys::walkingStopsAtBothEnds()
{
    m_harness->createRun(kTwoPhases);
    MainWindow &window = m_harness->window();
    QTest::keyClick(&window, Qt::Key_K);
    QVERIFY(m_harness->button(u"Sign off: First check"_s) != nullptr);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&window, Qt::Key_J);
    QTest::keyClick(&window, Qt::Key_Space);
    QTest::keyClick(m_harness->named<QLineEdit>(u"Observed value"_s), Qt::Key_Return);
    const RunState &state = m_harness->controller().state();
    QTRY_VERIFY(state.isSigned(stepNamed(state, u"Second check"_s)));
}

void TestWindowKeys::spaceOpensTheOutcomesRatherThanSigning()
{
    m_harness->createRun(kTwoPhases);
    auto *outcome = m_harness->named<QComboBox>(u"Outcome"_s);
    outcome->setFocus();
    QTest::keyClick(outcome, Qt::Key_Space);
    QTRY_VERIFY(outcome->view()->isVisible());
    QVERIFY(!m_harness->named<QLineEdit>(u"Observed value"_s)->hasFocus());
    outcome->hidePopup();
}

void TestWindowKeys::f6GoesRoundThePanes()
{
    m_harness->createRun(kTwoPhases);
    const auto focusName = [] {
        return QApplication::focusWidget() == nullptr
            ? QString()
            : QApplication::focusWidget()->accessibleName();
    };
    const auto goesTo = [&](const QStringList &names) {
        for (const QString &name : names) {
            QTest::keyClick(&m_harness->window(), Qt::Key_F6);
            QCOMPARE(focusName(), name);
        }
    };
    QTRY_COMPARE(focusName(), u"Checklist"_s);
    goesTo({u"Details"_s, u"Phases"_s, u"Checklist"_s}); // without a server there is no chart
    m_harness->connectServer();
    goesTo({u"Details"_s, u"Query durations"_s, u"Phases"_s, u"Checklist"_s, u"Details"_s});
}

void TestWindowKeys::runKeyTakesTheNextOpenCommand()
{
    m_harness->createRun(
        "# Two\n\n## Execution\n\n### Step 1: Both\n\n```bash\n# One\ntrue\n```\n\n"
        "```bash\n# Two\nfalse\n```\n");
    m_harness->controller().approveRunbook();
    QTRY_VERIFY(m_harness->controller().state().approval);
    QTest::keyClick(&m_harness->window(), Qt::Key_R);
    QTRY_COMPARE(m_harness->runner.requests().size(), 1);
    m_harness->runner.reportStarted();
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTest::keyClick(&m_harness->window(), Qt::Key_R);
    QTRY_COMPARE(m_harness->runner.requests().size(), 2);
    QVERIFY(m_harness->runner.requests().last().script.contains("false"));
    m_harness->runner.reportStarted();
    m_harness->endCommand(ExecutionOutcome::Failed, 1);
    QTest::keyClick(&m_harness->window(), Qt::Key_R); // the failed one again
    QTRY_COMPARE(m_harness->runner.requests().size(), 3);
    m_harness->runner.reportStarted();
    m_harness->endCommand(ExecutionOutcome::Succeeded);
    QTest::keyClick(&m_harness->window(), Qt::Key_R);
    QVERIFY(WindowHarness::dialog() == nullptr); // both succeeded: the key starts nothing
    QCOMPARE(m_harness->runner.requests().size(), 3);
}

void TestWindowKeys::keysOfARunDoNothingOnTheStartPage()
{
    for (const auto key : {Qt::Key_J, Qt::Key_K, Qt::Key_R, Qt::Key_Space, Qt::Key_F6})
        QTest::keyClick(&m_harness->window(), key);
    for (const auto &name : {u"Next step"_s, u"Run next command"_s, u"Sign off step"_s,
                             u"Export report"_s, u"Next pane"_s, u"Start page"_s})
        QVERIFY2(!action(name)->isEnabled(), qPrintable(name));
    for (const auto &name : {u"Open runbook"_s, u"Find any action"_s, u"Dark theme"_s, u"Quit"_s})
        QVERIFY2(action(name)->isEnabled(), qPrintable(name));
    QVERIFY(WindowHarness::dialog() == nullptr);
}

void TestWindowKeys::paletteWalksWithArrowsAndSkipsWhatIsImpossible()
{
    QSignalSpy chosen(&m_harness->window(), &MainWindow::themeChosen);
    QTest::keyClick(&m_harness->window(), Qt::Key_K, Qt::ControlModifier);
    auto *field = m_harness->named<QLineEdit>(u"Find any action"_s);
    QTest::keyClicks(field, u"theme"_s);
    auto *list = m_harness->named<QListView>(u"Actions"_s);
    QCOMPARE(list->model()->rowCount(), 3);
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Down);
    QVERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().value<ThemeChoice>(), ThemeChoice::Dark);

    QTRY_VERIFY(WindowHarness::dialog() == nullptr);
    m_harness->trigger(u"Find any action"_s);
    field = m_harness->named<QLineEdit>(u"Find any action"_s);
    QTest::keyClicks(field, u"abort"_s); // needs a run
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(WindowHarness::dialog() != nullptr);
    field->clear();
    QTest::keyClicks(field, u"no such action"_s);
    QCOMPARE(m_harness->named<QListView>(u"Actions"_s)->model()->rowCount(), 0);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(WindowHarness::dialog() != nullptr);
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestWindowKeys::paletteShowsTheKeys()
{
    QTest::keyClick(&m_harness->window(), Qt::Key_F1);
    const auto *model = m_harness->named<QListView>(u"Actions"_s)->model();
    QStringList rows;
    for (int row = 0; row < model->rowCount(); ++row)
        rows << model->index(row, 0).data().toString();
    QVERIFY(rows.contains(u"Roll back    Ctrl+Shift+R"_s));
    QVERIFY(rows.contains(u"Complete run"_s));
}

void TestWindowKeys::escapeClosesThePaletteWithoutDoingAnything()
{
    QSignalSpy chosen(&m_harness->window(), &MainWindow::themeChosen);
    QTest::keyClick(&m_harness->window(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(m_harness->named<QLineEdit>(u"Find any action"_s), u"dark"_s);
    QTest::keyClick(WindowHarness::dialog(), Qt::Key_Escape);
    QTRY_VERIFY(WindowHarness::dialog() == nullptr);
    QCOMPARE(chosen.size(), 0);
}

void TestWindowKeys::reportIsNamedAfterTheRunbook()
{
    m_harness->createRun("# A/B: add column\n\n## Execution\n\n- [ ] Go\n");
    QSignalSpy wanted(&m_harness->window(), &MainWindow::exportRequested);
    QTest::keyClick(&m_harness->window(), Qt::Key_E, Qt::ControlModifier);
    QVERIFY(fileDialog() != nullptr);
    auto *name = fileDialog()->findChild<QLineEdit *>(u"fileNameEdit"_s);
    QVERIFY(name->text().endsWith(u".html"_s));
    QVERIFY(!name->text().contains(u'/') && !name->text().contains(u' '));
    QTemporaryDir folder;
    const QString file = folder.filePath(u"report.html"_s);
    name->setText(file);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toString(), file);
}

void TestWindowKeys::reportFormatFollowsTheFilter()
{
    m_harness->createRun(kTwoPhases);
    m_harness->trigger(u"Export report"_s);
    for (const auto &[filter, suffix] : {std::pair{u"PDF (*.pdf)"_s, u"pdf"_s},
                                         std::pair{u"JSON, the full record (*.json)"_s, u"json"_s},
                                         std::pair{u"HTML page (*.html)"_s, u"html"_s}}) {
        fileDialog()->selectNameFilter(filter);
        Q_EMIT fileDialog()->filterSelected(filter);
        QCOMPARE(fileDialog()->defaultSuffix(), suffix);
    }
}

void TestWindowKeys::chosenRunbookIsAskedFor()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"mine.md"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QSignalSpy wanted(&m_harness->window(), &MainWindow::openRunbookRequested);
    QTest::keyClick(&m_harness->window(), Qt::Key_O, Qt::ControlModifier);
    QVERIFY(fileDialog() != nullptr);
    auto *name = fileDialog()->findChild<QLineEdit *>(u"fileNameEdit"_s);
    name->setText(file.fileName());
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toString(), file.fileName());
}

void TestWindowKeys::themeIsChosenAndRemembered_data()
{
    QTest::addColumn<QString>("actionText");
    QTest::addColumn<int>("choice");
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << u"Dark theme"_s << static_cast<int>(ThemeChoice::Dark) << true;
    QTest::newRow("light") << u"Light theme"_s << static_cast<int>(ThemeChoice::Light) << false;
    QTest::newRow("desktop") << u"Theme of the desktop"_s << static_cast<int>(ThemeChoice::System)
                             << false;
}

void TestWindowKeys::themeIsChosenAndRemembered()
{
    QFETCH(QString, actionText);
    QFETCH(int, choice);
    QFETCH(bool, dark);
    m_harness->trigger(actionText);
    QCOMPARE(themeOf(m_harness->window().palette()).dark, dark);
    QVERIFY(action(actionText)->isChecked());
    int checked = 0;
    for (const QAction *one : m_harness->window().actions())
        checked += one->isChecked() ? 1 : 0;
    QCOMPARE(checked, 1);
    m_harness->restartEmpty();
    QCOMPARE(static_cast<int>(Settings(m_harness->settingsFile()).theme()), choice);
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestWindowKeys::startPageIsAKeyAway()
{
    m_harness->createRun(kTwoPhases);
    QSignalSpy wanted(&m_harness->window(), &MainWindow::startPageRequested);
    QTest::keyClick(&m_harness->window(), Qt::Key_Home, Qt::AltModifier);
    QCOMPARE(wanted.size(), 1);
    m_harness->controller().closeRun();
    QVERIFY(m_harness->named(u"Start practice"_s) != nullptr);
    QVERIFY(!action(u"Start page"_s)->isEnabled());
}

QTEST_MAIN(TestWindowKeys)
#include "tst_windowkeys.moc"
