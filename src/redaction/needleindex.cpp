// SPDX-License-Identifier: Apache-2.0
#include "redaction/needleindex.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace runsheet::redaction
{

namespace
{

constexpr size_t kGroup = 4;
constexpr size_t kStride = kShortestSecret - kGroup + 1;
constexpr unsigned int kHashBits = 16;

uint32_t groupAt(const char *characters)
{
    uint32_t group = 0;
    std::memcpy(&group, characters, kGroup);
    return group;
}

uint32_t hashOf(uint32_t group)
{
    return group * 2'654'435'761U >> (32 - kHashBits); // Knuth's multiplicative hash
}

} // namespace

NeedleIndex::NeedleIndex(const std::vector<Secret> &secrets)
    : m_filter((size_t{1} << kHashBits) / 64)
{
    for (size_t i = 0; i < secrets.size(); ++i) {
        for (std::string &form : secretForms(secrets[i].value))
            m_needles.push_back({.text = std::move(form), .secret = i});
    }
    std::ranges::sort(m_needles, {}, &Needle::text);
    for (uint32_t i = 0; i < m_needles.size(); ++i)
        addGroups(i);
    sortGroups();
}

void NeedleIndex::addGroups(uint32_t number)
{
    const std::string &text = m_needles[number].text;
    for (uint32_t offset = 0; offset < kStride; ++offset) {
        const uint32_t characters = groupAt(text.data() + offset);
        m_groups.push_back({.characters = characters, .needle = number, .offset = offset});
        m_filter[hashOf(characters) / 64] |= uint64_t{1} << hashOf(characters) % 64;
    }
    m_longest = std::max(m_longest, text.size());
}

void NeedleIndex::sortGroups()
{
    m_starts.resize((size_t{1} << kHashBits) + 1);
    const auto hash = [](const Group &group) { return hashOf(group.characters); };
    std::ranges::sort(m_groups, {}, hash);
    for (const Group &group : m_groups)
        ++m_starts[hash(group) + 1];
    std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
}

bool NeedleIndex::mayHold(uint32_t characters) const
{
    const uint32_t hash = hashOf(characters);
    return (m_filter[hash / 64] >> hash % 64 & 1) != 0;
}

template <typename Visit>
void NeedleIndex::visitGroups(uint32_t characters, const Visit &visit) const
{
    if (!mayHold(characters))
        return;
    const uint32_t hash = hashOf(characters);
    for (uint32_t i = m_starts[hash]; i < m_starts[hash + 1]; ++i) {
        if (m_groups[i].characters == characters)
            visit(m_groups[i]);
    }
}

NeedleIndex::Findings NeedleIndex::look(std::string_view plain) const
{
    Findings found{.matches = {}, .open = plain.size(), .telling = plain.size()};
    if (isEmpty())
        return found;
    for (size_t at = 0; at + kGroup <= plain.size(); at += kStride) {
        visitGroups(groupAt(plain.data() + at), [&](const Group &group) {
            if (group.offset <= at)
                compare(plain, at - group.offset, m_needles[group.needle], found);
        });
    }
    lookAtTheEnd(plain, found);
    return found;
}

/// The needle and what stands from `begin` on, as far as both go.
void NeedleIndex::compare(std::string_view plain, size_t begin, const Needle &needle,
                          Findings &found) const
{
    const std::string_view text = plain.substr(begin, needle.text.size());
    if (!needle.text.starts_with(text))
        return;
    if (text.size() == needle.text.size()) {
        found.matches.push_back({begin, begin + text.size(), needle.secret});
        return;
    }
    found.open = std::min(found.open, begin);
    if (text.size() * 4 > needle.text.size())
        found.telling = std::min(found.telling, begin);
}

/// Beginnings of needles too short to be found by their groups.
void NeedleIndex::lookAtTheEnd(std::string_view plain, Findings &found) const
{
    const size_t from = plain.size() - std::min(plain.size(), kShortestSecret - 1);
    for (size_t begin = from; begin < plain.size(); ++begin) {
        const auto text = [](const Needle &needle) { return std::string_view(needle.text); };
        auto needle = std::ranges::lower_bound(m_needles, plain.substr(begin, 1), {}, text);
        for (; needle != m_needles.end() && needle->text.front() == plain[begin]; ++needle)
            compare(plain, begin, *needle, found);
    }
}

} // namespace runsheet::redaction
