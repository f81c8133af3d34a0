// SPDX-License-Identifier: Apache-2.0
#include "environment/serveridentity.h"
#include "start/newrundialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const RunbookCard kCard{
    .title = u"Add a column"_s, .subtitle = {}, .items = 3, .file = u"/runbooks/column.md"_s};
const QDateTime kNow(QDate(2026, 11, 20), QTime(1, 52, 30), Qt::UTC);

QList<Environment> twoEnvironments()
{
    Environment staging;
    staging.name = u"staging"_s;
    staging.colour = u"amber"_s;
    staging.connection.service = u"shop-staging"_s;
    staging.variables = {{u"REGION"_s, u"eu"_s}};
    Environment production;
    production.name = u"production"_s;
    production.production = true;
    production.connection.host = u"db1.example"_s;
    production.connection.port = 5433;
    production.connection.database = u"shop"_s;
    production.connection.user = u"release"_s;
    production.expectedSystemIdentifier = u"7312447109821100000"_s;
    return {staging, production};
}

} // namespace

class TestNewRunDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proposesTheNextQuarterAndARehearsal();
    void knownEnvironmentIsTakenWhole();
    void knownEnvironmentIsShownButNotEdited();
    void typedServerNeedsAName();
    void typedServerIsTrimmed();
    void windowMustEndAfterItStarts_data();
    void windowMustEndAfterItStarts();
    void createHandsOverTheRequestOnce();
    void cancelHandsOverNothing();
    void everyFieldHasItsName();
    void liveIsChosenByHand();
    void nameOfAKnownEnvironmentIsNotTakenTwice();
    void testAsksForWhatIsTyped();
    void testTellsWhatCameOfIt();
    void anAnswerAboutAnotherServerIsForgotten();
    void onlyATypedEnvironmentIsKept();
    void findingsAreListedWorstFirst();
    void notesAloneAreNotShown();
    void runbookWithErrorsBeginsNoRun();
    void damagedCharactersMayBeRepaired();

private:
    template <typename Field>
    [[nodiscard]] Field *field(const QString &name) const
    {
        for (Field *one : m_dialog->findChildren<Field *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        qFatal("no field %s", qPrintable(name));
    }
    void open(const QList<Environment> &environments, const QList<Diagnostic> &findings = {});
    [[nodiscard]] bool says(const QString &text) const;

    std::unique_ptr<QWidget> m_parent;
    QPointer<NewRunDialog> m_dialog;
};

void TestNewRunDialog::open(const QList<Environment> &environments,
                            const QList<Diagnostic> &findings)
{
    m_parent = std::make_unique<QWidget>();
    RunbookCard card = kCard;
    card.findings = findings;
    m_dialog = new NewRunDialog(card, environments, kNow, m_parent.get());
    m_dialog->show();
}

bool TestNewRunDialog::says(const QString &text) const
{
    const auto labels = m_dialog->findChildren<QLabel *>();
    return std::ranges::any_of(labels,
                               [&](const QLabel *label) { return label->text().contains(text); });
}

void TestNewRunDialog::proposesTheNextQuarterAndARehearsal()
{
    open(twoEnvironments());
    const RunRequest request = m_dialog->request();
    QCOMPARE(request.runbookFile, kCard.file);
    QVERIFY(request.runbookSource.isEmpty());
    QCOMPARE(request.mode, RunMode::Rehearsal);
    QCOMPARE(request.windowStart, QDateTime(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC));
    QCOMPARE(request.windowEnd, QDateTime(QDate(2026, 11, 20), QTime(4, 0), Qt::UTC));
    QVERIFY(says(u"Add a column"_s));
    QVERIFY(says(u"password is never kept"_s));
}

void TestNewRunDialog::knownEnvironmentIsTakenWhole()
{
    open(twoEnvironments());
    QCOMPARE(m_dialog->request().environment, twoEnvironments().first());
    field<QComboBox>(u"Environment"_s)->setCurrentIndex(1);
    // Also what the dialog does not show: variables, probes, the expected system.
    QCOMPARE(m_dialog->request().environment, twoEnvironments().last());
}

