// SPDX-License-Identifier: Apache-2.0
// Variables set by hand, in the window.
#include "window/windowharness.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::WindowHarness;

class TestVariablesPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_harness.reset(); }
    void aValueIsSetByHandAndShownWithItsOrigin();
    void aSecretIsMaskedAndSaidToBe();
    void aForgottenSecretIsSaidToBe();
    void namesOfTheShellCannotBeSet();
    void theSelectedOneIsRemoved();
    void anEndedRunTakesNone();

private:
    void set(const QString &name, const QString &value);
    void showTab();
    [[nodiscard]] QTableView *table() const { return m_harness->named<QTableView>(u"Variables"_s); }
    [[nodiscard]] static QLineEdit *field(const QString &name);
    [[nodiscard]] QString cell(int column) const
    {
        return table()->model()->index(0, column).data().toString();
    }

    std::unique_ptr<WindowHarness> m_harness;
};

void TestVariablesPane::init()
{
    m_harness = std::make_unique<WindowHarness>();
    m_harness->createRun(test::kTwoPhases);
    showTab();
}

void TestVariablesPane::showTab()
{
    auto *tabs = m_harness->window().findChild<QTabWidget *>(u"side"_s);
    for (int tab = 0; tab < tabs->count(); ++tab) {
        if (tabs->tabText(tab) == u"Variables")
            tabs->setCurrentIndex(tab);
    }
}

QLineEdit *TestVariablesPane::field(const QString &name)
{
    for (QLineEdit *edit : WindowHarness::dialog()->findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == name)
            return edit;
    }
    return nullptr;
}

void TestVariablesPane::set(const QString &name, const QString &value)
{
    m_harness->press(u"Set variable"_s);
    QTRY_VERIFY(WindowHarness::dialog() != nullptr);
    QTest::keyClicks(field(u"Name"_s), name);
    QTest::keyClicks(field(u"Value"_s), value);
    m_harness->confirm();
    QTRY_VERIFY(m_harness->controller().state().variables.contains(name));
}

void TestVariablesPane::aValueIsSetByHandAndShownWithItsOrigin()
{
    set(u"BATCH"_s, u" 5000 rows"_s);
    QTRY_VERIFY(table() != nullptr);
    QCOMPARE(cell(0), u"BATCH"_s);
    QCOMPARE(cell(1), u" 5000 rows"_s);
    QCOMPARE(cell(2), u"yes"_s);
    QCOMPARE(cell(3), u"set by hand"_s);
}

void TestVariablesPane::aSecretIsMaskedAndSaidToBe()
{
    m_harness->press(u"Set variable"_s);
    QTRY_VERIFY(WindowHarness::dialog() != nullptr);
    QCOMPARE(field(u"Value"_s)->echoMode(), QLineEdit::Normal);
    QTest::keyClicks(field(u"Name"_s), u"API_TOKEN"_s);
    QCOMPARE(field(u"Value"_s)->echoMode(), QLineEdit::Password);
    QVERIFY(std::ranges::any_of(
        WindowHarness::dialog()->findChildren<QLabel *>(),
        [](const QLabel *label) { return label->text().contains(u"written nowhere"_s); }));
    QTest::keyClicks(field(u"Value"_s), u"hunter2-hunter2"_s);
    m_harness->confirm();
    QTRY_VERIFY(table() != nullptr);
    QCOMPARE(cell(1), u"••••••••"_s);
}

void TestVariablesPane::aForgottenSecretIsSaidToBe()
{
    set(u"API_TOKEN"_s, u"hunter2-hunter2"_s);
    m_harness->restart();
    showTab();
    QTRY_VERIFY(table() != nullptr);
    QCOMPARE(cell(1), u"•••••••• not kept"_s);
}

void TestVariablesPane::namesOfTheShellCannotBeSet()
{
    m_harness->press(u"Set variable"_s);
    QTRY_VERIFY(WindowHarness::dialog() != nullptr);
    QVERIFY(!WindowHarness::canConfirm());
    QTest::keyClicks(field(u"Name"_s), u"PWD"_s);
    QVERIFY(!WindowHarness::canConfirm());
    QTest::keyClicks(field(u"Name"_s), u"X"_s); // PWDX
    QVERIFY(WindowHarness::canConfirm());
}

void TestVariablesPane::theSelectedOneIsRemoved()
{
    set(u"BATCH"_s, u"1"_s);
    QTRY_VERIFY(table() != nullptr);
    QVERIFY(!m_harness->button(u"Remove variable"_s)->isEnabled());
    table()->setCurrentIndex(table()->model()->index(0, 0));
    m_harness->press(u"Remove variable"_s);
    QTRY_VERIFY(m_harness->controller().state().variables.isEmpty());
}

void TestVariablesPane::anEndedRunTakesNone()
{
    m_harness->controller().abortRun(u"r"_s);
    QTRY_COMPARE(m_harness->controller().state().status, RunStatus::Aborted);
    QTRY_VERIFY(!m_harness->button(u"Set variable"_s)->isEnabled());
}

QTEST_MAIN(TestVariablesPane)
#include "tst_variablespane.moc"
