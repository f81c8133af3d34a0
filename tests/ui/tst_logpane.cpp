// SPDX-License-Identifier: Apache-2.0
#include "log/logpane.h"

#include "base/text.h"
#include "log/logview.h"
#include "output/logtesting.h"
#include "theme.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

class LogPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void emptyPaneSaysWhatWillAppear();
    void runningCommandTakesInput();
    void endTakesTheInputAwayAndKeepsTheLog();
    void inputLineIsForTerminalsOnly();
    void countsLinesSizeAndErrors();
    void followButtonTellsAndChangesFollowing();
    void aLogThatIsNotFollowedSaysSo();
    void linesThatWereThereAreNotNew();
    void findCountsAndMoves();
    void aBrokenExpressionIsExplained();
    void keysGoFromErrorToError();
    void executionsAreChosenFromAList();
    void timesAreChosenAndTold();
    void aLogIsSaved();
    void escapeClosesFind();
    void missingLogIsExplained();
    void hugeCopyIsExplained();
    void aLongTitleGivesWay();
    void titleIsPlainText();
    void anotherLogStartsAfresh();
    void anOpenSearchGoesOnInTheNextLog();
    void clearingClosesTheSearch();
    void anEndWithoutALogChangesNothing();
    void eachOutcomeHasShapeAndTone_data();
    void eachOutcomeHasShapeAndTone();
    void anUnreadableLogIsExplained();
    void paintsInBothThemes_data();
    void paintsInBothThemes();
    void everythingFitsANarrowPane_data();
    void everythingFitsANarrowPane();
    void everythingInteractiveHasNames();

private:
    template <typename T>
    T *child(const char *name) const
    {
        return m_pane->findChild<T *>(QString::fromLatin1(name));
    }
    void show(const QByteArray &bytes, bool running, bool terminal)
    {
        QVERIFY(writeLog(m_path, bytes));
        m_pane->showLog(u"Execute migration"_s, m_path, running, terminal);
        QTRY_COMPARE(m_pane->view()->log().index().size(), bytes.size());
    }
    [[nodiscard]] QString notice() const { return m_pane->findChild<MessageBar *>()->text(); }
    void end(const QString &words, Tone tone)
    {
        m_pane->setEnded();
        m_pane->setExecutions({{u"shown"_s, u"Execute migration"_s, words, tone, {}}}, u"shown"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LogPane> m_pane;
    QString m_path;
};

void LogPaneTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"output.log"_s);
    m_pane = std::make_unique<LogPane>();
    m_pane->resize(600, 400);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
}

void LogPaneTest::cleanup()
{
    m_pane.reset();
}

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

void LogPaneTest::aBrokenExpressionIsExplained()
{
    show("batch 12\nbatch x\n", false, false);
    m_pane->findAction()->trigger();
    child<QPushButton>("findExpression")->click();
    auto *const field = child<QLineEdit>("findInLog");
    auto *const status = child<QLabel>("findStatus");
    QTest::keyClicks(field, u"batch [0-9"_s);
    QVERIFY2(status->text().startsWith(u"At character 11:"_s), qPrintable(status->text()));
    QCOMPARE(m_pane->view()->matchCount(), 0);
    QTest::keyClicks(field, u"]"_s);
    QTRY_COMPARE(status->text(), u"1 of 1"_s);
}

