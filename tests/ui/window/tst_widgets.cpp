// SPDX-License-Identifier: Apache-2.0
#include "icons.h"
#include "run/choicedialog.h"
#include "screenfit.h"
#include "theme.h"
#include "widgets/accessibleroles.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/reasondialog.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QHelpEvent>
#include <QLineEdit>
#include <QScreen>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

Result<void> notEmpty(const QString &text)
{
    if (!text.isEmpty())
        return {};
    return Error{.kind = Error::Kind::Refused, .message = u"Say why."_s, .detail = {}};
}

} // namespace

class TestWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void scrollBarThatIsGoneIsNoAccessibleChild();
    void elidedLabelGivesWayAtItsEnd();
    void keptPartIsNeverLost_data();
    void keptPartIsNeverLost();
    void elidedTextIsInTheTooltipAsPlainText();
    void screenReadersGetTheWholeText();
    void windowIsFittedIntoTheScreen_data();
    void windowIsFittedIntoTheScreen();
    void shownWindowIsNoLargerThanTheScreen();
    void errorsWaitUnderOneAnother();
    void messagesHaveTheIconOfTheirTone_data();
    void messagesHaveTheIconOfTheirTone();
    void newsGivesWay();
    void markupInAMessageStaysText();
    void reasonIsTrimmedAndNeeded();
    void enterConfirmsOnlyWhatIsAllowed();
    void dangerIsMarked();
    void choiceIsCheckedWithItsReason();
    void dialogButtonsHaveNoIcons();
    void everyIconIsDrawn();
    void unknownIconFallsBack();
    void iconTurnsOnlyWhileItIsSeen();
    void cardsAreAList();
    void chipDisappearsWithItsText();
};

void TestWidgets::elidedLabelGivesWayAtItsEnd()
{
    ElidedLabel label(u"a sentence that needs some room"_s);
    label.resize(label.sizeHint());
    QVERIFY(!label.isElided());
    QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 2);
    label.resize(label.sizeHint().width() / 2, label.height());
    QVERIFY(label.isElided());
    QVERIFY(label.shownText().startsWith(u"a sent"_s));
    QVERIFY(label.shownText().endsWith(u'…'));
}

void TestWidgets::keptPartIsNeverLost_data()
{
    QTest::addColumn<int>("share"); // of the width that the whole text needs, in percent
    QTest::addColumn<bool>("wholeName");
    QTest::newRow("all of it") << 101 << true;
    QTest::newRow("the observation gives way") << 70 << true;
    QTest::newRow("then the name") << 30 << false;
}

void TestWidgets::keptPartIsNeverLost()
{
    QFETCH(int, share);
    QFETCH(bool, wholeName);
    ElidedLabel label(
        u"Seed maintainers of old · 02:06 UTC · observed “503, Retry-After 3600, and more”"_s);
    label.setKept(u" · 02:06 UTC"_s);
    label.resize(label.sizeHint().width() * share / 100, 20);
    QVERIFY2(label.shownText().contains(u"02:06 UTC"_s), qPrintable(label.shownText()));
    QCOMPARE(label.shownText().startsWith(u"Seed maintainers of old"_s), wholeName);
    QCOMPARE(label.isElided(), share < 100);
    QVERIFY(label.fontMetrics().horizontalAdvance(label.shownText()) <= label.width());
    // A layout may not squeeze the time away.
    QVERIFY(label.minimumSizeHint().width()
            > label.fontMetrics().horizontalAdvance(u" · 02:06 UTC"_s));
}

void TestWidgets::elidedTextIsInTheTooltipAsPlainText()
{
    ElidedLabel label(u"<b>not bold</b> and rather long"_s);
    label.resize(60, 20);
    label.show();
    QCOMPARE(label.toolTip(), u"&lt;b&gt;not bold&lt;/b&gt; and rather long"_s);
    label.resize(600, 20);
    QCOMPARE(label.toolTip(), QString());
    label.setText(QString(300, u'w')); // without a change of size
    QHelpEvent asked(QEvent::ToolTip, {}, {});
    QApplication::sendEvent(&label, &asked);
    QCOMPARE(label.toolTip(), label.text());
}

