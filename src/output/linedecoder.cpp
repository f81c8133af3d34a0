// SPDX-License-Identifier: Apache-2.0
#include "output/linedecoder.h"

#include "base/text.h"
#include "output/colouredline.h"
#include "output/terminalline.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr char16_t kEscape = 0x1b;
constexpr char16_t kBell = 0x07;
constexpr char16_t kDelete = 0x7f;
constexpr char32_t kControlPictures = 0x2400;
constexpr char32_t kDeletePicture = 0x2421;

QString byNumber(char32_t c)
{
    return u"⟨U+%1⟩"_s.arg(QString::number(c, 16).toUpper().rightJustified(4, u'0'));
}

/// Sequences that programs send by habit and that change nothing about the text: cursor shown or
/// hidden, kept blinking, keys, bracketed paste, line wrap, character sets, keypad.
constexpr std::array<QStringView, 15> kMeaningless{
    u"[?25l",   u"[?25h",   u"[?12l", u"[?12h", u"[?1l", u"[?1h", u"[?7l", u"[?7h",
    u"[?2004l", u"[?2004h", u"(B",    u"(0",    u")0",   u"=",    u">"};
constexpr qsizetype kNoteLength = 60;

QChar pictured(QChar c)
{
    if (c < u' ')
        return {static_cast<char16_t>(kControlPictures + c.unicode())};
    return c.unicode() == kDelete ? static_cast<char16_t>(kDeletePicture) : c.unicode();
}

/// Walks over decoded text and drives a TerminalLine.
class Reader
{
public:
    Reader(QStringView text, const TextStyle &start)
        : m_text(text)
        , m_style(start)
    {
    }

    void run()
    {
        while (m_at < m_text.size())
            step();
    }

    [[nodiscard]] const TerminalLine &line() const { return m_line; }
    [[nodiscard]] const TextStyle &style() const { return m_style; }

private:
    void step()
    {
        const char16_t c = m_text[m_at].unicode();
        if (c == kEscape)
            escape();
        else if (c < u' ' || c == kDelete)
            control(m_text[m_at++].unicode());
        else
            character();
    }

    void character()
    {
        // QString::fromUtf8 leaves no lone surrogates.
        const bool isPair = m_text[m_at].isHighSurrogate() && m_at + 1 < m_text.size();
        const char32_t c = isPair ? QChar::surrogateToUcs4(m_text[m_at], m_text[m_at + 1])
                                  : char32_t{m_text[m_at].unicode()};
        m_at += isPair ? 2 : 1;
        if (isTreacherous(c))
            m_line.put(byNumber(c), m_style);
        else
            m_line.put(c, m_style);
    }

    void control(char16_t c)
    {
        if (c == u'\r')
            m_line.carriageReturn();
        else if (c == u'\b')
            m_line.backspace();
        else if (c == u'\t')
            m_line.tab();
        else
            m_line.put(c == kDelete ? kDeletePicture : kControlPictures + c, m_style);
    }

    void escape()
    {
        const qsizetype end = sequenceEnd();
        if (end < 0) {
            m_line.put(kControlPictures + kEscape, m_style);
            ++m_at;
            return;
        }
        const QStringView sequence = m_text.sliced(m_at + 1, end - m_at - 1);
        if (sequence.front() != u'['
            || !controlSequence(sequence.sliced(1).chopped(1), sequence.back().unicode()))
            note(sequence);
        m_at = end;
    }

    /// Says that a sequence was there.
    void note(QStringView sequence)
    {
        if (std::find(kMeaningless.begin(), kMeaningless.end(), sequence) != kMeaningless.end())
            return;
        QString text(pictured(QChar(kEscape)));
        for (const QChar c : sequence.first(std::min(sequence.size(), kNoteLength))) {
            if (isTreacherous(c.unicode()))
                text += byNumber(c.unicode());
            else
                text += pictured(c);
        }
        if (sequence.size() > kNoteLength)
            text += u'…';
        m_line.note(text);
    }

    /// Just after the sequence that starts at m_at, or -1 when it is broken.
    [[nodiscard]] qsizetype sequenceEnd() const
    {
        if (m_at + 1 >= m_text.size())
            return -1;
        switch (m_text[m_at + 1].unicode()) {
        case u'[':
            return controlSequenceEnd();
        case u']':
        case u'P':
        case u'X':
        case u'^':
        case u'_':
            return stringEnd();
        default:
            return plainEscapeEnd();
        }
    }

    [[nodiscard]] qsizetype controlSequenceEnd() const
    {
        qsizetype at = m_at + 2;
        while (at < m_text.size() && m_text[at] >= u' ' && m_text[at] <= u'?')
            ++at;
        const bool complete = at < m_text.size() && m_text[at] >= u'@' && m_text[at] <= u'~';
        return complete ? at + 1 : -1;
    }

