// SPDX-License-Identifier: Apache-2.0
#include "logpanefixture.h"

#include "base/text.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// What the pane says of a log, takes from a person and offers.
class LogPaneTest : public LogPaneFixture
{
    Q_OBJECT

private Q_SLOTS:
    void emptyPaneSaysWhatWillAppear();
    void runningCommandTakesInput();
    void endTakesTheInputAwayAndKeepsTheLog();
    void inputLineIsForTerminalsOnly();
    void countsLinesSizeAndErrors();
    void followButtonTellsAndChangesFollowing();
    void aLogThatIsNotFollowedSaysSo();
    void linesThatWereThereAreNotNew();
    void executionsAreChosenFromAList();
    void timesAreChosenAndTold();
    void aLogIsSaved();
    void missingLogIsExplained();
    void hugeCopyIsExplained();
    void aCutCopyOfALongLineIsExplained();
    void anotherLogStartsAfresh();
    void anEndWithoutALogChangesNothing();
    void anUnreadableLogIsExplained();
};

void LogPaneTest::emptyPaneSaysWhatWillAppear()
{
    auto *const message = child<QLabel>("logMessage");
    QVERIFY(message->isVisible());
    QVERIFY(message->text().contains(u"Press R on a step"_s));
    QVERIFY(!m_pane->view()->isVisible());
    QVERIFY(!child<QLineEdit>("commandInput")->isVisible());
    QVERIFY(!m_pane->findAction()->isEnabled());
    show("x\n", true, true);
    QVERIFY(m_pane->view()->isVisible());
    m_pane->clear();
    QVERIFY(message->isVisible());
    QVERIFY(m_pane->file().isEmpty());
}

void LogPaneTest::runningCommandTakesInput()
{
    show("Continue? [y/N] ", true, true);
    QCOMPARE(child<QLabel>("logTitle")->text(), u"Execute migration"_s);
    QCOMPARE(child<QLabel>("logState")->text(), u"● running"_s);
    QCOMPARE(child<QLabel>("logState")->property("tone").toString(), u"running"_s);
    auto *const input = child<QLineEdit>("commandInput");
    QVERIFY(input->isVisible());
    QSignalSpy entered(m_pane.get(), &LogPane::inputEntered);
    QTest::keyClicks(input, u"yes"_s);
    QTest::keyClick(input, Qt::Key_Return);
    QCOMPARE(entered.count(), 1);
    QCOMPARE(entered.first().first().toByteArray(), "yes\n");
    QVERIFY(input->text().isEmpty());
}

void LogPaneTest::endTakesTheInputAwayAndKeepsTheLog()
{
    show("a\n", true, true);
    child<QLineEdit>("commandInput")->setFocus();
    QVERIFY(appendLog(m_path, "b\n"));
    end(u"exit 1 · 3.2 s"_s, Tone::Bad);
    QVERIFY(!child<QLineEdit>("commandInput")->isVisible());
    QVERIFY(m_pane->view()->hasFocus());
    QCOMPARE(child<QLabel>("logTitle")->text(), u"Execute migration"_s);
    QCOMPARE(child<QLabel>("logState")->text(), u"✕ exit 1 · 3.2 s"_s);
    QCOMPARE(child<QLabel>("logState")->property("tone").toString(), u"bad"_s);
    QTRY_COMPARE(m_pane->view()->log().lineCount(), 2);
}

void LogPaneTest::inputLineIsForTerminalsOnly()
{
    show("a\n", true, false);
    QVERIFY(!child<QLineEdit>("commandInput")->isVisible());
    show("a\n", false, true);
    QVERIFY(!child<QLineEdit>("commandInput")->isVisible());
}

void LogPaneTest::countsLinesSizeAndErrors()
{
    show("ERROR: a\n" + numberedLines(1499), false, false);
    QTRY_COMPARE(child<QLabel>("logCounts")->text(),
                 u"1,500 lines · "_s + formatBytes(m_pane->view()->log().index().size()));
    auto *const errors = child<QPushButton>("nextError");
    QTRY_COMPARE(errors->text(), u"Errors 1"_s);
    QVERIFY(errors->isEnabled());
    errors->click();
    QCOMPARE(m_pane->view()->firstVisibleLine(), 0);
    show("fine\n", false, false);
    QTRY_COMPARE(errors->text(), u"Errors 0"_s);
    QVERIFY(!errors->isEnabled());
}

void LogPaneTest::followButtonTellsAndChangesFollowing()
{
    show(numberedLines(500), true, false);
    auto *const follow = child<QPushButton>("followLog");
    QVERIFY(follow->isChecked());
    QVERIFY(follow->text().startsWith(u"Following"_s));
    QTRY_VERIFY(m_pane->view()->firstVisibleLine() > 0);
    QTest::keyClick(m_pane->view(), Qt::Key_PageUp);
    QVERIFY(!follow->isChecked());
    QVERIFY(follow->text().startsWith(u"Follow "_s));
    follow->click();
    QVERIFY(m_pane->view()->isFollowing());
    QVERIFY(follow->isChecked());
}