void TestNewRunDialog::knownEnvironmentIsShownButNotEdited()
{
    open(twoEnvironments());
    field<QComboBox>(u"Environment"_s)->setCurrentIndex(1);
    QCOMPARE(field<QLineEdit>(u"Host"_s)->text(), u"db1.example"_s);
    QCOMPARE(field<QSpinBox>(u"Port"_s)->value(), 5433);
    QCOMPARE(field<QLineEdit>(u"User"_s)->text(), u"release"_s);
    QVERIFY(field<QCheckBox>(u"This is production"_s)->isChecked());
    for (const auto &name : {u"Name"_s, u"Service"_s, u"Host"_s, u"Database"_s, u"User"_s})
        QVERIFY2(!field<QLineEdit>(name)->isEnabled(), qPrintable(name));
    QVERIFY(!field<QCheckBox>(u"This is production"_s)->isEnabled());
    field<QComboBox>(u"Environment"_s)->setCurrentIndex(2); // another server: empty, to be typed
    QVERIFY(field<QLineEdit>(u"Host"_s)->isEnabled());
    QCOMPARE(field<QLineEdit>(u"Host"_s)->text(), QString());
    QVERIFY(!field<QCheckBox>(u"This is production"_s)->isChecked());
}

void TestNewRunDialog::typedServerNeedsAName()
{
    open({});
    auto *create = field<QPushButton>(u"Create run"_s);
    QVERIFY(!create->isEnabled());
    QVERIFY(says(u"Give the environment a name"_s));
    field<QLineEdit>(u"Name"_s)->setText(u"   "_s);
    QVERIFY(!create->isEnabled());
    field<QLineEdit>(u"Name"_s)->setText(u"my laptop"_s);
    QVERIFY(create->isEnabled());
    QVERIFY(!says(u"Give the environment a name"_s));
}

void TestNewRunDialog::typedServerIsTrimmed()
{
    open(twoEnvironments());
    field<QComboBox>(u"Environment"_s)->setCurrentIndex(2);
    field<QLineEdit>(u"Name"_s)->setText(u" my laptop "_s);
    field<QLineEdit>(u"Service"_s)->setText(u" shop "_s);
    field<QLineEdit>(u"Host"_s)->setText(u" localhost"_s);
    field<QSpinBox>(u"Port"_s)->setValue(5499);
    field<QLineEdit>(u"Database"_s)->setText(u"shop "_s);
    field<QLineEdit>(u"User"_s)->setText(u"me"_s);
    field<QCheckBox>(u"This is production"_s)->setChecked(true);
    field<QLineEdit>(u"Change"_s)->setText(u" CHG-1 "_s);
    Environment expected;
    expected.name = u"my laptop"_s;
    expected.production = true;
    expected.connection.service = u"shop"_s;
    expected.connection.host = u"localhost"_s;
    expected.connection.port = 5499;
    expected.connection.database = u"shop"_s;
    expected.connection.user = u"me"_s;
    QCOMPARE(m_dialog->request().environment, expected);
    QCOMPARE(m_dialog->request().change, u"CHG-1"_s);
}

void TestNewRunDialog::windowMustEndAfterItStarts_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("ends before it starts") << -60 << false;
    QTest::newRow("ends when it starts") << 0 << false;
    QTest::newRow("a minute") << 60 << true;
}

void TestNewRunDialog::windowMustEndAfterItStarts()
{
    QFETCH(int, seconds);
    QFETCH(bool, allowed);
    open(twoEnvironments());
    auto *start = field<QDateTimeEdit>(u"Window starts (UTC)"_s);
    field<QDateTimeEdit>(u"Window ends (UTC)"_s)->setDateTime(start->dateTime().addSecs(seconds));
    QCOMPARE(field<QPushButton>(u"Create run"_s)->isEnabled(), allowed);
    QCOMPARE(says(u"ends before it starts"_s), !allowed);
}

void TestNewRunDialog::createHandsOverTheRequestOnce()
{
    open(twoEnvironments());
    QSignalSpy confirmed(m_dialog, &NewRunDialog::confirmed);
    QTest::mouseClick(field<QPushButton>(u"Create run"_s), Qt::LeftButton);
    QCOMPARE(confirmed.size(), 1);
    QCOMPARE(confirmed.first().first().value<RunRequest>().environment.name, u"staging"_s);
    QTRY_VERIFY(m_dialog.isNull()); // deletes itself
}

