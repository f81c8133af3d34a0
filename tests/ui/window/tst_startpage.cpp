// SPDX-License-Identifier: Apache-2.0
#include "models/runsmodel.h"
#include "settings.h"
#include "start/startpage.h"
#include "theme.h"
#include "widgets/messagebar.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

RunSummary runNumber(qint64 number, RunStatus status, int openExecutions = 0)
{
    RunSummary run;
    run.id = RunId{u"run-%1"_s.arg(number)};
    run.number = number;
    run.runbookTitle = u"Runbook %1"_s.arg(number);
    run.environmentName = u"staging"_s;
    run.environmentColour = u"amber"_s;
    run.status = status;
    run.createdAt = QDateTime(QDate(2026, 11, 20), QTime(1, 0), Qt::UTC);
    run.closedSteps = 3;
    run.totalSteps = 7;
    run.openExecutions = openExecutions;
    return run;
}

StartContent contentOf(const QList<RunSummary> &runs)
{
    return {
        .runbooks = {{.title = u"Add a column"_s,
                      .subtitle = u"Before · Execution"_s,
                      .items = 31,
                      .file = u"a.md"_s},
                     {.title = u"<b>Bold</b>"_s, .subtitle = {}, .items = 1, .file = u"b.md"_s}},
        .runs = runs,
        .journalLine = {}};
}

} // namespace

class TestStartPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void everyRunbookBeginsARun();
    void runbooksAreThereWithoutAJournal();
    void messageKeepsOffTheEdges();
    void runbookTextIsPlain();
    void unfinishedRunsStandOnTop();
    void runningCommandsAreCounted();
    void onlyTheNewestUnfinishedAreCards();
    void enterOpensTheSelectedRun();
    void enterPressesTheFocusedButton();
    void tabFollowsWhatIsSeen();
    void doubleClickOpensARun();
    void selectionSurvivesARefresh();
    void focusIsWhereToBegin();
    void practiceIsNotStartedTwice();
    void tryingAgainClearsWhatWentWrong();
    void narrowPageStacksItsHalves();
    void tableIsAsTallAsItsRuns();
    void placeOfARunIsRemembered();
    void themeIsRemembered_data();
    void themeIsRemembered();

private:
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        for (QPushButton *one : m_page->findChildren<QPushButton *>()) {
            if (one->accessibleName() == name && one->isVisible())
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] bool shows(const QString &text) const
    {
        const auto labels = m_page->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }
    [[nodiscard]] QTableView *table() const { return m_page->findChild<QTableView *>(u"runs"_s); }

    std::unique_ptr<StartPage> m_page;
};

