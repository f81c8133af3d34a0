// SPDX-License-Identifier: Apache-2.0
// What headings and titles say by their wording.
#include "runbook/placeholders.h"
#include "runbook/runbook.h"
#include "runbook/steptitle.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestTitles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headingsThatAreSteps_data()
    {
        QTest::addColumn<QString>("heading");
        QTest::addColumn<bool>("step");
        QTest::addColumn<bool>("numbered");
        const auto row = [](const QString &heading, bool step, bool numbered) {
            QTest::newRow(qPrintable(heading)) << heading << step << numbered;
        };
        row(u"Step 1: Migrate"_s, true, false);
        row(u"🚀 STEP 12"_s, true, false);
        row(u"step 3a. Look"_s, true, false);
        row(u"Steps"_s, false, false);
        row(u"Stepping 1"_s, false, false);
        row(u"Step one"_s, false, false);
        row(u"1. Migrate"_s, false, true);
        row(u"3.2) Look"_s, false, true);
        row(u"✓ 4: Look"_s, false, true);
        row(u"2026-11-20 Notes"_s, false, false);
        row(u"1."_s, false, false);
        row(u"10 minutes"_s, false, false);
        row(QString(), false, false);
    }
    void headingsThatAreSteps()
    {
        QFETCH(QString, heading);
        QTEST(isStepHeading(heading), "step");
        QTEST(isNumberedHeading(heading), "numbered");
    }

    void wordsThatAnnounceOutput_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("announces");
        const auto row = [](const QString &text, bool announces) {
            QTest::newRow(qPrintable(text)) << text << announces;
        };
        row(u"Expected output:"_s, true);
        row(u"The expected JSON response"_s, true);
        row(u"Sample results:"_s, true);
        row(u"Output:"_s, true);
        row(u"expect:"_s, true);
        row(u"Output"_s, false);
        row(u"Expected"_s, false);
        row(u"Compare the expected output with the log"_s, false);
        row(u"Expected output: "_s + QString(80, u'x'), false);
    }
    void wordsThatAnnounceOutput()
    {
        QFETCH(QString, text);
        QTEST(isExpectationLabel(text), "announces");
    }

    void titlesAreOneLineWithoutColon_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("title");
        QTest::newRow("colon") << u"Run this:"_s << u"Run this"_s;
        QTest::newRow("two lines") << u" First \nsecond"_s << u"First"_s;
        QTest::newRow("colons only") << u"::"_s << u"Untitled step"_s;
        QTest::newRow("empty") << QString() << u"Untitled step"_s;
        QTest::newRow("inner colon") << u"Step 1: Go"_s << u"Step 1: Go"_s;
    }
    void titlesAreOneLineWithoutColon()
    {
        QFETCH(QString, text);
        QTEST(cleanTitle(text), "title");
    }

    void optionalStepsSaySo_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<bool>("optional");
        QTest::newRow("in brackets") << u"Tell support (Optional)"_s << true;
        QTest::newRow("in front") << u"OPTIONAL: tell support"_s << true;
        QTest::newRow("in the text") << u"Check the optional index"_s << false;
        QTest::newRow("other brackets") << u"Check (twice)"_s << false;
    }
    void optionalStepsSaySo()
    {
        QFETCH(QString, title);
        QTEST(isMarkedOptional(title), "optional");
    }

    void theNumberOfSignersIsRead_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<int>("people");
        QTest::newRow("digits") << u"Code review by 3 engineers"_s << 3;
        QTest::newRow("or more") << u"Reviewed by two or more people"_s << 2;
        QTest::newRow("capital") << u"By 2 approvers"_s << 2;
        QTest::newRow("one") << u"Signed by 1 DBAs"_s << 1;
        QTest::newRow("zero") << u"Signed by 0 people"_s << 1;
        QTest::newRow("standby") << u"standby 2 engineers"_s << 1;
        QTest::newRow("deadline") << u"Done by 5 people-hours"_s << 5;
    }
    void theNumberOfSignersIsRead()
    {
        QFETCH(QString, title);
        QTEST(signOffsAskedFor(title), "people");
    }

    void placeholdersOfEveryKindAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const QString &text, const QStringList &found) {
            QTest::newRow(qPrintable(text)) << text << found;
        };
        row(u"psql -h YOUR_HOST"_s, {u"YOUR_HOST"_s});
        row(u"at end XXX"_s, {u"XXX"_s});
        row(u"X{3} and aXXXb"_s, {});
        row(u"{{ NAME }}"_s, {u"{{ NAME }}"_s});
        row(u"curl 'your-host'"_s, {u"your-host"_s});
        row(u"yours truly, Your-Host"_s, {});
        row(u"YYYY/MM/DD_HH:MM"_s, {u"YYYY/MM/DD_HH:MM"_s});
        row(u"a < b"_s, {});
        row(u"y"_s, {});
        row(u"-- <in a comment of SQL>"_s, {u"<in a comment of SQL>"_s});
    }
    void placeholdersOfEveryKindAreFound()
    {
        QFETCH(QString, text);
        QTEST(findPlaceholders(text, CommandLanguage::Shell), "found");
    }

    void commentsHoldNoPlaceholders()
    {
        QVERIFY(findPlaceholders(u"  -- <name>"_s, CommandLanguage::Sql).isEmpty());
        QCOMPARE(findPlaceholders(u"# <name>"_s, CommandLanguage::Sql), QStringList{u"<name>"_s});
    }

    void aCommandIsNamedByItsLabelOrFirstLine_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("title");
        QTest::newRow("label") << u"Back up"_s << u"pg_dump"_s << u"Back up"_s;
        QTest::newRow("first line") << QString() << u"\n# why\n  pg_dump x\nls"_s << u"pg_dump x"_s;
        QTest::newRow("comments only") << QString() << u"# why\n# so"_s << u"# why"_s;
    }
    void aCommandIsNamedByItsLabelOrFirstLine()
    {
        QFETCH(QString, label);
        QFETCH(QString, text);
        Command command;
        command.label = label;
        command.text = text;
        QTEST(command.title(), "title");
    }

    void aTerminalIsWantedUnlessTheFenceSaysOtherwise()
    {
        Command command;
        QVERIFY(command.wantsTerminal());
        command.attributes = {{u"tty"_s, u"true"_s}};
        QVERIFY(command.wantsTerminal());
        command.attributes = {{u"tty"_s, u"false"_s}};
        QVERIFY(!command.wantsTerminal());
    }
};

QTEST_GUILESS_MAIN(TestTitles)
#include "tst_titles.moc"
