// SPDX-License-Identifier: Apache-2.0
#include "output/colouredline.h"

#include <QVarLengthArray>

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr char kEscape = '\x1b';

bool isControl(char c)
{
    return static_cast<quint8>(c) < ' ' || c == '\x7f';
}

bool hasControl(QByteArrayView bytes)
{
    return std::any_of(bytes.begin(), bytes.end(), isControl);
}

bool isAscii(QByteArrayView bytes)
{
    quint8 all = 0;
    for (const char c : bytes)
        all |= static_cast<quint8>(c);
    return all < 0x80;
}

/// Length of the complete SGR sequence at the start of the bytes; 0 when there is none.
qsizetype sgrLength(QByteArrayView bytes)
{
    if (bytes.size() < 3 || bytes[1] != '[')
        return 0;
    qsizetype at = 2;
    while (at < bytes.size() && bytes[at] >= '0' && bytes[at] <= ';')
        ++at;
    return at < bytes.size() && bytes[at] == 'm' ? at + 1 : 0;
}

/// Calls onText and onSgr for the pieces in order. False as soon as something else comes.
template <typename OnText, typename OnSgr>
bool walk(QByteArrayView bytes, OnText &&onText, OnSgr &&onSgr)
{
    while (!bytes.isEmpty()) {
        const qsizetype escape = bytes.indexOf(kEscape);
        const QByteArrayView text = escape < 0 ? bytes : bytes.first(escape);
        if (!onText(text))
            return false;
        if (escape < 0)
            return true;
        const qsizetype length = sgrLength(bytes.sliced(escape));
        if (length == 0)
            return false;
        onSgr(bytes.sliced(escape + 2, length - 3));
        bytes = bytes.sliced(escape + length);
    }
    return true;
}

/// False when it holds what must not be shown as it is.
bool appendText(QString &text, QByteArrayView bytes)
{
    if (hasControl(bytes))
        return false;
    if (isAscii(bytes)) {
        text.append(QLatin1StringView(bytes));
        return true;
    }
    const QString decoded = QString::fromUtf8(bytes);
    const auto needsCare = [](QChar c) { return c.isSurrogate() || isTreacherous(c.unicode()); };
    if (std::any_of(decoded.begin(), decoded.end(), needsCare))
        return false;
    text.append(decoded);
    return true;
}

} // namespace

bool isTreacherous(char32_t c)
{
    return (c >= 0x80 && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b
        || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb)
        || (c >= 0xe0000 && c <= 0xe007f);
}

std::optional<DecodedLine> decodeColouredLine(QByteArrayView bytes, const TextStyle &start)
{
    DecodedLine line{.text = {}, .runs = {}, .endStyle = start, .hiddenBytes = 0};
    line.text.reserve(bytes.size());
    const auto onText = [&line](QByteArrayView text) {
        const qsizetype at = line.text.size();
        if (!appendText(line.text, text))
            return false;
        const qsizetype length = line.text.size() - at;
        if (line.endStyle == TextStyle{} || length == 0)
            return true;
        StyleRun *const last = line.runs.isEmpty() ? nullptr : &line.runs.last();
        if (last != nullptr && last->start + last->length == at && last->style == line.endStyle)
            last->length += length;
        else
            line.runs.append({at, length, line.endStyle});
        return true;
    };
    const auto onSgr = [&line](QByteArrayView parameters) { applySgr(parameters, line.endStyle); };
    if (!walk(bytes, onText, onSgr))
        return std::nullopt;
    return line;
}

std::optional<QString> textOfColouredLine(QByteArrayView bytes)
{
    // Together they are turned into text several times as fast as one by one. Not where a sequence
    // may stand within a character.
    QVarLengthArray<char, 1024> pieces;
    const auto collect = [&pieces](QByteArrayView piece) {
        pieces.append(piece.data(), piece.size());
        return true;
    };
    if (!walk(bytes, collect, [](QByteArrayView) {}))
        return std::nullopt;
    const QByteArrayView all(pieces.constData(), pieces.size());
    QString text;
    const auto append = [&text](QByteArrayView piece) { return appendText(text, piece); };
    const bool done = isAscii(all) ? append(all) : walk(bytes, append, [](QByteArrayView) {});
    if (!done)
        return std::nullopt;
    return text;
}

std::optional<TextStyle> styleAfterColouredLine(QByteArrayView bytes, TextStyle start)
{
    const auto onSgr = [&start](QByteArrayView parameters) { applySgr(parameters, start); };
    if (!walk(
            bytes, [](QByteArrayView) { return true; }, onSgr))
        return std::nullopt;
    return start;
}

} // namespace runsheet
