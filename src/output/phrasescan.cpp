// SPDX-License-Identifier: Apache-2.0
#include "output/phrasescan.h"

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr qsizetype kLongestLine = 300;

QByteArray anchorOf(const QStringList &phrase)
{
    QByteArray anchor = phrase.constFirst().toUtf8();
    std::ranges::transform(anchor, anchor.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return anchor;
}

QList<QByteArray> anchorsOf(const QList<QStringList> &phrases)
{
    QList<QByteArray> anchors;
    for (const QStringList &phrase : phrases) {
        if (!phrase.isEmpty() && !anchors.contains(anchorOf(phrase)))
            anchors += anchorOf(phrase);
    }
    return anchors;
}

bool stands(const QStringList &phrase, const QString &line)
{
    qsizetype from = 0;
    for (const QString &part : phrase) {
        const qsizetype at = line.indexOf(part, from, Qt::CaseInsensitive);
        if (at < 0)
            return false;
        from = at + part.size();
    }
    return !phrase.isEmpty();
}

} // namespace

PhraseScan::PhraseScan(QList<QStringList> phrases)
    : m_phrases(std::move(phrases))
    , m_lines(anchorsOf(m_phrases))
{
}

void PhraseScan::add(QByteArrayView bytes)
{
    m_lines.add(bytes, [this](const QString &line) { readLine(line); });
}

void PhraseScan::readLine(const QString &line)
{
    for (qsizetype phrase = 0; phrase < m_phrases.size(); ++phrase) {
        if (std::ranges::find(m_hits, phrase, &Hit::phrase) == m_hits.end()
            && stands(m_phrases.at(phrase), line))
            m_hits.append({.phrase = phrase, .line = line.trimmed().left(kLongestLine)});
    }
}

} // namespace runsheet