void TestWidgets::screenReadersGetTheWholeText()
{
    ElidedLabel label(u"a sentence that needs some room"_s);
    label.resize(40, 20);
    QCOMPARE(QAccessible::queryAccessibleInterface(&label)->text(QAccessible::Name), label.text());
}

void TestWidgets::windowIsFittedIntoTheScreen_data()
{
    QTest::addColumn<QRect>("wanted");
    QTest::addColumn<QRect>("fitted");
    QTest::newRow("fits") << QRect(10, 40, 800, 600) << QRect(10, 40, 800, 600);
    QTest::newRow("as large as the screen") << QRect(0, 0, 1440, 900) << QRect(4, 30, 1432, 860);
    QTest::newRow("beyond the right edge") << QRect(1400, 40, 800, 600) << QRect(636, 40, 800, 600);
    QTest::newRow("of a screen that is gone")
        << QRect(-3000, -500, 800, 600) << QRect(4, 30, 800, 600);
    QTest::newRow("below the lower edge") << QRect(10, 880, 800, 600) << QRect(10, 290, 800, 600);
}

void TestWidgets::windowIsFittedIntoTheScreen()
{
    QFETCH(QRect, wanted);
    QFETCH(QRect, fitted);
    QCOMPARE(fittedInto(wanted, QRect(4, 30, 1432, 860)), fitted);
}

void TestWidgets::shownWindowIsNoLargerThanTheScreen()
{
    QWidget window;
    window.resize(5000, 4000);
    fitToScreen(window);
    const QRect screen = window.screen()->availableGeometry();
    QVERIFY(window.width() < screen.width());
    QVERIFY(window.height() < screen.height() - window.fontMetrics().height()); // the title bar
}

void TestWidgets::errorsWaitUnderOneAnother()
{
    MessageBar bar;
    bar.showError({.kind = Error::Kind::Unwritable, .message = u"One."_s, .detail = u"a"_s});
    bar.showError({.kind = Error::Kind::Corrupt, .message = u"Two."_s, .detail = {}});
    bar.showError({.kind = Error::Kind::Unwritable, .message = u"One."_s, .detail = u"a"_s});
    QCOMPARE(bar.text(), u"One."_s); // said again, so shown again, but kept once
    bar.dismiss();
    QCOMPARE(bar.text(), u"Two."_s);
    bar.dismiss();
    QVERIFY(bar.isHidden());
    bar.dismiss(); // nothing left
    QVERIFY(bar.isHidden());
}

void TestWidgets::messagesHaveTheIconOfTheirTone_data()
{
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QString>("icon");
    QTest::newRow("done") << Tone::Ok << u"signed"_s;
    QTest::newRow("news") << Tone::Running << u"overview"_s;
    QTest::newRow("neutral") << Tone::Neutral << u"overview"_s;
    QTest::newRow("refused") << Tone::Warning << u"warning"_s;
    QTest::newRow("failed") << Tone::Bad << u"warning"_s;
}

void TestWidgets::messagesHaveTheIconOfTheirTone()
{
    QFETCH(Tone, tone);
    MessageBar bar;
    bar.showMessage(tone, u"Saved to here."_s);
    QTEST(bar.findChild<IconLabel *>()->iconName(), "icon");
}

void TestWidgets::newsGivesWay()
{
    MessageBar bar;
    bar.showMessage(Tone::Running, u"The report was written."_s);
    bar.showError({.kind = Error::Kind::Refused, .message = u"Not yet."_s, .detail = {}});
    bar.showError({.kind = Error::Kind::Unwritable, .message = u"Full."_s, .detail = {}});
    bar.showMessage(Tone::Running, u"Written again."_s);
    QCOMPARE(bar.text(), u"Written again."_s);
    bar.dismissPassing();
    QCOMPARE(bar.text(), u"Full."_s);
    bar.clear();
    QVERIFY(bar.isHidden());
    QCOMPARE(bar.text(), QString());
}

