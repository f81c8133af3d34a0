// SPDX-License-Identifier: Apache-2.0
#include "runbook/sourcetext.h"

#include "runbook/limits.h"
#include "runbook/mojibake.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

SourceLocation firstBadCharacter(const QByteArray &bytes)
{
    int line = 1;
    for (const QByteArray &text : bytes.split('\n')) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString decoded = decoder.decode(text);
        if (decoder.hasError())
            return {line, static_cast<int>(decoded.indexOf(QChar::ReplacementCharacter)) + 1};
        ++line;
    }
    return {};
}

void cutToLimit(SourceText &text)
{
    if (text.utf8.size() <= limits::kMaxSourceBytes)
        return;
    const qsizetype lineEnd = text.utf8.lastIndexOf('\n', limits::kMaxSourceBytes - 1);
    text.utf8.truncate(lineEnd > 0 ? lineEnd + 1 : limits::kMaxSourceBytes);
    text.diagnostics.append(
        {Severity::Error,
         u"too-large"_s,
         u"The file is larger than 2 MiB. Only its beginning was read; split the runbook."_s,
         {static_cast<int>(text.utf8.count('\n')) + 1, 0}});
}

void replaceBadBytes(SourceText &text)
{
    if (text.utf8.isValidUtf8())
        return;
    text.diagnostics.append(
        {Severity::Error, u"not-utf8"_s,
         u"The file is not UTF-8 text. Unreadable bytes are shown as \uFFFD; save "
         u"the file as UTF-8."_s,
         firstBadCharacter(text.utf8)});
    text.utf8 = QString::fromUtf8(text.utf8).toUtf8();
}

void unifyLineEnds(QByteArray &text)
{
    if (!text.contains('\r'))
        return;
    text.replace("\r\n", "\n");
    text.replace('\r', '\n');
}

void reportNullBytes(SourceText &text)
{
    const qsizetype at = text.utf8.indexOf('\0');
    if (at < 0)
        return;
    const int line =
        static_cast<int>(std::count(text.utf8.cbegin(), text.utf8.cbegin() + at, '\n')) + 1;
    text.diagnostics.append({Severity::Error,
                             u"null-byte"_s,
                             u"The file holds a NUL byte, which no text has. It is shown as "
                             u"\uFFFD; check that this is the "
                             u"right file."_s,
                             {line, 0}});
    text.utf8.replace('\0', "\uFFFD");
}

/// Lines no person wrote are cut: a single line can make markdown parsers slow.
void cutLongLines(SourceText &text)
{
    qsizetype start = 0;
    int line = 1;
    int reported = 0;
    while (start < text.utf8.size()) {
        qsizetype end = text.utf8.indexOf('\n', start);
        if (end < 0)
            end = text.utf8.size();
        if (end - start > limits::kMaxLineBytes) {
            qsizetype keep = start + limits::kMaxLineBytes;
            while (keep > start && (static_cast<uchar>(text.utf8.at(keep)) & 0xC0U) == 0x80U)
                --keep; // not inside a character
            text.utf8.remove(keep, end - keep);
            end = keep;
            if (++reported <= limits::kMaxDiagnosticsPerCode)
                text.diagnostics.append(
                    {Severity::Error,
                     u"line-too-long"_s,
                     u"The line is longer than 64 KiB. Only its beginning was read; break it up."_s,
                     {line, 1}});
        }
        start = end + 1;
        ++line;
    }
}

/// The markdown parser takes time with the square of a table's columns.
void findWideTable(SourceText &text)
{
    qsizetype end = 0;
    for (qsizetype bar = text.utf8.indexOf('|'); bar >= 0; bar = text.utf8.indexOf('|', end)) {
        end = text.utf8.indexOf('\n', bar);
        if (end < 0)
            end = text.utf8.size();
        if (std::count(text.utf8.cbegin() + bar, text.utf8.cbegin() + end, '|')
            <= limits::kMaxTableBars)
            continue;
        const auto linesBefore = std::count(text.utf8.cbegin(), text.utf8.cbegin() + bar, '\n');
        text.hasWideTable = true;
        text.diagnostics.append({Severity::Warning,
                                 u"table-too-wide"_s,
                                 u"The line has more than 200 “|”. Tables of this runbook are "
                                 u"shown as plain text; make this one narrower."_s,
                                 {static_cast<int>(linesBefore) + 1, 1}});
        return;
    }
}

/// CommonMark would read the closing "---" as a heading underline.
void takeFrontMatter(SourceText &text)
{
    if (!text.utf8.startsWith("---\n"))
        return;
    const qsizetype end = text.utf8.indexOf("\n---\n", 3);
    const qsizetype blankLine = text.utf8.indexOf("\n\n");
    if (end < 0 || (blankLine >= 0 && blankLine < end))
        return;
    text.frontMatter = QString::fromUtf8(text.utf8.mid(4, std::max<qsizetype>(0, end - 4)));
    const qsizetype stop = end + 5;
    const auto lines = std::count(text.utf8.cbegin(), text.utf8.cbegin() + stop, '\n');
    text.utf8.replace(0, stop, QByteArray(lines, '\n'));
}

} // namespace

SourceText decodeSource(const QByteArray &bytes)
{
    SourceText text{.utf8 = bytes, .frontMatter = {}, .hasWideTable = false, .diagnostics = {}};
    cutToLimit(text);
    replaceBadBytes(text);
    if (text.utf8.startsWith("\xEF\xBB\xBF"))
        text.utf8.remove(0, 3);
    unifyLineEnds(text.utf8);
    reportNullBytes(text);
    cutLongLines(text);
    findWideTable(text);
    text.diagnostics += findMojibake(text.utf8);
    takeFrontMatter(text);
    return text;
}

} // namespace runsheet
