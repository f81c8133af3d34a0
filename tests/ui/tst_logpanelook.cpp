// SPDX-License-Identifier: Apache-2.0
#include "logpanefixture.h"

#include "base/text.h"
#include "theme.h"

#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

/// How the pane looks: titles, outcomes, themes, narrow windows, names.
class LogPaneLookTest : public LogPaneFixture
{
    Q_OBJECT

private Q_SLOTS:
    void aLongTitleGivesWay();
    void titleIsPlainText();
    void eachOutcomeHasShapeAndTone_data();
    void eachOutcomeHasShapeAndTone();
    void paintsInBothThemes_data();
    void paintsInBothThemes();
    void everythingFitsANarrowPane_data();
    void everythingFitsANarrowPane();
    void everythingInteractiveHasNames();
};

void LogPaneLookTest::aLongTitleGivesWay()
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

void LogPaneLookTest::titleIsPlainText()
{
    QVERIFY(writeLog(m_path, "x\n"));
    m_pane->showLog(u"<b>bold</b>"_s, m_path, true, true);
    QCOMPARE(child<QLabel>("logTitle")->textFormat(), Qt::PlainText);
    end(u"<i>exit</i> 0"_s, Tone::Ok);
    QCOMPARE(child<QLabel>("logState")->textFormat(), Qt::PlainText);
}

void LogPaneLookTest::eachOutcomeHasShapeAndTone_data()
{
    QTest::addColumn<Tone>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tone");
    QTest::newRow("ok") << Tone::Ok << u"✓ x"_s << u"ok"_s;
    QTest::newRow("running") << Tone::Running << u"● x"_s << u"running"_s;
    QTest::newRow("warning") << Tone::Warning << u"! x"_s << u"warning"_s;
    QTest::newRow("bad") << Tone::Bad << u"✕ x"_s << u"bad"_s;
}

void LogPaneLookTest::eachOutcomeHasShapeAndTone()
{
    QFETCH(Tone, kind);
    show("x\n", true, false);
    end(u"x"_s, kind);
    const QLabel *const chip = child<QLabel>("logState");
    QTEST(chip->text(), "text");
    QTEST(chip->property("tone").toString(), "tone");
    QCOMPARE(chip->accessibleName(), u"x"_s); // the shape is for the eye
}

void LogPaneLookTest::paintsInBothThemes_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::newRow("light") << ThemeChoice::Light;
    QTest::newRow("dark") << ThemeChoice::Dark;
}

void LogPaneLookTest::paintsInBothThemes()
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

void LogPaneLookTest::everythingFitsANarrowPane_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::addColumn<int>("width");
    QTest::newRow("light") << ThemeChoice::Light << 560;
    QTest::newRow("dark") << ThemeChoice::Dark << 560;
    QTest::newRow("narrow") << ThemeChoice::Light << 380;
}

/// With everything on at once: times, colours, a search, a list of executions, not followed.
void LogPaneLookTest::everythingFitsANarrowPane()
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

void LogPaneLookTest::everythingInteractiveHasNames()
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

QTEST_MAIN(LogPaneLookTest)
#include "tst_logpanelook.moc"
