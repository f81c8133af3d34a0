// SPDX-License-Identifier: Apache-2.0
#include "output/linematcher.h"

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr qsizetype kContext = 3; // bytes before and after a word that decide whether it counts

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) == 0; });
}

char byteAt(QByteArrayView bytes, qsizetype at)
{
    return at >= 0 && at < bytes.size() ? bytes[at] : '\n';
}

/// "0 failed" tells of success, "10 failed" does not.
bool followsZero(QByteArrayView bytes, qsizetype at)
{
    return byteAt(bytes, at - 1) == ' ' && byteAt(bytes, at - 2) == '0'
        && !isWord(byteAt(bytes, at - 3));
}

} // namespace

TextMatcher::TextMatcher(const QString &text, Qt::CaseSensitivity caseSensitivity)
    : m_text(text)
    , m_bytes(text.toUtf8())
    , m_case(caseSensitivity)
{
    if (!m_bytes.isEmpty() && (m_case == Qt::CaseSensitive || isAscii(m_bytes)))
        m_word.emplace(m_bytes, m_case);
}

qsizetype TextMatcher::find(QByteArrayView bytes, qsizetype from) const
{
    if (m_bytes.isEmpty())
        return -1;
    return m_word ? m_word->find(bytes, from) : findFolded(bytes, from);
}

/// Line by line, because offsets in decoded text are not offsets in the bytes: the start of the
/// line stands for the match.
qsizetype TextMatcher::findFolded(QByteArrayView bytes, qsizetype from) const
{
    while (from < bytes.size()) {
        const qsizetype newline = bytes.indexOf('\n', from);
        const qsizetype end = newline < 0 ? bytes.size() : newline;
        const QString line = QString::fromUtf8(bytes.sliced(from, end - from));
        if (line.contains(m_text, Qt::CaseInsensitive))
            return from;
        from = end + 1;
    }
    return -1;
}

qsizetype TextMatcher::reach() const
{
    return m_bytes.size() * 3; // another case may take more bytes
}

ErrorMatcher::ErrorMatcher()
    : m_words({"error", "fatal", "panic", "failed"})
{
}

qsizetype ErrorMatcher::find(QByteArrayView bytes, qsizetype from) const
{
    for (auto match = m_words.find(bytes, from); match.at >= 0;
         match = m_words.find(bytes, match.at + 1)) {
        if (isError(bytes, match))
            return match.at;
    }
    return -1;
}

qsizetype ErrorMatcher::reach() const
{
    return m_words.longest() + 2 * kContext;
}

bool ErrorMatcher::isError(QByteArrayView bytes, PatternSet::Match match) const
{
    const QByteArray &word = m_words.pattern(match.pattern);
    const qsizetype end = match.at + word.size();
    const char before = byteAt(bytes, match.at - 1);
    if (word == "failed")
        return !isWord(before) && !isWord(byteAt(bytes, end)) && !followsZero(bytes, match.at);
    if (byteAt(bytes, end) == ':')
        return true;
    return !isWord(before) && !isWord(byteAt(bytes, end))
        && bytes.sliced(match.at, word.size()) == word.toUpper();
}

} // namespace runsheet
