// SPDX-License-Identifier: Apache-2.0
#include "log/answerfield.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestAnswerField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entersLines()
    {
        AnswerField input;
        QSignalSpy entered(&input, &AnswerField::bytesEntered);
        QTest::keyClicks(&input, u"yes"_s);
        QTest::keyClick(&input, Qt::Key_Return);
        QCOMPARE(entered.takeFirst().first().toByteArray(), "yes\n");
        QTest::keyClick(&input, Qt::Key_Return);
        QCOMPARE(entered.takeFirst().first().toByteArray(), "\n");
        QVERIFY(input.text().isEmpty());
        QTest::keyClick(&input, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(input.text().isEmpty());
    }

    void controlKeysGoThrough()
    {
        AnswerField input;
        QSignalSpy entered(&input, &AnswerField::bytesEntered);
        QTest::keyClicks(&input, u"half"_s);
        QTest::keyClick(&input, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(entered.takeFirst().first().toByteArray(), "\x03");
        QCOMPARE(input.text(), u"half"_s);
        input.selectAll();
        QTest::keyClick(&input, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(entered.isEmpty()); // copied
    }

    void endOfInputHandsTheTextOverFirst()
    {
        AnswerField input;
        QSignalSpy entered(&input, &AnswerField::bytesEntered);
        QTest::keyClicks(&input, u"half"_s);
        QTest::keyClick(&input, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(entered.takeFirst().first().toByteArray(), "half\x04");
        QVERIFY(input.text().isEmpty());
        QTest::keyClick(&input, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(entered.takeFirst().first().toByteArray(), "\x04");
        input.undo();
        QVERIFY(input.text().isEmpty());
    }

    void hidesWhatTheTerminalHides()
    {
        AnswerField input;
        const QString usual = input.placeholderText();
        QTest::keyClicks(&input, u"typed before"_s);
        input.setTerminal(false, true);
        QCOMPARE(input.echoMode(), QLineEdit::Password);
        QVERIFY(input.text().isEmpty());
        QVERIFY(input.placeholderText().contains(u"secret"_s));
        QSignalSpy entered(&input, &AnswerField::bytesEntered);
        QTest::keyClicks(&input, u"hunter2"_s);
        QVERIFY(!input.displayText().contains(u"hunter2"_s));
        QTest::keyClick(&input, Qt::Key_Return);
        QCOMPARE(entered.first().first().toByteArray(), "hunter2\n");
        QTest::keyClicks(&input, u"begun"_s);
        input.setTerminal(true, true);
        QCOMPARE(input.echoMode(), QLineEdit::Normal);
        QVERIFY(input.text().isEmpty());
        QVERIFY(input.placeholderText().contains(u"waits"_s));
        input.undo();
        QVERIFY(input.text().isEmpty());
        input.setTerminal(true, false);
        QCOMPARE(input.placeholderText(), usual);
    }

    void sameStateKeepsWhatIsTyped()
    {
        AnswerField input;
        QTest::keyClicks(&input, u"half"_s);
        input.setTerminal(true, true);
        QCOMPARE(input.text(), u"half"_s);
        input.setTerminal(false, true);
        input.reset();
        QCOMPARE(input.echoMode(), QLineEdit::Normal);
    }
};

QTEST_MAIN(TestAnswerField)
#include "tst_answerfield.moc"
