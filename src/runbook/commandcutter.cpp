// SPDX-License-Identifier: Apache-2.0
#include "runbook/commandcutter.h"

#include "runbook/shelltext.h"
#include "runbook/sqlsyntax.h"
#include "runbook/transcript.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <ranges>

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

bool holdsCode(const QStringList &lines, CommandLanguage language)
{
    return std::ranges::any_of(lines, [language](const QString &text) {
        const QString trimmed = text.trimmed();
        return !trimmed.isEmpty() && !isComment(trimmed, language);
    });
}

/// SQL in a shell block goes to psql, which does not know the "#" above it.
bool readAsSql(CommandPiece &piece, const QStringList &lines)
{
    const auto isCode = [](const QString &line) {
        return !isComment(line.trimmed(), CommandLanguage::Shell);
    };
    const auto first = std::ranges::find_if(lines, isCode);
    if (!std::all_of(first, lines.end(), isCode))
        return false;
    piece.language = CommandLanguage::Sql;
    piece.line += static_cast<int>(first - lines.begin());
    piece.text = QStringList(first, lines.end()).join(u'\n');
    if (piece.label.isEmpty())
        piece.label = labelOf({first, lines.end()}, CommandLanguage::Sql);
    return isCompleteSql(piece.text);
}

CommandPiece pieceFrom(const QStringList &lines, int line, CommandLanguage language)
{
    CommandPiece piece;
    piece.label = labelOf(lines, language);
    piece.text = lines.join(u'\n');
    piece.line = line;
    piece.isCommand = holdsCode(lines, language);
    piece.language = language;
    if (language == CommandLanguage::Sql || !piece.isCommand)
        return piece;
    const ShellReading reading = readingOf(piece.text);
    const CommandPiece asShell = piece;
    if (reading == ShellReading::Shell || (reading == ShellReading::Sql && readAsSql(piece, lines)))
        return piece;
    piece = asShell;
    piece.isCommand = false;
    return piece;
}

bool namesChoice(const QString &line, CommandLanguage language)
{
    const QString trimmed = line.trimmed();
    return isComment(trimmed, language) && !choiceNamedIn(commentText(trimmed)).isEmpty();
}

/// At blank lines, and in front of a comment that names one of several alternatives.
QList<CommandPiece> splitBlock(const QStringList &lines, CommandLanguage language)
{
    QList<CommandPiece> pieces;
    QStringList current;
    const auto flush = [&](qsizetype end) {
        if (!current.isEmpty())
            pieces.append(pieceFrom(current, static_cast<int>(end - current.size()), language));
        current.clear();
    };
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString &line = lines.at(i);
        if (line.trimmed().isEmpty() || (!current.isEmpty() && namesChoice(line, language)))
            flush(i);
        if (!line.trimmed().isEmpty())
            current.append(line);
    }
    flush(lines.size());
    return pieces;
}

/// What follows an alternative without a comment of its own belongs to it.
void nameChoices(QList<CommandPiece> &pieces)
{
    QString choice;
    for (CommandPiece &piece : pieces) {
        if (!piece.label.isEmpty())
            choice = choiceNamedIn(piece.label);
        piece.choice = choice;
    }
}

/// "# Create a backup", a blank line, then a bare command: the comment is that command's label.
void joinLoneComments(QList<CommandPiece> &pieces, const QStringList &lines)
{
    for (qsizetype i = pieces.size() - 2; i >= 0; --i) {
        CommandPiece &comment = pieces[i];
        const CommandPiece &command = pieces.at(i + 1);
        if (comment.isCommand || comment.label.isEmpty() || !command.isCommand
            || !command.label.isEmpty() || command.language != comment.language
            || holdsCode(comment.text.split(u'\n'), comment.language))
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
    return std::ranges::all_of(pieces, [&syntax](const CommandPiece &piece) {
        if (!piece.isCommand)
            return true;
        return piece.language == CommandLanguage::Sql ? isCompleteSql(piece.text)
                                                      : syntax.isComplete(piece.text);
    });
}

/// Output above the first prompt has no command to belong to.
QList<CommandPiece> piecesOf(const QList<TranscriptPart> &parts, CommandLanguage language)
{
    QList<CommandPiece> pieces;
    for (const TranscriptPart &part : parts) {
        CommandPiece piece;
        piece.isCommand = !part.text.isEmpty();
        piece.language = language;
        piece.text = piece.isCommand ? part.text : part.output;
        piece.label = piece.isCommand ? labelOf(part.text.split(u'\n'), language) : QString();
        piece.line = part.line;
        if (piece.isCommand) {
            piece.output = part.output;
            piece.outputLine = part.outputLine;
        }
        pieces.append(piece);
    }
    nameChoices(pieces);
    return pieces;
}

QString lastCommandLine(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        QString line = lines.at(i).trimmed();
        if (!line.isEmpty() && !line.startsWith(u'#'))
            return line;
    }
    return {};
}

} // namespace

QString choiceNamedIn(const QString &label)
{
    if (label.isEmpty() || !QStringView(u"oOaAvVmM").contains(label.front()))
        return {};
    static const QRegularExpression kChoice(
        u"^(option|alternative|variant|method|approach) ([A-Z]|\\d{1,2})(?=$|[\\s:.,)–—-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = kChoice.match(label);
    if (!match.hasMatch())
        return {};
    const QString word = match.captured(1).toLower();
    return word.front().toUpper() + word.mid(1) + u' ' + match.captured(2).toUpper();
}

QList<CommandPiece> cutCommands(const QString &block, CommandLanguage language, ShellSyntax &syntax,
                                bool isSession)
{
    if (const auto parts = readTranscript(block, language, isSession); !parts.isEmpty())
        return piecesOf(parts, language);
    const QStringList lines = block.split(u'\n');
    QList<CommandPiece> pieces = splitBlock(lines, language);
    if (pieces.size() < 2)
        return pieces;
    if (!canBeCut(block, pieces, language, syntax)) {
        const int first = pieces.front().line;
        const qsizetype end = pieces.back().line + pieces.back().text.count(u'\n') + 1;
        return {pieceFrom(lines.mid(first, end - first), first, language)};
    }
    joinLoneComments(pieces, lines);
    nameChoices(pieces);
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
    static const std::array kWords = {u"tail"_s, u"journalctl"_s, u"-f"_s, u"-w"_s, u"watch"_s};
    const QString line = lastCommandLine(text);
    if (std::ranges::none_of(kWords, [&line](const QString &word) { return line.contains(word); }))
        return false; // as nearly always
    const bool inBackground = line.endsWith(u'&') && !line.endsWith(u"&&");
    return !inBackground && kFollower.match(line).hasMatch();
}

} // namespace runsheet