void LogPaneTest::keysGoFromErrorToError()
{
    show("ERROR: one\n" + numberedLines(200) + "ERROR: two\n" + numberedLines(200), false, false);
    QTRY_COMPARE(m_pane->view()->tail().errors().count(), 2);
    const auto shows = [this](const QString &text) {
        return m_pane->view()->visibleText().contains(text);
    };
    QTRY_VERIFY(shows(u"line 199"_s));
    m_pane->view()->setFocus();
    QTest::keyClick(m_pane->view(), Qt::Key_F8, Qt::ShiftModifier);
    QVERIFY(shows(u"ERROR: two"_s)); // above the end
    QTest::keyClick(m_pane->view(), Qt::Key_F8, Qt::ShiftModifier);
    QVERIFY(shows(u"ERROR: one"_s));
    QTest::keyClick(m_pane->view(), Qt::Key_F8);
    QVERIFY(shows(u"ERROR: two"_s));
    QTest::keyClick(m_pane->view(), Qt::Key_End, Qt::ControlModifier);
    QVERIFY(shows(u"line 199"_s));
    QTest::keyClick(m_pane->view(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(m_pane->view()->firstVisibleLine(), 0);
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

void LogPaneTest::findCountsAndMoves()
{
    show(numberedLines(100), false, false);
    m_pane->view()->setFocus();
    QTest::keyClick(m_pane->view(), Qt::Key_F, Qt::ControlModifier);
    auto *const field = child<QLineEdit>("findInLog");
    auto *const status = child<QLabel>("findStatus");
    QVERIFY(field->isVisible());
    QVERIFY(field->hasFocus());
    QCOMPARE(field->accessibleName(), u"Find in log"_s);
    QTest::keyClicks(field, u"LINE 1"_s);
    QTRY_COMPARE(status->text(), u"1 of 11"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(status->text(), u"2 of 11"_s);
    QTest::keyClick(field, Qt::Key_F3);
    QCOMPARE(status->text(), u"3 of 11"_s);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    child<QPushButton>("findPrevious")->click();
    QCOMPARE(status->text(), u"1 of 11"_s);
    child<QPushButton>("findNext")->click();
    QCOMPARE(status->text(), u"2 of 11"_s);
    child<QPushButton>("findMatchCase")->click();
    QTRY_COMPARE(status->text(), u"Not found"_s);
}

void LogPaneTest::escapeClosesFind()
{
    show(numberedLines(20), false, false);
    m_pane->findAction()->trigger();
    auto *const field = child<QLineEdit>("findInLog");
    QTest::keyClicks(field, u"line"_s);
    QTRY_COMPARE(m_pane->view()->matchCount(), 20);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QVERIFY(m_pane->view()->hasFocus());
    QCOMPARE(m_pane->view()->matchCount(), 0);
    m_pane->findAction()->trigger(); // the text is still there
    QTRY_COMPARE(m_pane->view()->matchCount(), 20);
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
    QVERIFY(notice().contains(m_path));
}

void LogPaneTest::aLongTitleGivesWay()
{
    QVERIFY(writeLog(m_path, "x\n"));
    const int least = m_pane->minimumSizeHint().width();
    const QString title = u"Apply part 2: "_s + QString(300, u'w');
    m_pane->showLog(title, m_path, true, true);
    auto *const label = child<QLabel>("logTitle");
    QCOMPARE(label->text(), title);
    QVERIFY(label->isVisible());
    QVERIFY(m_pane->minimumSizeHint().width() < 400);
    QVERIFY(m_pane->minimumSizeHint().width() >= least);
    m_pane->resize(420, 400);
    QTRY_VERIFY(label->geometry().right() < 420);
    const QLabel *const chip = child<QLabel>("logState");
    QVERIFY(chip->width() >= chip->sizeHint().width()); // the state never gives way
    QVERIFY(!label->geometry().intersects(chip->geometry()));
}

void LogPaneTest::titleIsPlainText()
{
    QVERIFY(writeLog(m_path, "x\n"));
    m_pane->showLog(u"<b>bold</b>"_s, m_path, true, true);
    QCOMPARE(child<QLabel>("logTitle")->textFormat(), Qt::PlainText);
    end(u"<i>exit</i> 0"_s, Tone::Ok);
    QCOMPARE(child<QLabel>("logState")->textFormat(), Qt::PlainText);
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

void LogPaneTest::anOpenSearchGoesOnInTheNextLog()
{
    show("alpha\n", false, false);
    m_pane->findAction()->trigger();
    QTest::keyClicks(child<QLineEdit>("findInLog"), u"beta"_s);
    QTRY_COMPARE(child<QLabel>("findStatus")->text(), u"Not found"_s);
    const QString second = m_folder->filePath(u"second.log"_s);
    QVERIFY(writeLog(second, "beta\nbeta\n"));
    m_pane->showLog(u"Second"_s, second, false, false);
    QTRY_COMPARE(child<QLabel>("findStatus")->text(), u"1 of 2"_s);
}

void LogPaneTest::clearingClosesTheSearch()
{
    show("alpha\n", false, false);
    m_pane->findAction()->trigger();
    QVERIFY(child<QLineEdit>("findInLog")->isVisible());
    m_pane->clear();
    QVERIFY(!child<QLineEdit>("findInLog")->isVisible());
    QVERIFY(!child<QLabel>("logState")->isVisible());
    QVERIFY(!m_pane->view()->log().isOpen());
}

void LogPaneTest::anEndWithoutALogChangesNothing()
{
    end(u"exit 0"_s, Tone::Ok);
    QVERIFY(!child<QLabel>("logState")->isVisible());
    QVERIFY(child<QLabel>("logMessage")->isVisible());
}

void LogPaneTest::eachOutcomeHasShapeAndTone_data()
{
    QTest::addColumn<Tone>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tone");
    QTest::newRow("ok") << Tone::Ok << u"✓ x"_s << u"ok"_s;
    QTest::newRow("running") << Tone::Running << u"● x"_s << u"running"_s;
    QTest::newRow("warning") << Tone::Warning << u"! x"_s << u"warning"_s;
    QTest::newRow("bad") << Tone::Bad << u"✕ x"_s << u"bad"_s;
}

void LogPaneTest::eachOutcomeHasShapeAndTone()
{
    QFETCH(Tone, kind);
    show("x\n", true, false);
    end(u"x"_s, kind);
    const QLabel *const chip = child<QLabel>("logState");
    QTEST(chip->text(), "text");
    QTEST(chip->property("tone").toString(), "tone");
    QCOMPARE(chip->accessibleName(), u"x"_s); // the shape is for the eye
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

void LogPaneTest::paintsInBothThemes_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::newRow("light") << ThemeChoice::Light;
    QTest::newRow("dark") << ThemeChoice::Dark;
}

void LogPaneTest::paintsInBothThemes()
{
    QFETCH(ThemeChoice, choice);
    applyTheme(*qApp, choice);
    const Theme &theme = choice == ThemeChoice::Dark ? darkTheme() : lightTheme();
    show("BEGIN\n\x1b[32mok\x1b[0m  9 rows\nERROR:  division by zero\nCONTEXT:  SQL statement "
         "\"select\n"
         "\t1/0\"\n",
         true, true);
    m_pane->resize(501, 400);
    end(u"exit 1 · 3.2 s"_s, Tone::Bad);
    QTRY_COMPARE(child<QPushButton>("nextError")->text(), u"Errors 1"_s);
    const auto *state = child<QLabel>("logState");
    QTRY_VERIFY(state->width() >= state->sizeHint().width());
    const QImage picture = m_pane->grab().toImage();
    const QString folder = qEnvironmentVariable("RUNSHEET_SHOTS");
    if (!folder.isEmpty())
        picture.save(folder + u"/log-%1.png"_s.arg(QLatin1StringView(QTest::currentDataTag())));
    const QRect chip = child<QLabel>("logState")->geometry();
    QCOMPARE(picture.pixelColor(chip.left() + 4, chip.center().y()), theme.badGround);
    const QRect title = child<QLabel>("logTitle")->geometry();
    QCOMPARE(picture.pixelColor(title.right() - 1, title.center().y()), theme.panel);
    qApp->setStyleSheet({});
}

void LogPaneTest::everythingFitsANarrowPane_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::addColumn<int>("width");
    QTest::newRow("light") << ThemeChoice::Light << 560;
    QTest::newRow("dark") << ThemeChoice::Dark << 560;
    QTest::newRow("narrow") << ThemeChoice::Light << 380;
}

/// With everything on at once: times, colours, a search, a list of executions, not followed.
void LogPaneTest::everythingFitsANarrowPane()
{
    QFETCH(ThemeChoice, choice);
    QFETCH(int, width);
    applyTheme(*qApp, choice);
    QByteArray timing;
    QByteArray bytes;
    for (int line = 0; line < 60; ++line) {
        timing +=
            QByteArray::number(bytes.size()) + ' ' + QByteArray::number(line * 731'000) + '\n';
        bytes += line % 9 == 7
            ? QByteArray("\x1b[33mNOTICE:\x1b[0m  waiting for \x1b[1mtransactions\x1b[0m\n")
            : "batch " + QByteArray::number(line) + " of 60 \x1b[38;5;"
                + QByteArray::number(17 + line * 4)
                + "mcopied\x1b[0m \x1b[38;2;120;200;60m960,000 rows\x1b[0m \x1b]0;title\x07\n";
        if (line % 20 == 15)
            bytes += "ERROR:  deadlock detected\n";
    }
    QVERIFY(writeLog(m_folder->filePath(u"timing"_s), timing));
    QVERIFY(writeLog(m_path, bytes));
    m_pane->setStamps(StampKind::Absolute);
    m_pane->showLog(u"Apply"_s, m_path, true, true,
                    QDateTime::fromString(u"2026-11-20T02:08:23Z"_s, Qt::ISODate));
    m_pane->setExecutions(
        {{u"b"_s, u"Apply part 2 of the migration"_s, u"running"_s, Tone::Running},
         {u"a"_s, u"Back up"_s, u"exit 0"_s, Tone::Ok}},
        u"b"_s);
    m_pane->resize(width, 480);
    QTRY_COMPARE(m_pane->view()->tail().errors().count(), 3);
    m_pane->findAction()->trigger();
    QTest::keyClicks(child<QLineEdit>("findInLog"), u"row"_s);
    QTRY_VERIFY(child<QPushButton>("jumpToEnd")->isVisible());
    QTRY_VERIFY(child<QLabel>("findStatus")->text().contains(u" of "_s));
    QTRY_COMPARE(m_pane->width(), width);
    const QImage picture = m_pane->grab().toImage();
    const QString folder = qEnvironmentVariable("RUNSHEET_SHOTS");
    if (!folder.isEmpty())
        picture.save(folder + u"/logfull-%1.png"_s.arg(QLatin1StringView(QTest::currentDataTag())));
    for (const QPushButton *const button : m_pane->findChildren<QPushButton *>()) {
        if (!button->isVisible())
            continue;
        const QRect place(button->mapTo(m_pane.get(), QPoint()), button->size());
        QVERIFY2(m_pane->rect().contains(place), qPrintable(button->objectName()));
        const int words = button->fontMetrics().horizontalAdvance(button->text());
        QVERIFY2(button->width() >= words, qPrintable(button->objectName()));
    }
    qApp->setStyleSheet({});
}

void LogPaneTest::everythingInteractiveHasNames()
{
    show("x\n", true, true);
    const auto widgets = m_pane->findChildren<QWidget *>();
    for (const QWidget *const widget : widgets) {
        const bool isQtInternal = widget->objectName().startsWith(u"qt_"_s)
            || widget->window() != m_pane.get() // the list of a combo box
            || qobject_cast<const QLineEdit *>(widget->parentWidget());
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || isQtInternal)
            continue;
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
    QCOMPARE(m_pane->view()->accessibleName(), u"Command log"_s);
    QCOMPARE(child<QLineEdit>("commandInput")->accessibleName(), u"Input to command"_s);
    QCOMPARE(m_pane->findAction()->text(), u"Find in log"_s);
}

QTEST_MAIN(LogPaneTest)
#include "tst_logpane.moc"
