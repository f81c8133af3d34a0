// SPDX-License-Identifier: Apache-2.0
#include "exec/executionreport.h"

#include "redaction/secretforms.h"

#include <QFile>
#include <QRegularExpression>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kNotExecutable = 126;
constexpr int kNotFound = 127;
constexpr int kSignalBase = 128;
constexpr int kLastSignal = 64;
constexpr qint64 kTail = 4096;

QString currentBootId()
{
    QFile file(u"/proc/sys/kernel/random/boot_id"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed())
                                          : QString();
}

QString lastLine(const ExecutionFolder &folder)
{
    const QByteArray tail = folder.outputTail(kTail).trimmed();
    return QString::fromUtf8(tail.mid(tail.lastIndexOf('\n') + 1)).trimmed();
}

/// The shell's own words that a program of the script could not be started, and the line of the
/// script that they are about: "<script>: line 3: sqitch: command not found".
struct ShellComplaint
{
    int line = 0;
    QString words;
};

std::optional<ShellComplaint> shellComplaint(const ExecutionFolder &folder)
{
    static const QRegularExpression kLine(u"^\\S+ (\\d+): (.+)$"_s);
    const QString head = folder.scriptFile() + u": "_s;
    const QString last = lastLine(folder);
    const QRegularExpressionMatch match = kLine.match(last.mid(head.size()));
    if (!last.startsWith(head) || !match.hasMatch())
        return std::nullopt;
    return ShellComplaint{.line = match.captured(1).toInt(), .words = match.captured(2)};
}

/// Of the first line that does something.
int firstCodeLine(const QByteArray &script)
{
    int number = 0;
    for (const QByteArray &line : script.split('\n')) {
        ++number;
        if (const QByteArray code = line.trimmed(); !code.isEmpty() && !code.startsWith('#'))
            return number;
    }
    return 0;
}

/// Nothing ran before it.
bool isAboutTheFirst(const ShellComplaint &complaint, const QByteArray &script)
{
    const int first = firstCodeLine(script);
    const QByteArray line = script.split('\n').value(first - 1);
    static const QRegularExpression kSeveral(u"[;|&`]|\\$\\("_s);
    return complaint.line == first && !kSeveral.match(QString::fromUtf8(line)).hasMatch();
}

/// With the shell's own words, if it said any: without the long path of the script, which tells
/// nothing and is all that would show in a narrow place.
QString inTheShellsWords(const QString &meaning, const ExecutionFolder &folder)
{
    const QString words = lastLine(folder).remove(folder.scriptFile() + u": "_s);
    return words.isEmpty() ? meaning : u"%1 (%2)"_s.arg(meaning, words);
}

/// What the shell means by its reserved exit codes.
QString exitReason(int code, const ExecutionFolder &folder)
{
    if (code == kNotFound)
        return inTheShellsWords(u"command not found: 127"_s, folder);
    if (code == kNotExecutable)
        return inTheShellsWords(u"command not executable: 126"_s, folder);
    if (code > kSignalBase && code <= kSignalBase + kLastSignal)
        return u"The command ended by itself with this code. A shell says so when a program in it "
               "was ended by signal %1."_s.arg(code - kSignalBase);
    return {};
}

QString missingProgram(const QString &program)
{
    if (program == "psql"_L1)
        return u"psql was not found on the PATH. Install the PostgreSQL client "
               "(Debian: postgresql-client)."_s;
    return u"%1 was not found on the PATH. Install it or mend the PATH."_s.arg(program);
}

QString startReason(const ExecutionFolder &folder, const ExecutionStatus &status)
{
    if (status.stage == "cwd"_L1)
        return u"The working directory %1 cannot be entered: %2."_s.arg(folder.startDirectory(),
                                                                        status.errorText);
    if (status.stage == "program"_L1 && status.errorNumber == ENOENT)
        return missingProgram(folder.program());
    if (status.stage == "program"_L1)
        return u"%1 could not be executed: %2."_s.arg(folder.program(), status.errorText);
    return u"The system refused to start a process (%1: %2). Close other programs and try again."_s
        .arg(status.stage, status.errorText);
}

QString background(const ExecutionStatus &status)
{
    return status.backgroundRemains ? u"A process that it started in the background remains."_s
                                    : QString();
}