void LogPaneTest::aLogThatIsNotFollowedSaysSo()
{
    show(numberedLines(500), true, false);
    auto *const jump = child<QPushButton>("jumpToEnd");
    QVERIFY(!jump->isVisible());
    QTRY_VERIFY(m_pane->view()->firstVisibleLine() > 0);
    QTest::keyClick(m_pane->view(), Qt::Key_Home);
    QTRY_VERIFY(jump->isVisible());
    QCOMPARE(jump->text(), u"Not following · Jump to end ↓"_s);
    QVERIFY(appendLog(m_path, numberedLines(1200, 500)));
    QTRY_COMPARE(jump->text(), u"Not following · 1,200 new lines · Jump to end ↓"_s);
    QVERIFY(m_pane->view()->geometry().contains(jump->geometry()));
    m_pane->resize(300, 300);
    QTRY_VERIFY(m_pane->view()->rect().contains(jump->geometry()));
    jump->click();
    QVERIFY(m_pane->view()->isFollowing());
    QTRY_VERIFY(!jump->isVisible());
    QTest::keyClick(m_pane->view(), Qt::Key_Home);
    QTRY_VERIFY(jump->isVisible());
    end(u"exit 0"_s, Tone::Ok); // nothing more will come
    QTRY_VERIFY(!jump->isVisible());
}

void LogPaneTest::linesThatWereThereAreNotNew()
{
    QVERIFY(writeLog(m_path, numberedLines(3'000'000))); // its end shows before it is counted
    m_pane->showLog(u"Execute migration"_s, m_path, true, false);
    auto *const jump = child<QPushButton>("jumpToEnd");
    QTRY_VERIFY(m_pane->view()->log().lineCount() > 0);
    m_pane->view()->setFollowing(false);
    QTRY_VERIFY(m_pane->view()->log().isWhole());
    QTRY_COMPARE(m_pane->view()->log().lineCount(), 3'000'000);
    QTRY_VERIFY(jump->isVisible());
    QCOMPARE(jump->text(), u"Not following · Jump to end ↓"_s);
}

