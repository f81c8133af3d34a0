// SPDX-License-Identifier: Apache-2.0
#include "runbook/commandcutter.h"

#include "runbook/sqlsyntax.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

bool isComment(QStringView trimmedLine, CommandLanguage language)
{
    return trimmedLine.startsWith(language == CommandLanguage::Sql ? u"--" : u"#");
}

/// The words of a comment line; empty for a ruler ("# -----") or "#!/bin/sh".
QString commentText(QStringView line)
{
    if (line.startsWith(u"#!"))
        return {};
    qsizetype start = 0;
    while (start < line.size() && !line.at(start).isLetterOrNumber())
        ++start;
    const QStringView words = line.mid(start);
    return words.isEmpty() ? QString() : words.toString().trimmed();
}

/// A comment that goes on in the next line reads on; one that starts a sentence gets a stop before
/// it.
void appendSentence(QString &label, const QString &words)
{
    static const QString kStops = u".:;,!?–—-"_s;
    if (!label.isEmpty())
        label += words.front().isUpper() && !kStops.contains(label.back()) ? u". "_s : u" "_s;
    label += words;
}

QString labelOf(const QStringList &lines, CommandLanguage language)
{
    QString label;
    for (const QString &line : lines) {
        const QString trimmed = line.trimmed();
        if (!isComment(trimmed, language))
            break;
        if (const QString words = commentText(trimmed); !words.isEmpty())
            appendSentence(label, words);
    }
    while (label.endsWith(u':'))
        label.chop(1);
    return label;
}

CommandPiece pieceFrom(const QStringList &lines, int line, CommandLanguage language)
{
    const bool hasCommand = std::ranges::any_of(lines, [language](const QString &text) {
        const QString trimmed = text.trimmed();
        return !trimmed.isEmpty() && !isComment(trimmed, language);
    });
    return {labelOf(lines, language), lines.join(u'\n'), line, hasCommand};
}

QList<CommandPiece> splitAtBlankLines(const QStringList &lines, CommandLanguage language)
{
    QList<CommandPiece> pieces;
    QStringList current;
    for (qsizetype i = 0; i <= lines.size(); ++i) {
        if (i < lines.size() && !lines.at(i).trimmed().isEmpty()) {
            current.append(lines.at(i));
        } else if (!current.isEmpty()) {
            pieces.append(pieceFrom(current, static_cast<int>(i - current.size()), language));
            current.clear();
        }
    }
    return pieces;
}

/// "# Create a backup", a blank line, then a bare command: the comment is that command's label.
void joinLoneComments(QList<CommandPiece> &pieces, const QStringList &lines)
{
    for (qsizetype i = pieces.size() - 2; i >= 0; --i) {
        CommandPiece &comment = pieces[i];
        const CommandPiece &command = pieces.at(i + 1);
        if (comment.isCommand || !command.isCommand || !command.label.isEmpty())
            continue;
        const qsizetype end = command.line + command.text.count(u'\n') + 1;
        comment.text = lines.mid(comment.line, end - comment.line).join(u'\n');
        comment.isCommand = true;
        pieces.removeAt(i + 1);
    }
}

bool canBeCut(const QString &block, const QList<CommandPiece> &pieces, CommandLanguage language,
              ShellSyntax &syntax)
{
    if (language == CommandLanguage::Sql && dependsOnSession(block))
        return false;
    return std::ranges::all_of(pieces, [language, &syntax](const CommandPiece &piece) {
        if (!piece.isCommand)
            return true;
        return language == CommandLanguage::Sql ? isCompleteSql(piece.text)
                                                : syntax.isComplete(piece.text);
    });
}

QString lastCommandLine(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    for (auto it = lines.crbegin(); it != lines.crend(); ++it) {
        if (const QString line = it->trimmed(); !line.isEmpty() && !line.startsWith(u'#'))
            return line;
    }
    return {};
}

} // namespace

QList<CommandPiece> cutCommands(const QString &block, CommandLanguage language, ShellSyntax &syntax)
{
    const QStringList lines = block.split(u'\n');
    QList<CommandPiece> pieces = splitAtBlankLines(lines, language);
    if (pieces.size() < 2)
        return pieces;
    if (!canBeCut(block, pieces, language, syntax)) {
        const int first = pieces.front().line;
        const qsizetype end = pieces.back().line + pieces.back().text.count(u'\n') + 1;
        return {pieceFrom(lines.mid(first, end - first), first, language)};
    }
    joinLoneComments(pieces, lines);
    return pieces;
}

bool isFollower(const QString &text)
{
    // Options are looked for within one command of a pipeline only.
    static const QRegularExpression kFollower(
        u"^(?:\\w+=\\S*\\s+)*(?:sudo\\s+)?(?:"
        "tail\\s(?:[^|;&]*\\s)?(?:-[a-zA-Z0-9]*[fF]|--follow\\S*)(?=\\s|$)"
        "|journalctl\\s(?:[^|;&]*\\s)?(?:-\\w*f|--follow)(?=\\s|$)"
        "|[\\w./-]+\\s(?:[^|;&]*\\s)?logs?\\s(?:[^|;&]*\\s)?(?:-f|--follow(?:=true)?)(?=\\s|$)"
        "|(?:kubectl|oc)\\s(?:[^|;&]*\\s)?get\\s(?:[^|;&]*\\s)?(?:-w|--watch(?:=true)?)(?=\\s|$)"
        "|watch\\s)"_s);
    const QString line = lastCommandLine(text);
    const bool inBackground = line.endsWith(u'&') && !line.endsWith(u"&&");
    return !inBackground && kFollower.match(line).hasMatch();
}

} // namespace runsheet
