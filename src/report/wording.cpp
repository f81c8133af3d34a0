// SPDX-License-Identifier: Apache-2.0
#include "report/wording.h"

#include "base/text.h"
#include "run/stopladder.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace runsheet
{

QString describe(SignOffOutcome outcome)
{
    return toWord(outcome).replace(u'-', u' ');
}

QString meaningOf(SignOffOutcome outcome, bool unattended)
{
    if (unattended)
        return u"recorded by the program; no person made this statement"_s;
    switch (outcome) {
    case SignOffOutcome::Done:
        return u"states that it was done as written"_s;
    case SignOffOutcome::DoneWithDeviation:
        return u"states that it was done, but not as written"_s;
    case SignOffOutcome::Skipped:
        return u"takes the decision to skip it"_s;
    case SignOffOutcome::NotApplicable:
        return u"states that it does not apply here"_s;
    case SignOffOutcome::Failed:
        return u"states that it failed"_s;
    }
    return {};
}

QString describe(ExecutionOutcome outcome)
{
    switch (outcome) {
    case ExecutionOutcome::Succeeded:
        return u"succeeded"_s;
    case ExecutionOutcome::Failed:
        return u"failed"_s;
    case ExecutionOutcome::Signalled:
        return u"stopped by a signal"_s;
    case ExecutionOutcome::Cancelled:
        return u"cancelled, confirmed by the server"_s;
    case ExecutionOutcome::CouldNotStart:
        return u"could not start"_s;
    case ExecutionOutcome::TimedOut:
        return u"timed out, still running"_s;
    case ExecutionOutcome::Unknown:
        return u"unknown"_s;
    }
    return {};
}

QString describe(const CommandEnded &end)
{
    switch (end.outcome) {
    case ExecutionOutcome::Succeeded:
    case ExecutionOutcome::Failed:
        return end.background ? u"exit %1, background process remains"_s.arg(end.exitCode)
                              : u"exit %1"_s.arg(end.exitCode);
    case ExecutionOutcome::Signalled:
        return u"ended by signal %1 (%2)"_s.arg(end.signal).arg(signalName(end.signal));
    default:
        return describe(end.outcome);
    }
}

QString describeOutcome(const Execution &execution)
{
    if (!execution.end)
        return execution.phase == Execution::Phase::Intended ? u"intended, not seen to start"_s
            : execution.overranAt.isValid()                  ? describe(ExecutionOutcome::TimedOut)
                                                             : u"running"_s;
    QString text = describe(*execution.end);
    if (execution.outcome() == ExecutionOutcome::Cancelled && !execution.resolution)
        text += u"; "_s + describe(ExecutionOutcome::Cancelled);
    if (execution.resolution)
        text += u"; settled by a person as "_s + describe(execution.resolution->outcome);
    return text;
}

QString describe(StopRung rung)
{
    switch (rung) {
    case StopRung::Interrupt:
        return u"interrupt (SIGINT)"_s;
    case StopRung::CancelBackend:
        return u"pg_cancel_backend"_s;
    case StopRung::Terminate:
        return u"terminate (SIGTERM)"_s;
    case StopRung::TerminateBackend:
        return u"pg_terminate_backend"_s;
    case StopRung::Kill:
        return u"kill (SIGKILL)"_s;
    }
    return {};
}

QString describe(ServerVerdict verdict)
{
    switch (verdict) {
    case ServerVerdict::None:
        return u"nothing of it on the server"_s;
    case ServerVerdict::Running:
        return u"still on the server"_s;
    case ServerVerdict::RolledBack:
        return u"rolled back"_s;
    case ServerVerdict::LastRolledBack:
        return u"last statement rolled back"_s;
    case ServerVerdict::Committed:
        return u"committed"_s;
    case ServerVerdict::NotDone:
        return u"not done"_s;
    case ServerVerdict::InvalidIndex:
        return u"invalid index left behind"_s;
    case ServerVerdict::PreparedLeft:
        return u"prepared transaction left"_s;
    case ServerVerdict::Unknown:
        return u"unknown"_s;
    }
    return {};
}

QString earlySignOff(qint64 waitedSeconds, qint64 askedSeconds)
{
    // Whole minutes are told as such: nobody times a sign-off to the second.
    const qint64 told = waitedSeconds < 60 ? waitedSeconds : waitedSeconds / 60 * 60;
    return u"signed after %1 of %2"_s.arg(formatSpan(std::chrono::seconds(told)),
                                          formatSpan(std::chrono::seconds(askedSeconds)));
}

QString describe(RunStatus status)
{
    switch (status) {
    case RunStatus::NotCreated:
        return u"not created"_s;
    case RunStatus::InProgress:
        return u"in progress"_s;
    case RunStatus::Completed:
        return u"completed"_s;
    case RunStatus::RolledBack:
        return u"rolled back"_s;
    case RunStatus::Aborted:
        return u"aborted"_s;
    }
    return {};
}

QString accountOf(const Person &person)
{
    return person.host.isEmpty() ? person.account : person.account + u" on "_s + person.host;
}

QString actorName(const Person &person, bool unattended)
{
    return unattended ? u"no person (unattended)"_s : person.name;
}

QString longDate(const QDateTime &time)
{
    return QLocale::c().toString(time.toUTC().date(), u"d MMMM yyyy"_s);
}

QString shortTime(const QDateTime &time, const QDateTime &reference)
{
    if (!time.isValid())
        return {};
    const QDateTime utc = time.toUTC();
    QString clock = utc.time().toString(u"HH:mm:ss"_s);
    if (utc.date() == reference.toUTC().date())
        return clock;
    return QLocale::c().toString(utc.date(), u"d MMM "_s) + clock;
}

QString visible(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const char32_t c : text.toUcs4()) { // tags and other things beyond 16 bits hide too
        const bool layout = c == U'\n' || c == U'\t';
        const QChar::Category category = QChar::category(c);
        const bool hides = category == QChar::Other_Control || category == QChar::Other_Format
            || category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
        if (hides && !layout)
            out += u"⟨U+%1⟩"_s.arg(QString::number(c, 16).toUpper(), 4, u'0');
        else
            out += QChar::fromUcs4(c);
    }
    return out;
}

} // namespace runsheet