void LogPaneTest::executionsAreChosenFromAList()
{
    show("x\n", true, false);
    auto *const picker = child<QComboBox>("executionPicker");
    m_pane->setExecutions({{u"b"_s, u"Back up"_s, u"running"_s, Tone::Running}}, u"b"_s);
    QVERIFY(!picker->isVisible()); // nothing to choose
    QVERIFY(child<QLabel>("logTitle")->isVisible());
    const QList<LogEntry> entries{{u"c"_s, u"<b>Apply</b>"_s, u"running"_s, Tone::Running},
                                  {u"b"_s, u"Back up"_s, u"exit 1"_s, Tone::Bad},
                                  {u"a"_s, u"Check"_s, u"exit 0"_s, Tone::Ok}};
    m_pane->setExecutions(entries, u"b"_s);
    QVERIFY(picker->isVisible());
    QVERIFY(!child<QLabel>("logTitle")->isVisible());
    QCOMPARE(picker->currentText(), u"✕ Back up · exit 1"_s);
    QCOMPARE(picker->itemText(0), u"● <b>Apply</b> · running"_s);
    QCOMPARE(picker->itemData(1, Qt::AccessibleTextRole).toString(), u"Back up, exit 1"_s);
    QSignalSpy picked(m_pane.get(), &LogPane::executionPicked);
    m_pane->view()->setFocus();
    QTest::keyClick(m_pane->view(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(picked.last().first().toString(), u"a"_s);
    QTest::keyClick(m_pane->view(), Qt::Key_Down, Qt::AltModifier); // none before the first
    QTest::keyClick(m_pane->view(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(picked.last().first().toString(), u"b"_s);
    QCOMPARE(picked.count(), 2);
    m_pane->setExecutions(entries, u"c"_s);
    QCOMPARE(picker->currentIndex(), 0);
    QCOMPARE(picked.count(), 2); // nobody chose
}

void LogPaneTest::timesAreChosenAndTold()
{
    QVERIFY(writeLog(m_folder->filePath(u"timing"_s), "0 1000\n"));
    QVERIFY(writeLog(m_path, "one\n"));
    const auto started = QDateTime::fromString(u"2026-11-20T02:08:23Z"_s, Qt::ISODate);
    m_pane->showLog(u"Apply"_s, m_path, false, false, started);
    const int columns = m_pane->view()->columnCount();
    QSignalSpy chosen(m_pane.get(), &LogPane::stampsChosen);
    m_pane->findChild<QAction *>(u"stamps-absolute"_s)->trigger();
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<StampKind>(), StampKind::Absolute);
    QCOMPARE(m_pane->view()->stamps(), StampKind::Absolute);
    QTRY_COMPARE(m_pane->view()->columnCount(), columns - 14);
    m_pane->setStamps(StampKind::Off); // by the settings
    QVERIFY(m_pane->findChild<QAction *>(u"stamps-off"_s)->isChecked());
    QTRY_COMPARE(m_pane->view()->columnCount(), columns);
    QCOMPARE(chosen.count(), 1);
}

void LogPaneTest::aLogIsSaved()
{
    show("\x1b[31mred\x1b[0m\r\n", false, false);
    auto *const saver = m_pane->findChild<LogSaver *>();
    QSignalSpy finished(saver, &LogSaver::finished);
    const QString target = m_folder->filePath(u"saved.txt"_s);
    saver->save(LogSaver::Format::Text, {m_path, {}, {}}, target);
    QVERIFY(finished.wait());
    QVERIFY(finished.first().last().toBool());
    QVERIFY(notice().contains(target));
    m_pane->view()->setSearch({}); // whatever else the pane says, this stays
    QVERIFY(notice().contains(target));
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "red\n");
    saver->save(LogSaver::Format::Asciicast, {m_path, {}, {}}, m_folder->filePath(u"no/where"_s));
    QVERIFY(finished.wait());
    QVERIFY(!finished.last().last().toBool());
    QVERIFY(notice().contains(u"no/where"_s));
    m_pane->findChild<QAction *>(u"saveLogCastAction"_s)->trigger();
    auto *const dialog = m_pane->findChild<QFileDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->defaultSuffix(), u"cast"_s);
    dialog->reject();
}

void LogPaneTest::missingLogIsExplained()
{
    m_pane->showLog(u"Old backup"_s, m_path, false, false);
    auto *const message = child<QLabel>("logMessage");
    QTRY_VERIFY(message->isVisible());
    QVERIFY(message->text().contains(m_path));
}

void LogPaneTest::hugeCopyIsExplained()
{
    show(numberedLines(60'000), false, false);
    m_pane->view()->selectAll();
    m_pane->view()->copy();
    QCOMPARE(notice(), u"Copied the first 50,000 lines. The whole log is in %1."_s.arg(m_path));
}

void LogPaneTest::aCutCopyOfALongLineIsExplained()
{
    const QByteArray giant(9'000'000, 'x');
    show(giant + "\n", false, false);
    QTRY_VERIFY(m_pane->view()->log().isWhole());
    m_pane->view()->selectAll();
    m_pane->view()->copy();
    const QString where = u" The whole log is in "_s + m_path + u'.';
    QCOMPARE(notice(), u"Copied the beginning of a long line."_s + where);
    show("one\n" + giant + "\n", false, false);
    QTRY_VERIFY(m_pane->view()->log().isWhole());
    m_pane->view()->selectAll();
    m_pane->view()->copy();
    QCOMPARE(notice(), u"Copied the first line and the beginning of the next."_s + where);
}

void LogPaneTest::anotherLogStartsAfresh()
{
    show(numberedLines(500) + "ERROR: x\n", true, true);
    QTest::keyClick(m_pane->view(), Qt::Key_Home);
    QTest::keyClicks(child<QLineEdit>("commandInput"), u"half an ans"_s);
    const QString second = m_folder->filePath(u"second.log"_s);
    QVERIFY(writeLog(second, "only\n"));
    m_pane->showLog(u"Second"_s, second, true, true);
    QCOMPARE(child<QLabel>("logTitle")->text(), u"Second"_s);
    QVERIFY(child<QLineEdit>("commandInput")->text().isEmpty()); // it was meant for the first
    QVERIFY(m_pane->view()->isFollowing());
    QTRY_COMPARE(m_pane->view()->visibleText(), QStringList{u"only"_s});
    QTRY_COMPARE(child<QPushButton>("nextError")->text(), u"Errors 0"_s);
    QTRY_VERIFY(child<QLabel>("logCounts")->text().startsWith(u"1 line ·"_s));
}

void LogPaneTest::anEndWithoutALogChangesNothing()
{
    end(u"exit 0"_s, Tone::Ok);
    QVERIFY(!child<QLabel>("logState")->isVisible());
    QVERIFY(child<QLabel>("logMessage")->isVisible());
}

void LogPaneTest::anUnreadableLogIsExplained()
{
    m_pane->showLog(u"Folder"_s, m_folder->path(), true, true);
    auto *const message = child<QLabel>("logMessage");
    QTRY_VERIFY(message->isVisible());
    QVERIFY(message->text().contains(u"cannot be read"_s));
    show("back\n", true, true);
    QVERIFY(m_pane->view()->isVisible());
}

QTEST_MAIN(LogPaneTest)
#include "tst_logpane.moc"
