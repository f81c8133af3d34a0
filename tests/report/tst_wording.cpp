// SPDX-License-Identifier: Apache-2.0
#include "report/wording.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class WordingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySignatureStatesSomethingElse()
    {
        QStringList meanings;
        QStringList words;
        for (const SignOffOutcome outcome :
             {SignOffOutcome::Done, SignOffOutcome::DoneWithDeviation, SignOffOutcome::Skipped,
              SignOffOutcome::NotApplicable, SignOffOutcome::Failed}) {
            meanings += meaningOf(outcome, false);
            words += describe(outcome);
            QVERIFY(meaningOf(outcome, true).contains(u"no person"_s));
        }
        QCOMPARE(meanings.removeDuplicates(), 0);
        QVERIFY(!meanings.contains(QString()));
        QCOMPARE(words,
                 (QStringList{u"done"_s, u"done with deviation"_s, u"skipped"_s,
                              u"not applicable"_s, u"failed"_s}));
    }

    void endsOfCommandsAreToldApart_data()
    {
        QTest::addColumn<CommandEnded>("end");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const CommandEnded &end, const QString &text) {
            QTest::newRow(name) << end << text;
        };
        row("good", {.outcome = ExecutionOutcome::Succeeded, .exitCode = 0}, u"exit 0"_s);
        row("bad", {.outcome = ExecutionOutcome::Failed, .exitCode = 127}, u"exit 127"_s);
        row("signal", {.outcome = ExecutionOutcome::Signalled, .signal = 15},
            u"ended by signal 15 (SIGTERM)"_s);
        row("background",
            {.outcome = ExecutionOutcome::Succeeded, .exitCode = 0, .background = true},
            u"exit 0, background process remains"_s);
        row("cancelled", {.outcome = ExecutionOutcome::Cancelled},
            u"cancelled, confirmed by the server"_s);
        row("not started", {.outcome = ExecutionOutcome::CouldNotStart}, u"could not start"_s);
        row("time", {.outcome = ExecutionOutcome::TimedOut}, u"timed out, still running"_s);
        row("unknown", {.outcome = ExecutionOutcome::Unknown}, u"unknown"_s);
    }
    void endsOfCommandsAreToldApart()
    {
        QFETCH(const CommandEnded, end);
        QTEST(describe(end), "text");
        QVERIFY(!describe(end.outcome).isEmpty());
    }

    void anExecutionSaysHowFarItCame()
    {
        Execution execution;
        QCOMPARE(describeOutcome(execution), u"intended, not seen to start"_s);
        execution.phase = Execution::Phase::Running;
        QCOMPARE(describeOutcome(execution), u"running"_s);
        execution.overranAt = QDateTime(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC);
        QCOMPARE(describeOutcome(execution), u"timed out, still running"_s);
        execution.phase = Execution::Phase::Ended;
        execution.end = CommandEnded{.outcome = ExecutionOutcome::Unknown};
        QCOMPARE(describeOutcome(execution), u"unknown"_s);
        execution.resolution = CommandResolved{.outcome = ExecutionOutcome::Succeeded};
        QCOMPARE(describeOutcome(execution), u"unknown; settled by a person as succeeded"_s);
    }

    void confirmedCancelKeepsBothEnds()
    {
        Execution execution;
        execution.end = CommandEnded{.outcome = ExecutionOutcome::Failed, .exitCode = 3};
        execution.server = ServerChecked{.verdict = ServerVerdict::RolledBack};
        QCOMPARE(describeOutcome(execution), u"exit 3"_s); // nobody asked it to stop
        execution.stops = {{.rung = StopRung::Interrupt}};
        QCOMPARE(describeOutcome(execution), u"exit 3; cancelled, confirmed by the server"_s);
    }

    void everyStatusHasItsWords()
    {
        QStringList words;
        for (const RunStatus status :
             {RunStatus::NotCreated, RunStatus::InProgress, RunStatus::Completed,
              RunStatus::RolledBack, RunStatus::Aborted})
            words += describe(status);
        QCOMPARE(words,
                 (QStringList{u"not created"_s, u"in progress"_s, u"completed"_s, u"rolled back"_s,
                              u"aborted"_s}));
    }

    void peopleAreNamedWithTheirAccount()
    {
        QCOMPARE(accountOf({.name = u"Rosa"_s, .account = u"rosa"_s, .host = u"desk"_s}),
                 u"rosa on desk"_s);
        QCOMPARE(accountOf({.name = u"Rosa"_s, .account = u"rosa"_s, .host = {}}), u"rosa"_s);
        QCOMPARE(actorName({.name = u"Rosa"_s}, false), u"Rosa"_s);
        QCOMPARE(actorName({.name = u"Rosa"_s}, true), u"no person (unattended)"_s);
    }

    void timesAreUtcAndShortOnTheSameDay()
    {
        const QDateTime reference(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC);
        QCOMPARE(longDate(reference), u"20 November 2026"_s);
        QCOMPARE(shortTime(reference.addSecs(571), reference), u"02:09:31"_s);
        QCOMPARE(shortTime(reference.addDays(1), reference), u"21 Nov 02:00:00"_s);
        QCOMPARE(shortTime({}, reference), QString());
        const QDateTime local(QDate(2026, 11, 20), QTime(1, 30), Qt::OffsetFromUTC, 7200);
        QCOMPARE(shortTime(local, reference), u"19 Nov 23:30:00"_s);
    }

    void nothingInTextIsHidden_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"select 1;\n\tü ✓ 🚀"_s << u"select 1;\n\tü ✓ 🚀"_s;
        QTest::newRow("right to left") << u"a\u202Eb"_s << u"a⟨U+202E⟩b"_s;
        QTest::newRow("zero width") << u"rm\u200B x"_s << u"rm⟨U+200B⟩ x"_s;
        QTest::newRow("escape") << u"\x1b[2K"_s << u"⟨U+001B⟩[2K"_s;
        QTest::newRow("return") << u"a\rb"_s << u"a⟨U+000D⟩b"_s;
        QTest::newRow("line separator") << u"a\u2028b"_s << u"a⟨U+2028⟩b"_s;
        QTest::newRow("tag") << u"a\U000E0041b"_s << u"a⟨U+E0041⟩b"_s;
        QTest::newRow("empty") << QString() << QString();
    }
    void nothingInTextIsHidden()
    {
        QFETCH(const QString, text);
        QTEST(visible(text), "shown");
    }
};

QTEST_GUILESS_MAIN(WordingTest)
#include "tst_wording.moc"
