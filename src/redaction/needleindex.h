// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "redaction/secretforms.h"

#include <cstdint>

namespace runsheet::redaction
{

/// Finds many needles at once, in one pass over a text and without looking at most of it: a needle
/// has eight characters or more, so one of its first five groups of four stands at every fifth
/// place of the text.
class NeedleIndex
{
public:
    /// Secrets that cannot be masked are left out.
    explicit NeedleIndex(const std::vector<Secret> &secrets);

    struct Match
    {
        size_t begin = 0;
        size_t end = 0;
        size_t secret = 0; ///< its number

        bool operator==(const Match &) const = default;
    };
    struct Findings
    {
        std::vector<Match> matches; ///< overlapping ones too, in no order
        /// From where on the end of the text is the beginning of a needle; its size when it is
        /// none.
        size_t open = 0;
        /// The same for more than a quarter of a needle, which nothing else is likely to be.
        size_t telling = 0;
    };

    [[nodiscard]] bool isEmpty() const { return m_needles.empty(); }
    [[nodiscard]] size_t longest() const { return m_longest; }
    /// The text is reduced as the needles are.
    [[nodiscard]] Findings look(std::string_view plain) const;

private:
    struct Needle
    {
        std::string text;
        size_t secret = 0;
    };
    /// One of the first groups of a needle.
    struct Group
    {
        uint32_t characters = 0;
        uint32_t needle = 0;
        uint32_t offset = 0;
    };

    void addGroups(uint32_t number);
    void sortGroups();
    [[nodiscard]] bool mayHold(uint32_t characters) const;
    template <typename Visit>
    void visitGroups(uint32_t characters, const Visit &visit) const;
    void compare(std::string_view plain, size_t begin, const Needle &needle, Findings &found) const;
    void lookAtTheEnd(std::string_view plain, Findings &found) const;

    std::vector<Needle> m_needles; ///< sorted by their text
    std::vector<Group> m_groups; ///< sorted by the hash of their characters
    std::vector<uint32_t> m_starts; ///< where in m_groups each hash begins
    std::vector<uint64_t> m_filter; ///< a bit for each hash of a group
    size_t m_longest = 0;
};

} // namespace runsheet::redaction
