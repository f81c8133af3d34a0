// SPDX-License-Identifier: Apache-2.0
#include "output/linematcher.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace runsheet
{

namespace
{

constexpr qsizetype kContext = 4; // bytes before and after a word that decide whether it counts
constexpr qsizetype kWindow = 4096;

/// What makes a line one that reports a failure.
struct ErrorWord
{
    enum class Rule
    {
        Label, ///< "error:", also at the end of a name, and ERROR as a word in capitals
        Word, ///< as a word in any case
        Beginning, ///< at the beginning of a word in any case
    };

    std::string_view word; ///< in lower case
    Rule rule;
};

constexpr std::array<ErrorWord, 5> kErrorWords{{{"error", ErrorWord::Rule::Label},
                                                {"fatal", ErrorWord::Rule::Label},
                                                {"panic", ErrorWord::Rule::Label},
                                                {"failed", ErrorWord::Rule::Word},
                                                {"npm err", ErrorWord::Rule::Beginning}}};
/// What shells and programs say otherwise, in lower case. All of them are long, so that few bytes
/// are looked at.
constexpr std::array kErrorPhrases = std::to_array<std::string_view>(
    {"command not found", "permission denied", "segmentation fault", "exception in thread",
     "unable to locate package", "traceback (most recent call last)"});
constexpr size_t kLongestPhrase =
    std::ranges::max(kErrorPhrases, {}, &std::string_view::size).size();

QList<QByteArray> errorPhrases()
{
    QList<QByteArray> phrases;
    for (const std::string_view phrase : kErrorPhrases)
        phrases += QByteArray(phrase.data(), static_cast<qsizetype>(phrase.size()));
    return phrases;
}

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

/// "0 failed" and "no error:" tell of success, "10 failed" does not.
bool followsNone(QByteArrayView bytes, qsizetype at)
{
    if (byteAt(bytes, at - 1) != ' ')
        return false;
    if (byteAt(bytes, at - 2) == '0')
        return !isWord(byteAt(bytes, at - 3));
    return (byteAt(bytes, at - 2) | 0x20) == 'o' && (byteAt(bytes, at - 3) | 0x20) == 'n'
        && !isWord(byteAt(bytes, at - 4));
}

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/// "error TS2304"
bool hasNumber(QByteArrayView bytes, qsizetype after)
{
    const char digit = byteAt(bytes, after + 3);
    return byteAt(bytes, after) == ' ' && byteAt(bytes, after + 1) == 'T'
        && byteAt(bytes, after + 2) == 'S' && digit >= '0' && digit <= '9';
}

bool isError(QByteArrayView bytes, qsizetype at, const ErrorWord &known)
{
    if (followsNone(bytes, at))
        return false;
    const auto size = static_cast<qsizetype>(known.word.size());
    const char after = byteAt(bytes, at + size);
    const bool begins = !isWord(byteAt(bytes, at - 1));
    const bool isWhole = begins && !isWord(after);
    const QByteArrayView found = bytes.sliced(at, size);
    switch (known.rule) {
    case ErrorWord::Rule::Label:
        return after == ':' || hasNumber(bytes, at + size)
            || (isWhole && std::all_of(found.begin(), found.end(), isCapital));
    case ErrorWord::Rule::Word:
        return isWhole;
    case ErrorWord::Rule::Beginning:
        return begins;
    }
    return false;
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
    : m_phrases(errorPhrases())
{
    for (const ErrorWord &known : kErrorWords)
        m_words.emplace_back(
            QByteArray(known.word.data(), static_cast<qsizetype>(known.word.size())),
            Qt::CaseInsensitive);
}

/// Window by window, so that a word that is everywhere does not have the others looked for to the
/// end each time; behind the first one found none is looked for.
qsizetype ErrorMatcher::find(QByteArrayView bytes, qsizetype from) const
{
    for (qsizetype at = std::max<qsizetype>(from, 0); at < bytes.size(); at += kWindow) {
        const qsizetype end = std::min(bytes.size(), at + kWindow + reach());
        qsizetype first = end;
        const auto span = [&] { return Span{at, std::min(end, first + reach())}; };
        const auto take = [&](qsizetype found) {
            first = found < 0 ? first : std::min(first, found);
        };
        for (size_t index = 0; index < m_words.size(); ++index)
            take(findWord(index, bytes, span()));
        take(m_phrases.find(bytes.first(span().end), at).at);
        if (first < end)
            return first;
    }
    return -1;
}

/// What stands behind the span may decide too.
qsizetype ErrorMatcher::findWord(size_t index, QByteArrayView bytes, Span span) const
{
    const QByteArrayView window = bytes.first(span.end);
    qsizetype found = m_words[index].find(window, span.begin);
    while (found >= 0 && !isError(bytes, found, kErrorWords[index]))
        found = m_words[index].find(window, found + 1);
    return found;
}

qsizetype ErrorMatcher::reach() const
{
    return static_cast<qsizetype>(kLongestPhrase) + 2 * kContext;
}

} // namespace runsheet