void TestNewRunDialog::cancelHandsOverNothing()
{
    open(twoEnvironments());
    QSignalSpy confirmed(m_dialog, &NewRunDialog::confirmed);
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QTRY_VERIFY(m_dialog.isNull());
    QCOMPARE(confirmed.size(), 0);
}

void TestNewRunDialog::everyFieldHasItsName()
{
    open(twoEnvironments());
    for (const QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        const bool interactive = qobject_cast<const QLineEdit *>(widget) != nullptr
            || qobject_cast<const QComboBox *>(widget) != nullptr
            || qobject_cast<const QAbstractSpinBox *>(widget) != nullptr
            || qobject_cast<const QAbstractButton *>(widget) != nullptr;
        if (interactive && widget->isVisible() && widget->focusPolicy() != Qt::NoFocus
            && !widget->objectName().startsWith(u"qt_spinbox"_s)) {
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty()
                         || (button != nullptr && !button->text().isEmpty()),
                     qPrintable(widget->objectName()));
        }
    }
}

void TestNewRunDialog::liveIsChosenByHand()
{
    open(twoEnvironments());
    field<QRadioButton>(u"Live"_s)->setChecked(true);
    QCOMPARE(m_dialog->request().mode, RunMode::Live);
    QVERIFY(!field<QRadioButton>(u"Rehearsal"_s)->isChecked());
}

void TestNewRunDialog::nameOfAKnownEnvironmentIsNotTakenTwice()
{
    open(twoEnvironments());
    field<QComboBox>(u"Environment"_s)->setCurrentIndex(2);
    field<QLineEdit>(u"Name"_s)->setText(u"staging"_s);
    QVERIFY(!field<QPushButton>(u"Create run"_s)->isEnabled());
    QVERIFY(says(u"named “staging” already"_s));
}

void TestNewRunDialog::testAsksForWhatIsTyped()
{
    open({});
    auto *test = field<QPushButton>(u"Test connection"_s);
    QVERIFY(!test->isEnabled()); // nothing to connect to yet
    field<QLineEdit>(u"Host"_s)->setText(u"db1.example"_s);
    field<QComboBox>(u"TLS"_s)->setCurrentText(u"verify-full"_s);
    QSignalSpy wanted(m_dialog, &NewRunDialog::testWanted);
    QTest::mouseClick(test, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    const Connection asked = wanted.first().first().value<Environment>().connection;
    QCOMPARE(asked.host, u"db1.example"_s);
    QCOMPARE(asked.sslMode, u"verify-full"_s);
    QVERIFY(says(u"Connecting"_s));
    QVERIFY(!test->isEnabled()); // one at a time
}

void TestNewRunDialog::testTellsWhatCameOfIt()
{
    open(twoEnvironments());
    auto *test = field<QPushButton>(u"Test connection"_s);
    QTest::mouseClick(test, Qt::LeftButton);
    MonitorStatus refused;
    refused.state = MonitorStatus::State::Refused;
    refused.message = u"The server refused the password."_s;
    m_dialog->showTest(refused);
    QVERIFY(says(refused.message));
    QVERIFY(test->isEnabled());
    MonitorStatus connected;
    connected.state = MonitorStatus::State::Connected;
    connected.identity = ServerIdentity{.database = u"shop"_s,
                                        .user = u"release"_s,
                                        .host = u"db1"_s,
                                        .port = 5432,
                                        .version = u"15.18"_s,
                                        .versionNumber = 150018,
                                        .systemIdentifier = u"1"_s,
                                        .inRecovery = true}
                             .toJson();
    m_dialog->showTest(connected);
    QVERIFY(says(u"database shop as release, PostgreSQL 15.18, a standby"_s));
    QVERIFY(!says(refused.message));
}

void TestNewRunDialog::anAnswerAboutAnotherServerIsForgotten()
{
    open({});
    field<QLineEdit>(u"Host"_s)->setText(u"db1"_s);
    MonitorStatus lost;
    lost.state = MonitorStatus::State::Lost;
    lost.message = u"No server answers there."_s;
    m_dialog->showTest(lost);
    QVERIFY(says(lost.message));
    field<QLineEdit>(u"Host"_s)->setText(u"db2"_s);
    QVERIFY(!says(lost.message));
}

void TestNewRunDialog::onlyATypedEnvironmentIsKept()
{
    open(twoEnvironments());
    auto *keep = field<QCheckBox>(u"Keep this environment for the next time"_s);
    QVERIFY(!keep->isVisible()); // it is known already
    field<QComboBox>(u"Environment"_s)->setCurrentIndex(2);
    QVERIFY(keep->isVisible());
    keep->setChecked(true);
    field<QLineEdit>(u"Name"_s)->setText(u"laptop"_s);
    QSignalSpy kept(m_dialog, &NewRunDialog::environmentKept);
    QSignalSpy confirmed(m_dialog, &NewRunDialog::confirmed);
    QTest::mouseClick(field<QPushButton>(u"Create run"_s), Qt::LeftButton);
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.first().first().value<Environment>().name, u"laptop"_s);
    QCOMPARE(confirmed.size(), 1);
}

