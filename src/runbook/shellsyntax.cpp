// SPDX-License-Identifier: Apache-2.0
#include "runbook/shellsyntax.h"

#include "runbook/limits.h"

#include <QProcess>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Reads pieces, each behind a line with its length, and answers each with one letter. Every piece
/// is parsed by a bash of its own that is told to run nothing; starting it from this small process
/// costs a fraction of starting it from the program. An unclosed here-document is only a warning to
/// bash, so nothing may be printed at all. The limit of processor time ends what would never end.
constexpr auto kJudge = R"(ulimit -t 10
while read -r length && IFS= read -r -N "$length" piece; do
    if said=$("$BASH" --noprofile --norc -n <<<"$piece" 2>&1) && [[ -z $said ]]; then
        printf y
    else
        printf n
    fi
done)"_L1;

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

bool isKeyword(QStringView word)
{
    static constexpr std::array<QStringView, 19> kKeywords = {
        u"if",     u"then", u"else", u"elif", u"fi",   u"for",    u"while",
        u"until",  u"do",   u"done", u"case", u"esac", u"select", u"function",
        u"coproc", u"[[",   u"{",    u"}",    u"!"};
    return std::ranges::find(kKeywords, word) != kKeywords.end();
}

bool isWordCharacter(QChar c)
{
    return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_');
}

QStringView wordAt(QStringView line, qsizetype start)
{
    qsizetype end = start;
    while (end < line.size() && !line.at(end).isSpace() && line.at(end) != u';')
        ++end;
    return line.mid(start, end - start);
}

/// A keyword where a command may begin, or "name ()". Quotes are not looked at: a keyword within
/// them costs a check and nothing else.
bool hasKeyword(QStringView line)
{
    bool commandMayBegin = true;
    QChar last; // that is no space
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        if (c.isSpace())
            continue;
        if (commandMayBegin && isKeyword(wordAt(line, i)))
            return true;
        if (c == u'(' && line.mid(i).startsWith(u"()") && isWordCharacter(last))
            return true;
        commandMayBegin = c == u';' || c == u'&' || c == u'|' || c == u'(';
        last = c;
    }
    return false;
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

ShellSyntax::ShellSyntax() = default;

ShellSyntax::~ShellSyntax()
{
    if (!m_bash || m_bash->state() == QProcess::NotRunning)
        return;
    m_bash->closeWriteChannel(); // ends its loop
    if (!m_bash->waitForFinished(limits::kSyntaxCheckTimeoutMs))
        stopBash();
}

bool ShellSyntax::isComplete(const QString &piece)
{
    return isPlainShell(piece) || bashAccepts(piece);
}

bool ShellSyntax::bashAccepts(const QString &piece)
{
    if (const auto known = m_answers.constFind(piece); known != m_answers.constEnd())
        return *known;
    if (m_answers.size() >= limits::kMaxSyntaxChecks)
        return false;
    const bool accepted = ask(piece.toUtf8());
    m_answers.insert(piece, accepted);
    return accepted;
}

bool ShellSyntax::ask(const QByteArray &piece)
{
    if (!m_bash)
        startBash();
    if (m_bash->state() != QProcess::Running)
        return false;
    m_bash->write(QByteArray::number(piece.size()) + '\n' + piece);
    if (!m_bash->waitForReadyRead(limits::kSyntaxCheckTimeoutMs)) {
        stopBash(); // it stays there, ended: nothing more is asked
        return false;
    }
    return m_bash->readAllStandardOutput() == "y";
}

void ShellSyntax::startBash()
{
    QProcessEnvironment environment; // no BASH_ENV, no functions from outside
    environment.insert(u"LC_ALL"_s, u"C"_s); // lengths are bytes
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    m_bash = std::make_unique<QProcess>();
    m_bash->setProcessEnvironment(environment);
    m_bash->setStandardErrorFile(QProcess::nullDevice());
    m_bash->start(u"bash"_s, {u"--noprofile"_s, u"--norc"_s, u"-c"_s, QString(kJudge)});
    m_bash->waitForStarted(limits::kSyntaxCheckTimeoutMs);
}

void ShellSyntax::stopBash()
{
    m_bash->kill();
    m_bash->waitForFinished(limits::kSyntaxCheckTimeoutMs);
}

} // namespace runsheet
