// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/textstyle.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace runsheet
{

/// Of a longer line only so much is shown; the file keeps the rest.
constexpr qsizetype kShownLineBytes = 8192;

/// A piece of a decoded line in one look.
struct StyleRun
{
    qsizetype start = 0;
    qsizetype length = 0;
    TextStyle style;

    bool operator==(const StyleRun &) const = default;
};

/// A line as a person may see and copy it: no control, escape or direction-changing character left.
struct DecodedLine
{
    QString text;
    QList<StyleRun> runs; ///< in order, without overlap; text between them has the default look
    TextStyle endStyle; ///< what the next line starts with
    qint64 hiddenBytes = 0; ///< not shown; the text ends by saying so

    bool operator==(const DecodedLine &) const = default;
};

/// Of the text, without the words that say how much is hidden.
[[nodiscard]] qsizetype lengthWithoutRest(const DecodedLine &line);

/// Decodes one line of terminal output, given without its line end.
///
/// UTF-8; what is not valid becomes U+FFFD. A carriage return, backspace, tab, "erase in line" and
/// cursor moves within the line act as on a terminal, so that a progress line shows its last state.
/// SGR sequences become runs. Other escape sequences and strings (titles, clipboard writes, links)
/// have no effect and are shown as notes, which take no place on the terminal, but for a few that
/// mean nothing to a reader (hide the cursor); a broken one is shown as ␛. Other control characters
/// are shown as their pictures (␀, ␇), invisible and direction-changing ones by number (⟨U+202E⟩).
///
/// At most maxBytes are decoded. hiddenBytes counts what the caller has cut off already.
[[nodiscard]] DecodedLine decodeLine(QByteArrayView bytes, const TextStyle &start = {},
                                     qint64 hiddenBytes = 0, qsizetype maxBytes = kShownLineBytes);

/// The text between two places of a line as a person copies it: without notes about sequences.
[[nodiscard]] QString textWithoutNotes(const DecodedLine &line, qsizetype from, qsizetype to);

/// All of decodeLine()'s text without notes and however long, faster.
[[nodiscard]] QString decodeText(QByteArrayView bytes);

/// The style that the line leaves to the next one: decodeLine().endStyle without the text.
[[nodiscard]] TextStyle styleAfter(QByteArrayView bytes, const TextStyle &start);

/// The largest length up to the limit that does not cut a UTF-8 sequence.
[[nodiscard]] qsizetype wholeUtf8Length(QByteArrayView bytes, qsizetype limit);

} // namespace runsheet