void TestNewRunDialog::findingsAreListedWorstFirst()
{
    open(twoEnvironments(),
         {{Diagnostic::Severity::Note, u"n"_s, u"A note."_s, {1, 1}},
          {Diagnostic::Severity::Warning, u"w"_s, u"A <b>warning</b>."_s, {3, 1}},
          {Diagnostic::Severity::Error, u"e"_s, u"An error."_s, {}},
          {Diagnostic::Severity::Warning, u"w"_s, u"Another."_s, {9, 2}}});
    QVERIFY(says(u"1 error, 2 warnings, 1 note"_s));
    auto *list = field<QListWidget>(u"Findings in the runbook"_s);
    QVERIFY(list->isVisible());
    QStringList lines;
    for (int row = 0; row < list->count(); ++row)
        lines << list->item(row)->text();
    QCOMPARE(lines,
             QStringList({u"Whole file: An error."_s, u"Line 3: A <b>warning</b>."_s,
                          u"Line 9: Another."_s, u"Line 1: A note."_s}));
    QVERIFY(list->item(0)->data(Qt::AccessibleTextRole).toString().startsWith(u"error, "_s));
}

void TestNewRunDialog::notesAloneAreNotShown()
{
    open(twoEnvironments(), {{Diagnostic::Severity::Note, u"n"_s, u"A note."_s, {1, 1}}});
    QVERIFY(!field<QListWidget>(u"Findings in the runbook"_s)->isVisible());
    QVERIFY(field<QPushButton>(u"Create run"_s)->isEnabled());
}

void TestNewRunDialog::runbookWithErrorsBeginsNoRun()
{
    open(twoEnvironments(), {{Diagnostic::Severity::Warning, u"w"_s, u"A warning."_s, {3, 1}}});
    QVERIFY(field<QPushButton>(u"Create run"_s)->isEnabled());
    open(twoEnvironments(), {{Diagnostic::Severity::Error, u"e"_s, u"An error."_s, {3, 1}}});
    QVERIFY(!field<QPushButton>(u"Create run"_s)->isEnabled());
    QVERIFY(says(u"Correct the file"_s));
}

void TestNewRunDialog::damagedCharactersMayBeRepaired()
{
    const QString repair = u"Repair the damaged characters for this run; the file stays as it is"_s;
    open(twoEnvironments(), {{Diagnostic::Severity::Warning, u"w"_s, u"A warning."_s, {3, 1}}});
    QVERIFY(!field<QCheckBox>(repair)->isVisible());
    QVERIFY(!m_dialog->request().repaired);
    open(twoEnvironments(), {{Diagnostic::Severity::Warning, u"mojibake"_s, u"âœ“"_s, {3, 1}}});
    QVERIFY(field<QCheckBox>(repair)->isVisible());
    QVERIFY(!m_dialog->request().repaired); // it is a person's decision
    field<QCheckBox>(repair)->click();
    QVERIFY(m_dialog->request().repaired);
}

QTEST_MAIN(TestNewRunDialog)
#include "tst_newrundialog.moc"
