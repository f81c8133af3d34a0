// SPDX-License-Identifier: Apache-2.0
// What a screen reader may ask of the window. It counts children first and asks for them later,
// when some are gone: no index may end the program.
#include "window/windowharness.h"

#include <QAccessible>
#include <QApplication>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

/// A reader that looks at whatever it is told of, as the accessibility bus does.
void lookAt(QAccessibleEvent *event)
{
    static_cast<void>(event->accessibleInterface());
}

/// The number of nodes below and with this one; each is asked for children that it does not have.
/// Tables answer with a cell that is nowhere, most others with nothing: both are fine.
int walk(QAccessibleInterface *node, int depth = 0)
{
    if (node == nullptr || depth > 60)
        return 0;
    const int count = node->childCount();
    for (const int beyond : {0, 1, 100})
        static_cast<void>(node->child(count + beyond));
    int nodes = 1;
    for (int i = 0; i < count; ++i)
        nodes += walk(node->child(i), depth + 1);
    return nodes;
}

int walkAll()
{
    int nodes = 0;
    for (QWidget *window : QApplication::topLevelWidgets())
        nodes += walk(QAccessible::queryAccessibleInterface(window));
    return nodes;
}

} // namespace

class TestAccessibleTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QAccessible::setActive(true);
        QAccessible::installUpdateHandler(lookAt);
    }

    void ofTheStartPage()
    {
        const WindowHarness harness;
        QVERIFY(walkAll() > 50);
    }

    void ofARunWithAllItsPanes()
    {
        WindowHarness harness;
        harness.createRun(QByteArray(kTwoPhases) + "\n## Contacts\n\n- **DBA**: +49 89 123456\n");
        QVERIFY(walkAll() > 100);
        harness.signChecks();
        QVERIFY(walkAll() > 100);
    }

    void ofADialog()
    {
        WindowHarness harness;
        harness.createRun(kTwoPhases);
        harness.signChecks();
        harness.choosePhase(u"Execution"_s);
        QTest::keyClick(&harness.window(), Qt::Key_R); // asks for the approval first
        QTRY_VERIFY(WindowHarness::dialog() != nullptr);
        QVERIFY(walkAll() > 120);
    }
};

QTEST_MAIN(TestAccessibleTree)
#include "tst_accessibletree.moc"
