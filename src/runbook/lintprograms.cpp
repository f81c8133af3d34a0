// SPDX-License-Identifier: Apache-2.0
#include "runbook/linttools.h"
#include "runbook/shelltools.h"

#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

bool isShellWord(const QString &program)
{
    static const QSet<QString> kWords{
        u"if"_s,      u"then"_s,   u"else"_s,     u"elif"_s,     u"fi"_s,     u"for"_s,
        u"while"_s,   u"until"_s,  u"do"_s,       u"done"_s,     u"case"_s,   u"esac"_s,
        u"in"_s,      u"select"_s, u"function"_s, u"{"_s,        u"}"_s,      u"[["_s,
        u"["_s,       u"!"_s,      u"("_s,        u")"_s,        u"cd"_s,     u"echo"_s,
        u"printf"_s,  u"export"_s, u"set"_s,      u"unset"_s,    u"read"_s,   u"test"_s,
        u"true"_s,    u"false"_s,  u"exit"_s,     u"return"_s,   u"source"_s, u"."_s,
        u":"_s,       u"local"_s,  u"declare"_s,  u"readonly"_s, u"shift"_s,  u"trap"_s,
        u"wait"_s,    u"eval"_s,   u"exec"_s,     u"command"_s,  u"type"_s,   u"alias"_s,
        u"umask"_s,   u"ulimit"_s, u"jobs"_s,     u"fg"_s,       u"bg"_s,     u"kill"_s,
        u"pushd"_s,   u"popd"_s,   u"history"_s,  u"hash"_s,     u"let"_s,    u"mapfile"_s,
        u"time"_s,    u"break"_s,  u"continue"_s, u"getopts"_s,  u"shopt"_s,  u"builtin"_s,
        u"typeset"_s, u"pwd"_s,    u"sudo"_s,     u"dirs"_s,     u"disown"_s};
    return kWords.contains(program);
}

bool looksLikeProgram(const QString &word)
{
    static const QRegularExpression kName(u"^[A-Za-z][A-Za-z0-9_.+-]*$"_s);
    return kName.match(word).hasMatch() && !isShellWord(word);
}

/// Quoted text and here-documents hold words that are no commands.
QString withoutText(QString shell)
{
    static const QRegularExpression kHere(u"<<-?\\s*(['\"]?)(\\w+)\\1([^\\n]*)\\n.*?^\\s*\\2$"_s,
                                          QRegularExpression::MultilineOption
                                              | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression kComment(u"(?:^|\\s)#[^\\n]*"_s);
    shell.replace(u"\\\n"_s, u" "_s);
    shell.replace(kHere, u"\\3"_s);
    return withoutQuotedText(shell).remove(kComment);
}

/// The words of arithmetic and of arrays are no commands; what is substituted in them is one.
QString withoutExpressions(const QString &shell)
{
    static const QRegularExpression kExpression(
        u"(?<=[\\w+])=(\\((?:[^()]++|(?1))*+\\))|\\$?\\(\\((?:[^()]++|(?1))*+\\)\\)"_s);
    static const QRegularExpression kSubstitution(
        u"\\$\\((?!\\()(?:[^()]++|(\\((?:[^()]++|(?1))*+\\)))*+\\)|`[^`]*`"_s);
    QString rest;
    qsizetype end = 0;
    for (const QRegularExpressionMatch &match : kExpression.globalMatch(shell)) {
        rest += QStringView(shell).mid(end, match.capturedStart() - end);
        rest += u": "_s;
        for (const QRegularExpressionMatch &inner : kSubstitution.globalMatch(match.captured()))
            rest += inner.captured();
        end = match.capturedEnd();
    }
    return rest + shell.mid(end);
}

QSet<QString> functionsIn(const QString &shell)
{
    static const QRegularExpression kFunction(u"(?:^|[;\\s])([\\w-]+)\\s*\\(\\)"_s);
    QSet<QString> names;
    for (const QRegularExpressionMatch &match : kFunction.globalMatch(shell))
        names.insert(match.captured(1));
    return names;
}

} // namespace

QStringList programsIn(const QString &shell)
{
    static const QRegularExpression kParts(
        u"\\n|;|&&|\\|\\||[|&(){}`]|\\b(?:do|then|else|if|while|until)\\s"_s);
    const QString text = withoutExpressions(withoutText(shell));
    const QSet<QString> functions = functionsIn(text);
    QStringList programs;
    for (const QString &part : text.split(kParts, Qt::SkipEmptyParts)) {
        const QString trimmed = part.trimmed();
        const CommandLine line = commandLineOf(trimmed);
        const bool isPath = trimmed.section(u' ', 0, 0).contains(u'/');
        if (!isPath && looksLikeProgram(line.program) && !functions.contains(line.program)
            && !programs.contains(line.program))
            programs << line.program;
    }
    return programs;
}

QList<Diagnostic> lintPrograms(const Runbook &runbook)
{
    QList<Diagnostic> found;
    QSet<QString> seen;
    for (const Phase &phase : runbook.phases) {
        for (const Step &step : phase.steps) {
            for (const Command &command : step.commands) {
                if (command.language != CommandLanguage::Shell)
                    continue;
                for (const QString &program : programsIn(command.text)) {
                    if (seen.contains(program))
                        continue;
                    seen.insert(program);
                    if (QStandardPaths::findExecutable(program).isEmpty())
                        found.append(
                            {Diagnostic::Severity::Note, u"executable-missing"_s,
                             u"The program “%1” is not on this computer's PATH. Install it "
                             u"where the run is carried out."_s.arg(program),
                             command.location});
                }
            }
        }
    }
    return found;
}

} // namespace runsheet