QString unknownReason(const ExecutionFolder::Sight &sight)
{
    const QString what =
        u"Whether the command succeeded is not known: look at its log and at the target."_s;
    if (sight.damaged)
        return u"The recorded status cannot be read. "_s + what;
    if (sight.status && sight.status->bootId != currentBootId())
        return u"The computer was restarted while the command ran. "_s + what;
    return u"The process that watched the command was ended from outside before it could record a "
           "result. Nothing of the command runs any more. "_s
        + what;
}

void addShellState(ExecutionReport &report, const ExecutionFolder &folder)
{
    const ShellStateChange change = folder.shellStateChange();
    report.changedVariables = change.changed;
    report.removedVariables = change.removed;
    report.end.workingDirectory =
        change.workingDirectory.isEmpty() ? folder.startDirectory() : change.workingDirectory;
}

/// What was typed comes after the start, which has told of the others.
QStringList typedUnmasked(const ExecutionStatus &status)
{
    const auto typed = QString::fromUtf8(redaction::kTypedSecret);
    return status.unmaskable.contains(typed) ? QStringList{typed} : QStringList();
}

ExecutionReport emptyReport(const ExecutionKey &key, ExecutionOutcome outcome,
                            const QString &reason)
{
    ExecutionReport report;
    report.run = key.run;
    report.end.execution = key.execution;
    report.end.outcome = outcome;
    report.end.reason = reason;
    return report;
}

void setOutcome(CommandEnded &end, const ExecutionFolder &folder, const ExecutionStatus &status)
{
    if (status.signal) {
        end.outcome = ExecutionOutcome::Signalled;
        end.signal = *status.signal;
    } else {
        end.exitCode = status.exitCode.value_or(-1);
        end.outcome = end.exitCode == 0 ? ExecutionOutcome::Succeeded : ExecutionOutcome::Failed;
    }
    end.background = status.backgroundRemains;
    QStringList reasons{exitReason(end.exitCode, folder), background(status)};
    reasons.removeAll(QString());
    end.reason = reasons.join(u' ');
    if (end.exitCode != kNotFound && end.exitCode != kNotExecutable)
        return;
    const std::optional<ShellComplaint> complaint = shellComplaint(folder);
    if (!complaint || !isAboutTheFirst(*complaint, folder.script()))
        return;
    end.outcome = ExecutionOutcome::CouldNotStart;
    end.reason =
        u"%1 (exit %2). Nothing of the command ran."_s.arg(complaint->words).arg(end.exitCode);
}

} // namespace

ExecutionReport finalReport(const ExecutionKey &key, const ExecutionFolder &folder,
                            const ExecutionStatus &status, const std::atomic_bool &cancelled)
{
    if (status.state == ExecutionStatus::State::CouldNotStart)
        return couldNotStartReport(key, startReason(folder, status));
    ExecutionReport report = emptyReport(key, ExecutionOutcome::Unknown, {});
    setOutcome(report.end, folder, status);
    report.end.durationMicros = status.durationMicros;
    report.end.outputBytes = status.outputBytes;
    report.end.outputLines = status.outputLines;
    report.end.droppedBytes = status.droppedBytes;
    report.end.unmasked = typedUnmasked(status);
    report.end.outputSha256 = folder.readOutput(status.outputBytes, cancelled).sha256;
    addShellState(report, folder);
    return report;
}

ExecutionReport unknownReport(const ExecutionKey &key, const ExecutionFolder &folder,
                              const ExecutionFolder::Sight &sight,
                              const std::atomic_bool &cancelled)
{
    ExecutionReport report = emptyReport(key, ExecutionOutcome::Unknown, unknownReason(sight));
    const ExecutionFolder::Output output = folder.readOutput(-1, cancelled);
    report.end.outputBytes = output.bytes;
    report.end.outputLines = output.lines;
    report.end.outputSha256 = output.sha256;
    if (sight.status)
        report.end.unmasked = typedUnmasked(*sight.status);
    addShellState(report, folder);
    return report;
}

ExecutionReport couldNotStartReport(const ExecutionKey &key, const QString &reason)
{
    return emptyReport(key, ExecutionOutcome::CouldNotStart, reason);
}

} // namespace runsheet
