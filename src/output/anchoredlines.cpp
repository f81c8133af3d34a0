// SPDX-License-Identifier: Apache-2.0
#include "output/anchoredlines.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kLongestLine = 4'096; ///< what matters stands in front

QStringList plainLines(QByteArrayView bytes)
{
    static const QRegularExpression kToFirstColumn(u"\\x1b\\[1?G|\\r"_s);
    static const QRegularExpression kEscape(
        u"\\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)|[@-Z\\\\-_])"_s);
    QString text = QString::fromUtf8(bytes.first(std::min(bytes.size(), kLongestLine)));
    if (!text.contains(u'\x1b') && !text.contains(u'\r'))
        return {text};
    text.replace(kToFirstColumn, u"\n"_s);
    text.remove(kEscape);
    return text.split(u'\n', Qt::SkipEmptyParts);
}

/// How many bytes at the start set a colour or the like: "\x1b[1;31m".
qsizetype colourLength(QByteArrayView bytes)
{
    if (!bytes.startsWith("\x1b["))
        return 0;
    const auto *const end = std::find_if(bytes.begin() + 2, bytes.end(), [](char c) {
        return (c < '0' || c > '9') && c != ';' && c != ':';
    });
    return end != bytes.end() && *end == 'm' ? end - bytes.begin() + 1 : 0;
}

/// A colour may end within a word that is looked for, such as "error" and its colon.
QByteArray withoutColours(QByteArrayView bytes)
{
    QByteArray plain(bytes.size(), Qt::Uninitialized);
    char *out = plain.data();
    while (!bytes.isEmpty()) {
        const qsizetype colour = colourLength(bytes);
        bytes = bytes.sliced(colour);
        const qsizetype escape = bytes.indexOf('\x1b', colour > 0 ? 0 : 1);
        const QByteArrayView text = bytes.first(escape < 0 ? bytes.size() : escape);
        out = std::copy(text.begin(), text.end(), out);
        bytes = bytes.sliced(text.size());
    }
    plain.truncate(out - plain.constData());
    return plain;
}

} // namespace

AnchoredLines::AnchoredLines(const QList<QByteArray> &words)
{
    if (!words.isEmpty())
        m_words.emplace(words);
}

void AnchoredLines::add(QByteArrayView bytes, const Take &take)
{
    const qsizetype lastEnd = bytes.lastIndexOf('\n');
    if (lastEnd < 0) {
        m_rest.append(bytes.first(std::min(bytes.size(), kLongestLine)));
        if (m_rest.size() > 2 * kLongestLine)
            m_rest.truncate(kLongestLine); // a progress line that never ends says nothing new
        return;
    }
    const qsizetype firstEnd = bytes.indexOf('\n');
    m_rest.append(bytes.first(std::min(firstEnd, kLongestLine)));
    readLines(m_rest, take);
    readLines(bytes.sliced(firstEnd + 1, lastEnd - firstEnd), take);
    const QByteArrayView rest = bytes.sliced(lastEnd + 1);
    m_rest = rest.first(std::min(rest.size(), kLongestLine)).toByteArray();
}

void AnchoredLines::readRest(const Take &take) const
{
    readLines(m_rest, take);
}

void AnchoredLines::readLines(QByteArrayView bytes, const Take &take) const
{
    if (bytes.contains('\x1b'))
        readPlainLines(withoutColours(bytes), take);
    else
        readPlainLines(bytes, take);
}

void AnchoredLines::readPlainLines(QByteArrayView lines, const Take &take) const
{
    for (qsizetype from = 0; m_words && from < lines.size();) {
        const PatternSet::Match match = m_words->find(lines, from);
        if (match.at < 0)
            return;
        const qsizetype begin = match.at == 0 ? 0 : lines.lastIndexOf('\n', match.at - 1) + 1;
        const qsizetype newline = lines.indexOf('\n', match.at);
        const qsizetype end = newline < 0 ? lines.size() : newline;
        for (const QString &line : plainLines(lines.sliced(begin, end - begin)))
            take(line);
        from = end + 1;
    }
}

} // namespace runsheet
