// SPDX-License-Identifier: Apache-2.0
#include "models/commandactivity.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kLingers = 10; ///< seconds without output

QString words(const char *text)
{
    return QCoreApplication::translate("runsheet::CommandActivity", text);
}

bool lingers(const OutputFindings &found, const QDateTime &now)
{
    return !found.success.isEmpty() && found.lastOutput.isValid()
        && found.lastOutput.secsTo(now) >= kLingers;
}

} // namespace

CommandActivity activityOf(const OutputFindings &found, const QDateTime &now)
{
    if (found.terminal.stopped)
        return {words("suspended"), Tone::Warning,
                words("It was suspended (SIGSTOP, SIGTSTP) and does nothing until it is "
                      "continued. What it holds on the server stays held.")};
    if (found.terminal.waiting)
        return {words("waits for input"), Tone::Warning,
                words("Answer it in the line below its log.")};
    if (found.diskFull)
        return {words("log disk full"), Tone::Warning,
                words("The disk of its log is full: what it prints now is not kept. The command "
                      "itself goes on. Make room there.")};
    if (lingers(found, now))
        return {words("lingering"), Tone::Warning,
                words("%1 reported success at %2 and has printed nothing since, but has not ended: "
                      "%3")
                    .arg(found.tool.tool, found.lastOutput.toUTC().toString(u"HH:mm:ss 'UTC'"_s),
                         found.success)};
    return {words("running"), Tone::Running, {}};
}

} // namespace runsheet
