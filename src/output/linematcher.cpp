// SPDX-License-Identifier: Apache-2.0
#include "output/linematcher.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace runsheet
{

namespace
{

constexpr qsizetype kContext = 3; // bytes before and after a word that decide whether it counts
constexpr qsizetype kWindow = 4096;

/// What makes a line one that reports a failure.
struct ErrorWord
{
    enum class Rule
    {
        Label, ///< "error:", also at the end of a name, and ERROR as a word in capitals
        Word, ///< as a word in any case, unless nothing did: "0 failed"
    };

    std::string_view word; ///< in lower case
    Rule rule;
};

constexpr std::array<ErrorWord, 4> kErrorWords{{{"error", ErrorWord::Rule::Label},
                                                {"fatal", ErrorWord::Rule::Label},
                                                {"panic", ErrorWord::Rule::Label},
                                                {"failed", ErrorWord::Rule::Word}}};
constexpr qsizetype kLongestWord = 6;

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

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isError(QByteArrayView bytes, qsizetype at, const ErrorWord &known)
{
    const auto size = static_cast<qsizetype>(known.word.size());
    const char after = byteAt(bytes, at + size);
    const bool isWhole = !isWord(byteAt(bytes, at - 1)) && !isWord(after);
    if (known.rule == ErrorWord::Rule::Word)
        return isWhole && !followsZero(bytes, at);
    const QByteArrayView found = bytes.sliced(at, size);
    return after == ':' || (isWhole && std::all_of(found.begin(), found.end(), isCapital));
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
{
    for (const ErrorWord &known : kErrorWords)
        m_words.emplace_back(
            QByteArray(known.word.data(), static_cast<qsizetype>(known.word.size())),
            Qt::CaseInsensitive);
}

/// Window by window, so that a word that is everywhere does not have the others looked for to the
/// end each time.
qsizetype ErrorMatcher::find(QByteArrayView bytes, qsizetype from) const
{
    for (qsizetype at = std::max<qsizetype>(from, 0); at < bytes.size(); at += kWindow) {
        const QByteArrayView window = bytes.first(std::min(bytes.size(), at + kWindow + reach()));
        qsizetype first = window.size();
        for (size_t index = 0; index < m_words.size(); ++index) {
            qsizetype found = m_words[index].find(window, at);
            while (found >= 0 && found < first && !isError(bytes, found, kErrorWords[index]))
                found = m_words[index].find(window, found + 1);
            if (found >= 0)
                first = std::min(first, found);
        }
        if (first < window.size())
            return first;
    }
    return -1;
}

qsizetype ErrorMatcher::reach() const
{
    return kLongestWord + 2 * kContext;
}

} // namespace runsheet