void TestStartPage::init()
{
    applyTheme(*qApp, ThemeChoice::Light);
    m_page = std::make_unique<StartPage>();
    m_page->resize(1400, 860);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestStartPage::everyRunbookBeginsARun()
{
    m_page->setContent(contentOf({}));
    QSignalSpy wanted(m_page.get(), &StartPage::newRunWanted);
    QTest::mouseClick(button(u"New run: Add a column"_s), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<RunbookCard>().file, u"a.md"_s);
    QVERIFY(shows(u"31 items"_s));
    QVERIFY(shows(u"1 item"_s));
    m_page->setContent({});
    QVERIFY(button(u"New run: Add a column"_s) == nullptr);
}

void TestStartPage::runbooksAreThereWithoutAJournal()
{
    StartContent content = contentOf({});
    content.journalRead = false;
    m_page->setContent(content);
    QVERIFY(button(u"New run: Add a column"_s) != nullptr);
    QVERIFY(shows(u"The journal cannot be read"_s));
    QVERIFY(!shows(u"No run yet"_s));
    m_page->setContent(contentOf({}));
    QVERIFY(shows(u"No run yet"_s));
}

void TestStartPage::messageKeepsOffTheEdges()
{
    m_page->messages().showError(
        {.kind = Error::Kind::Unreadable, .message = u"No."_s, .detail = {}});
    const QWidget &bar = m_page->messages();
    const auto place = [&] { return QRect(bar.mapTo(m_page.get(), QPoint()), bar.size()); };
    QTRY_COMPARE(place().left(), 32);
    QCOMPARE(place().right(), m_page->width() - 33);
    QVERIFY(place().top() > 0);
    QVERIFY(bar.parentWidget()->height() > bar.height());
    m_page->messages().clear();
    QTRY_COMPARE(bar.parentWidget()->height(), 0); // and leaves no gap behind
}

void TestStartPage::runbookTextIsPlain()
{
    m_page->setContent(contentOf({}));
    for (const QLabel *label : m_page->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(shows(u"<b>Bold</b>"_s));
}

void TestStartPage::unfinishedRunsStandOnTop()
{
    m_page->setContent(
        contentOf({runNumber(3, RunStatus::InProgress), runNumber(2, RunStatus::Completed)}));
    QTRY_VERIFY(shows(u"NOT FINISHED"_s));
    QVERIFY(shows(u"Run 3 · staging · rehearsal · 3 of 7 signed"_s));
    QVERIFY(button(u"Resume: Runbook 2"_s) == nullptr);
    QSignalSpy opened(m_page.get(), &StartPage::openRunWanted);
    QTest::mouseClick(button(u"Resume: Runbook 3"_s), Qt::LeftButton);
    QCOMPARE(opened.first().first().value<RunId>(), RunId{u"run-3"_s});
    m_page->setContent(contentOf({runNumber(3, RunStatus::Aborted)}));
    QTRY_VERIFY(!shows(u"NOT FINISHED"_s));
}

void TestStartPage::runningCommandsAreCounted()
{
    m_page->setContent(contentOf({runNumber(3, RunStatus::InProgress, 2)}));
    QTRY_VERIFY(shows(u"2 commands running"_s));
    QVERIFY(shows(u"found again when it is opened"_s));
}

void TestStartPage::onlyTheNewestUnfinishedAreCards()
{
    QList<RunSummary> runs;
    for (qint64 number = 6; number > 0; --number)
        runs.append(runNumber(number, RunStatus::InProgress));
    m_page->setContent(contentOf(runs));
    QTRY_VERIFY(button(u"Resume: Runbook 4"_s) != nullptr);
    QVERIFY(button(u"Resume: Runbook 3"_s) == nullptr);
    QCOMPARE(table()->model()->rowCount(), 6); // all of them are in the list
}

void TestStartPage::enterOpensTheSelectedRun()
{
    m_page->setContent(
        contentOf({runNumber(2, RunStatus::Completed), runNumber(1, RunStatus::Aborted)}));
    QSignalSpy opened(m_page.get(), &StartPage::openRunWanted);
    m_page->focusFirst();
    QTest::keyClick(table(), Qt::Key_Down);
    QTest::keyClick(table(), Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().value<RunId>(), RunId{u"run-1"_s});
    QTest::keyClick(table(), Qt::Key_Enter); // of the number block
    QCOMPARE(opened.size(), 2);
}

void TestStartPage::enterPressesTheFocusedButton()
{
    m_page->setContent(contentOf({runNumber(1, RunStatus::Aborted)}));
    QSignalSpy practice(m_page.get(), &StartPage::practiceWanted);
    QSignalSpy open(m_page.get(), &StartPage::openRunbookWanted);
    QSignalSpy newRun(m_page.get(), &StartPage::newRunWanted);
    QSignalSpy opened(m_page.get(), &StartPage::openRunWanted);
    const auto press = [this](const QString &name) {
        button(name)->setFocus();
        QTest::keyClick(button(name), Qt::Key_Return);
        QTest::keyClick(button(name), Qt::Key_Enter); // of the number block
    };
    press(u"Start practice"_s);
    QCOMPARE(practice.size(), 2);
    press(u"Open a runbook"_s);
    QCOMPARE(open.size(), 2);
    press(u"New run: Add a column"_s);
    QCOMPARE(newRun.size(), 2);
    QVERIFY(opened.isEmpty());
}

void TestStartPage::tabFollowsWhatIsSeen()
{
    for (const qint64 newest : {3, 5}) { // the second time with other cards
        m_page->setContent(contentOf({runNumber(newest, RunStatus::InProgress),
                                      runNumber(newest - 1, RunStatus::InProgress)}));
        const QStringList seen{u"Start practice"_s,
                               u"New run: Add a column"_s,
                               u"New run: <b>Bold</b>"_s,
                               u"Open a runbook"_s,
                               u"Resume: Runbook %1"_s.arg(newest),
                               u"Resume: Runbook %1"_s.arg(newest - 1),
                               u"Runs"_s};
        QTRY_VERIFY(button(seen.at(5)) != nullptr);
        button(seen.first())->setFocus();
        QStringList order;
        for (qsizetype index = 0; index < seen.size(); ++index) {
            order << QApplication::focusWidget()->accessibleName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(order, seen);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), seen.first());
    }
}

void TestStartPage::doubleClickOpensARun()
{
    m_page->setContent(
        contentOf({runNumber(2, RunStatus::Completed), runNumber(1, RunStatus::Aborted)}));
    QSignalSpy opened(m_page.get(), &StartPage::openRunWanted);
    const QPoint at = table()->visualRect(table()->model()->index(1, 1)).center();
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(opened.size(), 0);
    QTest::mouseDClick(table()->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().value<RunId>(), RunId{u"run-1"_s});
}

void TestStartPage::selectionSurvivesARefresh()
{
    const QList<RunSummary> runs{runNumber(2, RunStatus::Completed),
                                 runNumber(1, RunStatus::Aborted)};
    m_page->setContent(contentOf(runs));
    table()->selectRow(1);
    m_page->setContent(contentOf(runs));
    QCOMPARE(table()->currentIndex().row(), 1);
    m_page->setContent(contentOf({runs.first()})); // fewer than before
    QCOMPARE(table()->currentIndex().row(), 0);
}

void TestStartPage::focusIsWhereToBegin()
{
    m_page->setContent(contentOf({}));
    m_page->focusFirst();
    QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Start practice"_s);
    m_page->setContent(contentOf({runNumber(1, RunStatus::Aborted)}));
    m_page->focusFirst();
    QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Runs"_s);
}

void TestStartPage::practiceIsNotStartedTwice()
{
    QSignalSpy wanted(m_page.get(), &StartPage::practiceWanted);
    QPushButton *practice = button(u"Start practice"_s);
    QTest::mouseClick(practice, Qt::LeftButton);
    m_page->setPracticeBusy(true);
    QCOMPARE(practice->text(), u"Starting…"_s);
    QTest::mouseClick(practice, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    m_page->setPracticeBusy(false);
    QTest::mouseClick(practice, Qt::LeftButton);
    QCOMPARE(wanted.size(), 2);
}

void TestStartPage::tryingAgainClearsWhatWentWrong()
{
    m_page->setContent(contentOf({}));
    m_page->messages().showError({.kind = Error::Kind::Unavailable,
                                  .message = u"PostgreSQL is not installed."_s,
                                  .detail = {}});
    QVERIFY(shows(u"PostgreSQL is not installed."_s));
    m_page->setContent(contentOf({runNumber(1, RunStatus::Aborted)}));
    QVERIFY(shows(u"PostgreSQL is not installed."_s)); // a refresh of the list solves nothing
    QTest::mouseClick(button(u"Start practice"_s), Qt::LeftButton);
    QVERIFY(!shows(u"PostgreSQL is not installed."_s));
}

void TestStartPage::narrowPageStacksItsHalves()
{
    m_page->setContent(contentOf({runNumber(1, RunStatus::Aborted)}));
    const auto tableX = [this] { return table()->mapTo(m_page.get(), QPoint()).x(); };
    const auto practiceX = [this] {
        return button(u"Start practice"_s)->mapTo(m_page.get(), QPoint()).x();
    };
    QTRY_VERIFY(tableX() > practiceX());
    m_page->resize(m_page->fontMetrics().height() * 40, 860);
    QTRY_VERIFY(tableX() < practiceX());
}

void TestStartPage::tableIsAsTallAsItsRuns()
{
    QList<RunSummary> runs;
    for (qint64 number = 12; number > 0; --number)
        runs.append(runNumber(number, RunStatus::Completed));
    m_page->setContent(contentOf(runs));
    // The page scrolls; a list with a bar of its own inside would hide runs.
    const QRect last = table()->visualRect(table()->model()->index(11, 0));
    QVERIFY(table()->viewport()->rect().contains(last));
}

void TestStartPage::placeOfARunIsRemembered()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"window.ini"_s);
    const RunId run{u"run-1"_s};
    const Settings::Place place{.phase = {u"execution"_s}, .step = {u"execution/migrate"_s}};
    Settings first(file);
    QCOMPARE(first.place(run), Settings::Place());
    first.setPlace(run, place);
    // Another process sees it at once: nothing of it may depend on an orderly end.
    QFile stored(file);
    QVERIFY(stored.open(QIODevice::ReadOnly));
    QVERIFY(stored.readAll().contains("migrate"));
    QCOMPARE(Settings(file).place(run), place);
    first.setPlace({}, place); // no run, no place
    QCOMPARE(first.place({}), Settings::Place());
}

void TestStartPage::themeIsRemembered_data()
{
    QTest::addColumn<int>("choice");
    for (const auto choice : {ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::System})
        QTest::addRow("%d", static_cast<int>(choice)) << static_cast<int>(choice);
}

void TestStartPage::themeIsRemembered()
{
    QFETCH(int, choice);
    QTemporaryDir folder;
    const QString file = folder.filePath(u"window.ini"_s);
    {
        Settings settings(file);
        settings.setTheme(ThemeChoice::Dark);
        settings.setTheme(static_cast<ThemeChoice>(choice));
        settings.setLayout(u"window"_s, "bytes \x01");
    }
    QCOMPARE(static_cast<int>(Settings(file).theme()), choice);
    QCOMPARE(Settings(file).layout(u"window"_s), QByteArray("bytes \x01"));
}

QTEST_MAIN(TestStartPage)
#include "tst_startpage.moc"
