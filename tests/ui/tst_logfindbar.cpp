// SPDX-License-Identifier: Apache-2.0
#include "log/findbar.h"

#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class FindBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bar = std::make_unique<FindBar>();
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
        m_field = m_bar->findChild<QLineEdit *>();
        m_bar->activate();
    }
    void cleanup() { m_bar.reset(); }

    void activatingSelectsWhatWasLookedFor()
    {
        QTest::keyClicks(m_field, u"first"_s);
        m_bar->activate();
        QVERIFY(m_field->hasFocus());
        QCOMPARE(m_field->selectedText(), u"first"_s);
        QTest::keyClicks(m_field, u"second"_s);
        QCOMPARE(m_bar->text(), u"second"_s);
    }

    void everyLetterSearches()
    {
        QSignalSpy changed(m_bar.get(), &FindBar::changed);
        QTest::keyClicks(m_field, u"ab"_s);
        QCOMPARE(changed.count(), 2);
        const auto asked = [&changed] { return changed.last().first().value<LogQuery>(); };
        QCOMPARE(asked(), (LogQuery{u"ab"_s, false, false}));
        m_bar->findChild<QPushButton *>(u"findMatchCase"_s)->click();
        QCOMPARE(asked(), (LogQuery{u"ab"_s, true, false}));
        m_bar->findChild<QPushButton *>(u"findExpression"_s)->click();
        QCOMPARE(asked(), (LogQuery{u"ab"_s, true, true}));
        QCOMPARE(m_bar->query(), asked());
        m_field->clear();
        QCOMPARE(asked().text, QString());
    }

    void keysAskForMore_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<QList<int>>("counts"); // next, previous, closed
        const Qt::KeyboardModifiers none;
        const Qt::KeyboardModifiers shift(Qt::ShiftModifier);
        QTest::newRow("Enter") << Qt::Key_Return << none << QList<int>{1, 0, 0};
        QTest::newRow("Enter of the keypad") << Qt::Key_Enter << none << QList<int>{1, 0, 0};
        QTest::newRow("Shift+Enter") << Qt::Key_Return << shift << QList<int>{0, 1, 0};
        QTest::newRow("Escape") << Qt::Key_Escape << none << QList<int>{0, 0, 1};
        QTest::newRow("a letter") << Qt::Key_A << none << QList<int>{0, 0, 0};
    }
    void keysAskForMore()
    {
        QFETCH(Qt::Key, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QSignalSpy next(m_bar.get(), &FindBar::nextRequested);
        QSignalSpy previous(m_bar.get(), &FindBar::previousRequested);
        QSignalSpy closed(m_bar.get(), &FindBar::closed);
        QTest::keyClick(m_field, key, modifiers);
        const QList<int> counts{static_cast<int>(next.count()), static_cast<int>(previous.count()),
                                static_cast<int>(closed.count())};
        QTEST(counts, "counts");
    }

    void buttonsDoWhatTheirNamesSay()
    {
        QSignalSpy next(m_bar.get(), &FindBar::nextRequested);
        QSignalSpy previous(m_bar.get(), &FindBar::previousRequested);
        QSignalSpy closed(m_bar.get(), &FindBar::closed);
        for (auto *button : m_bar->findChildren<QPushButton *>()) {
            QVERIFY(!button->accessibleName().isEmpty());
            QCOMPARE(button->toolTip(), button->accessibleName());
            QVERIFY(button->focusPolicy() & Qt::TabFocus);
            button->click();
        }
        QCOMPARE(next.count(), 1);
        QCOMPARE(previous.count(), 1);
        QCOMPARE(closed.count(), 1);
    }

    void statusIsPlainText()
    {
        m_bar->setStatus(u"<b>3 of 17</b>"_s);
        const auto *status = m_bar->findChild<QLabel *>(u"findStatus"_s);
        QCOMPARE(status->text(), u"<b>3 of 17</b>"_s);
        QCOMPARE(status->textFormat(), Qt::PlainText);
    }

    /// Not the field's either: what is typed would leave its place with every key.
    void noWordChangesAWidth()
    {
        m_bar->findChild<QPushButton *>(u"findExpression"_s)->click();
        m_bar->resize(380, m_bar->sizeHint().height());
        const auto sizes = [this] {
            m_bar->layout()->activate();
            return QList<QSize>{m_bar->sizeHint(), m_bar->minimumSizeHint(), m_field->size()};
        };
        const QList<QSize> before = sizes();
        QVERIFY(m_field->width() >= m_field->fontMetrics().averageCharWidth() * 12);
        m_bar->setMessage(u"At character 5: "_s + QString(300, u'w'));
        QCOMPARE(sizes(), before);
        m_bar->setStatus(u"999,999 of 1,000,000+ lines"_s);
        QCOMPARE(sizes(), before);
        m_bar->setMessage({}); // no flicker between one key and the next
        QCOMPARE(sizes(), before);
    }

    void messagesHaveARowOfTheirOwn()
    {
        auto *const message = m_bar->findChild<QLabel *>(u"findMessage"_s);
        QVERIFY(!message->isVisible());
        m_bar->setMessage(u"At <b>character</b> 5"_s);
        QVERIFY(message->isVisible());
        QCOMPARE(message->text(), u"At <b>character</b> 5"_s);
        QCOMPARE(message->textFormat(), Qt::PlainText);
        QTRY_VERIFY(message->geometry().top() >= m_field->geometry().bottom());
        m_bar->setMessage({});
        QVERIFY(!message->isVisible());
        m_bar->findChild<QPushButton *>(u"findExpression"_s)->click();
        QVERIFY(message->isVisible());
        QVERIFY(message->text().startsWith(u"Regular expression"_s));
    }

private:
    std::unique_ptr<FindBar> m_bar;
    QLineEdit *m_field = nullptr;
};

QTEST_MAIN(FindBarTest)
#include "tst_logfindbar.moc"
