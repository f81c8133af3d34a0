// SPDX-License-Identifier: Apache-2.0
#include "runbook/shellsyntax.h"

#include "runbook/limits.h"

#include <QProcess>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Quotes are closed on the line they are opened on; an escaped one counts as none.
bool hasBalancedQuotes(QStringView line)
{
    QChar open;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        if (c == u'\\' && open != u'\'')
            ++i;
        else if (!open.isNull())
            open = c == open ? QChar() : open;
        else if (c == u'\'' || c == u'"' || c == u'`')
            open = c;
    }
    return open.isNull();
}

bool hasBalancedBrackets(QStringView line)
{
    return line.count(u'(') == line.count(u')') && line.count(u'{') == line.count(u'}');
}

bool hasKeyword(const QString &line)
{
    static const QRegularExpression kKeyword(
        u"(^|[;&|(]|\\b(?:do|then|else)\\s)\\s*(if|for|while|until|case|select|function|do|then|"
        u"else|elif"
        "|fi|done|esac|coproc|\\[\\[|\\{|\\}|!)(\\s|;|$)|\\w\\s*\\(\\)"_s);
    return kKeyword.match(line).hasMatch();
}

bool continues(QStringView line)
{
    return line.endsWith(u'|') || line.endsWith(u"&&");
}

bool isPlainLine(const QString &line)
{
    const QString trimmed = line.trimmed();
    if (trimmed.isEmpty() || trimmed.startsWith(u'#'))
        return true;
    return !trimmed.contains(u"<<") && hasBalancedQuotes(trimmed) && hasBalancedBrackets(trimmed)
        && !continues(trimmed) && !hasKeyword(trimmed);
}

} // namespace

bool isPlainShell(const QString &text)
{
    for (const QString &line : text.split(u'\n')) {
        if (!isPlainLine(line))
            return false;
    }
    return true;
}

bool ShellSyntax::isComplete(const QString &piece)
{
    return isPlainShell(piece) || bashAccepts(piece);
}

bool ShellSyntax::bashAccepts(const QString &piece)
{
    if (++m_checks > limits::kMaxSyntaxChecks)
        return false;
    QProcess bash;
    QProcessEnvironment environment; // no BASH_ENV, no functions from outside
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    bash.setProcessEnvironment(environment);
    bash.start(u"bash"_s, {u"--noprofile"_s, u"--norc"_s, u"-n"_s});
    if (!bash.waitForStarted(limits::kSyntaxCheckTimeoutMs))
        return false;
    bash.write(piece.toUtf8() + '\n');
    bash.closeWriteChannel();
    if (!bash.waitForFinished(limits::kSyntaxCheckTimeoutMs)) {
        bash.kill();
        bash.waitForFinished(limits::kSyntaxCheckTimeoutMs);
        return false;
    }
    // An unclosed here-document is only a warning to bash: nothing may be printed at all.
    return bash.exitStatus() == QProcess::NormalExit && bash.exitCode() == 0
        && bash.readAllStandardError().isEmpty();
}

} // namespace runsheet