void TestWidgets::markupInAMessageStaysText()
{
    MessageBar bar;
    bar.showError(
        {.kind = Error::Kind::Invalid, .message = u"<img src=x>"_s, .detail = u"<b>line</b>"_s});
    for (const QLabel *label : bar.findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestWidgets::reasonIsTrimmedAndNeeded()
{
    QWidget parent;
    auto *dialog = new ReasonDialog(
        {.title = u"T"_s, .text = {}, .field = u"Reason"_s, .verb = u"Do"_s}, notEmpty, &parent);
    QSignalSpy confirmed(dialog, &ReasonDialog::confirmed);
    auto *field = dialog->findChild<QLineEdit *>(u"reason"_s);
    auto *confirm = dialog->findChild<QPushButton *>(u"confirm"_s);
    QCOMPARE(field->accessibleName(), u"Reason"_s);
    QVERIFY(!confirm->isEnabled());
    field->setText(u"  "_s);
    QVERIFY(!confirm->isEnabled());
    field->setText(u"  because "_s);
    QVERIFY(confirm->isEnabled());
    confirm->click();
    QCOMPARE(confirmed.size(), 1);
    QCOMPARE(confirmed.first().first().toString(), u"because"_s);
}

void TestWidgets::enterConfirmsOnlyWhatIsAllowed()
{
    QWidget parent;
    QPointer<ReasonDialog> dialog = new ReasonDialog(
        {.title = u"T"_s, .text = {}, .field = u"Reason"_s, .verb = u"Do"_s}, notEmpty, &parent);
    QSignalSpy confirmed(dialog, &ReasonDialog::confirmed);
    dialog->show();
    auto *field = dialog->findChild<QLineEdit *>(u"reason"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(confirmed.size(), 0);
    QVERIFY(dialog && dialog->isVisible()); // Enter on nothing must not cancel either
    QTest::keyClicks(field, u"x"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(confirmed.size(), 1);
}

void TestWidgets::dangerIsMarked()
{
    QWidget parent;
    for (const bool danger : {true, false}) {
        auto *dialog = new ReasonDialog(
            {.title = {}, .text = {}, .field = {}, .verb = u"Do"_s, .danger = danger}, notEmpty,
            &parent);
        auto *confirm = dialog->findChild<QPushButton *>(u"confirm"_s);
        QCOMPARE(confirm->property("danger").toBool(), danger);
        QCOMPARE(confirm->property("primary").toBool(), !danger);
    }
}

void TestWidgets::choiceIsCheckedWithItsReason()
{
    QWidget parent;
    const auto check = [](const QString &value, const QString &reason) -> Result<void> {
        return value == u"b"_s ? notEmpty(reason) : notEmpty({});
    };
    auto *dialog = new ChoiceDialog(
        {.title = {}, .text = {}, .field = u"Reason"_s, .verb = u"Do"_s}, u"Scenario"_s,
        {{u"First"_s, u"a"_s}, {u"Second"_s, u"b"_s}}, check, &parent);
    QSignalSpy chosen(dialog, &ChoiceDialog::chosen);
    auto *box = dialog->findChild<QComboBox *>();
    auto *confirm = dialog->findChild<QPushButton *>(u"confirm"_s);
    QCOMPARE(box->accessibleName(), u"Scenario"_s);
    dialog->findChild<QLineEdit *>(u"reason"_s)->setText(u"why"_s);
    QVERIFY(!confirm->isEnabled());
    box->setCurrentIndex(1); // asks again
    QVERIFY(confirm->isEnabled());
    confirm->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first(), (QList<QVariant>{u"b"_s, u"why"_s}));
}

void TestWidgets::dialogButtonsHaveNoIcons()
{
    const QDialogButtonBox buttons(QDialogButtonBox::Cancel | QDialogButtonBox::Save
                                   | QDialogButtonBox::Open);
    for (const QAbstractButton *button : buttons.buttons())
        QVERIFY2(button->icon().isNull(), qPrintable(button->text()));
}

void TestWidgets::everyIconIsDrawn()
{
    const QStringList names = QDir(u":/icons"_s).entryList({u"*.svg"_s});
    QVERIFY(names.size() >= 25);
    for (const QString &name : names) {
        const QImage image = iconPixmap(name.chopped(4), Qt::red, Qt::white, 24, 1).toImage();
        bool any = false;
        for (int y = 0; y < image.height() && !any; ++y) {
            for (int x = 0; x < image.width() && !any; ++x)
                any = image.pixelColor(x, y).alpha() > 0;
        }
        QVERIFY2(any, qPrintable(name));
    }
}

void TestWidgets::unknownIconFallsBack()
{
    QCOMPARE(iconPixmap(u"no such icon"_s, Qt::red, Qt::white, 24, 1).toImage(),
             iconPixmap(u"reference"_s, Qt::red, Qt::white, 24, 1).toImage());
    QCOMPARE(iconPixmap(u"signed"_s, Qt::red, Qt::white, 24, 2).size(), QSize(48, 48));
}

void TestWidgets::iconTurnsOnlyWhileItIsSeen()
{
    IconLabel icon;
    icon.setIcon(u"running"_s, Tone::Running);
    icon.setTurning(true);
    icon.show();
    QVERIFY(QTest::qWaitForWindowExposed(&icon));
    const QImage first = icon.grab().toImage();
    QTRY_VERIFY(icon.grab().toImage() != first);
    icon.setTurning(false);
    const QImage still = icon.grab().toImage();
    icon.repaint();
    QCOMPARE(icon.grab().toImage(), still);
}

void TestWidgets::cardsAreAList()
{
    installAccessibleRoles();
    ListPanel panel(u"Steps"_s);
    Card card(u"First check"_s, &panel);
    const auto roleOf = [](QWidget &widget) {
        return QAccessible::queryAccessibleInterface(&widget)->role();
    };
    QCOMPARE(roleOf(panel), QAccessible::List);
    QCOMPARE(roleOf(card), QAccessible::ListItem);
    QCOMPARE(QAccessible::queryAccessibleInterface(&card)->text(QAccessible::Name),
             u"First check"_s);
    QSignalSpy pressed(&card, &Card::pressed);
    QTest::mouseClick(&card, Qt::LeftButton);
    QCOMPARE(pressed.size(), 1);
}

void TestWidgets::chipDisappearsWithItsText()
{
    QWidget parent;
    QLabel *chip = chipLabel(u"exit 0"_s, Tone::Ok, &parent);
    QVERIFY(!chip->isHidden());
    QCOMPARE(chip->property("tone").toString(), u"ok"_s);
    setChip(chip, {}, Tone::Bad);
    QVERIFY(chip->isHidden());
    setChip(chip, u"exit 1"_s, Tone::Bad);
    QVERIFY(!chip->isHidden());
    QCOMPARE(chip->property("tone").toString(), u"bad"_s);
}

void TestWidgets::scrollBarThatIsGoneIsNoAccessibleChild()
{
    installAccessibleRoles();
    QScrollArea area;
    QAccessibleInterface *read = QAccessible::queryAccessibleInterface(&area);
    const int counted = read->childCount();
    QVERIFY(counted > 0);
    QVERIFY(read->child(0) != nullptr);
    QCOMPARE(read->child(counted + 1), nullptr); // Qt's own interface reads past its list here
    QCOMPARE(read->child(-1), nullptr);
}

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