    /// Titles, hyperlinks, clipboard writes: up to BEL or ESC \, which must be on this line.
    [[nodiscard]] qsizetype stringEnd() const
    {
        for (qsizetype at = m_at + 2; at < m_text.size(); ++at) {
            if (m_text[at] == kBell)
                return at + 1;
            if (m_text[at] == kEscape)
                return at + 1 < m_text.size() && m_text[at + 1] == u'\\' ? at + 2 : -1;
        }
        return -1;
    }

    /// ESC, intermediates, one final character: character sets, keypad modes.
    [[nodiscard]] qsizetype plainEscapeEnd() const
    {
        qsizetype at = m_at + 1;
        while (at < m_text.size() && m_text[at] >= u' ' && m_text[at] <= u'/')
            ++at;
        const bool complete = at < m_text.size() && m_text[at] >= u'0' && m_text[at] <= u'~';
        return complete ? at + 1 : -1;
    }

    /// False when it is none of those that act here.
    bool controlSequence(QStringView parameters, char16_t final)
    {
        if (!parameters.isEmpty() && parameters.front() >= u'<') // private modes
            return false;
        const qint64 value = std::min(parameters.toLongLong(), qint64{kShownLineBytes});
        const qint64 count = std::max<qint64>(value, 1);
        if (final == u'm')
            applySgr(parameters.toLatin1(), m_style);
        else if (final == u'K')
            m_line.erase(static_cast<int>(value));
        else if (final == u'G')
            m_line.moveTo(count - 1);
        else if (final == u'C')
            m_line.moveBy(count);
        else if (final == u'D')
            m_line.moveBy(-count);
        else
            return false;
        return true;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    TextStyle m_style;
    TerminalLine m_line;
};

DecodedLine decodeOnTerminal(QByteArrayView bytes, const TextStyle &start)
{
    const QString text = QString::fromUtf8(bytes);
    Reader reader(text, start);
    reader.run();
    DecodedLine line;
    reader.line().writeTo(line);
    line.endStyle = reader.style();
    return line;
}

void appendRest(DecodedLine &line)
{
    if (line.hiddenBytes <= 0)
        return;
    const QString rest = QCoreApplication::translate("runsheet::LogFile", " … %1 more bytes")
                             .arg(formatCount(line.hiddenBytes));
    TextStyle style;
    style.dim = style.italic = true;
    line.runs.append({line.text.size(), rest.size(), style});
    line.text.append(rest);
}

} // namespace

qsizetype wholeUtf8Length(QByteArrayView bytes, qsizetype limit)
{
    if (bytes.size() <= limit)
        return bytes.size();
    qsizetype length = limit;
    while (length > 0 && limit - length < 4 && (static_cast<quint8>(bytes[length]) & 0xc0) == 0x80)
        --length;
    return limit - length < 4 ? length : limit;
}

qsizetype lengthWithoutRest(const DecodedLine &line)
{
    return line.hiddenBytes > 0 && !line.runs.isEmpty() ? line.runs.last().start : line.text.size();
}

QString decodeText(QByteArrayView bytes)
{
    if (std::optional<QString> text = textOfColouredLine(bytes))
        return *std::move(text);
    const DecodedLine line = decodeLine(bytes, {}, 0, bytes.size());
    return textWithoutNotes(line, 0, line.text.size());
}

QString textWithoutNotes(const DecodedLine &line, qsizetype from, qsizetype to)
{
    QString text;
    qsizetype at = from;
    for (const StyleRun &run : line.runs) {
        const qsizetype end = run.start + run.length;
        if (!run.style.isNote || end <= at || run.start >= to)
            continue;
        text += QStringView(line.text).sliced(at, std::max(run.start, at) - at);
        at = std::min(end, to);
    }
    return text += QStringView(line.text).sliced(at, std::max(at, to) - at);
}

DecodedLine decodeLine(QByteArrayView bytes, const TextStyle &start, qint64 hiddenBytes,
                       qsizetype maxBytes)
{
    const QByteArrayView shown = bytes.first(wholeUtf8Length(bytes, maxBytes));
    std::optional<DecodedLine> coloured = decodeColouredLine(shown, start);
    DecodedLine line = coloured ? std::move(*coloured) : decodeOnTerminal(shown, start);
    line.hiddenBytes = hiddenBytes + bytes.size() - shown.size();
    appendRest(line);
    return line;
}

TextStyle styleAfter(QByteArrayView bytes, const TextStyle &start)
{
    const QByteArrayView shown = bytes.first(wholeUtf8Length(bytes, kShownLineBytes));
    const auto style = styleAfterColouredLine(shown, start);
    return style ? *style : decodeOnTerminal(shown, start).endStyle;
}

} // namespace runsheet
