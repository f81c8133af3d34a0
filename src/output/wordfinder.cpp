// SPDX-License-Identifier: Apache-2.0
#include "output/wordfinder.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace runsheet
{

namespace
{

constexpr qsizetype kBlock = 64;
// The commonest bytes of logs of migration tools, commonest first; all others are rarer.
constexpr std::string_view kCommon =
    " 0eta1oinsr2l:dc-3m.up5649_78hfg\n/'\"=bwTy,()kv[]ISE|RAxOCNL";

size_t rarity(char c)
{
    return std::min(kCommon.find(c), kCommon.size());
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

} // namespace

WordFinder::WordFinder(const QByteArray &word, Qt::CaseSensitivity caseSensitivity)
    : m_word(caseSensitivity == Qt::CaseSensitive ? word : word.toLower())
    , m_anyCase(caseSensitivity == Qt::CaseInsensitive)
{
    qsizetype rarest = 0;
    for (qsizetype at = 1; at < m_word.size(); ++at)
        if (rarity(m_word[at]) > rarity(m_word[rarest]))
            rarest = at;
    qsizetype next = rarest == 0 ? m_word.size() - 1 : 0;
    for (qsizetype at = 0; at < m_word.size(); ++at)
        if (at != rarest && rarity(m_word[at]) > rarity(m_word[next]))
            next = at;
    m_rarest = letterAt(rarest);
    m_next = letterAt(next);
}

WordFinder::Letter WordFinder::letterAt(qsizetype place) const
{
    const char c = m_word[place];
    const quint8 mask = m_anyCase && isLetter(c) ? 0x20 : 0;
    return {place, mask, static_cast<quint8>(c)};
}

bool WordFinder::standsAt(const char *place) const
{
    if (!m_anyCase)
        return std::equal(m_word.begin(), m_word.end(), place);
    return std::equal(m_word.begin(), m_word.end(), place,
                      [](char wanted, char found) { return wanted == folded(found); });
}

qsizetype WordFinder::find(QByteArrayView bytes, qsizetype from) const
{
    const qsizetype last = bytes.size() - m_word.size();
    qsizetype at = from;
    for (; at + kBlock <= last + 1; at += kBlock) {
        const qsizetype found = findInBlock(bytes.data() + at);
        if (found >= 0)
            return at + found;
    }
    for (; at <= last; ++at)
        if (standsAt(bytes.data() + at))
            return at;
    return -1;
}

/// Where the word starts in the kBlock places from `block` on, or -1.
qsizetype WordFinder::findInBlock(const char *block) const
{
    const char *const first = block + m_rarest.place;
    const char *const next = block + m_next.place;
    // Copies: through `this` the compiler would have to read them anew for each place.
    const Letter rarest = m_rarest;
    const Letter other = m_next;
    const auto differs = [=](qsizetype lane) { // 0 where both letters stand
        const auto a = static_cast<quint8>(static_cast<quint8>(first[lane]) | rarest.mask);
        const auto b = static_cast<quint8>(static_cast<quint8>(next[lane]) | other.mask);
        return static_cast<quint8>((a ^ rarest.value) | (b ^ other.value));
    };
    quint8 least = 0xff;
    for (qsizetype lane = 0; lane < kBlock; ++lane)
        least = std::min(least, differs(lane));
    if (least != 0)
        return -1;
    std::array<quint8, kBlock> both;
    for (qsizetype lane = 0; lane < kBlock; ++lane)
        both[static_cast<size_t>(lane)] = differs(lane);
    const QByteArrayView lanes(both.data(), kBlock);
    for (qsizetype lane = lanes.indexOf('\0'); lane >= 0; lane = lanes.indexOf('\0', lane + 1))
        if (standsAt(block + lane))
            return lane;
    return -1;
}

} // namespace runsheet
