// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <optional>
#include <vector>

namespace runsheet
{

/// The numbers of the lines that a search has found, in order.
class FoundLines
{
public:
    static constexpr size_t kMost = 1'000'000;

    [[nodiscard]] qint64 count() const { return static_cast<qint64>(m_lines.size()); }
    [[nodiscard]] bool isCapped() const { return m_lines.size() >= kMost; }
    [[nodiscard]] qint64 lineAt(qint64 match) const; ///< match from 0
    /// Place in the list of the first match after, or the last before, the line. No wrapping.
    [[nodiscard]] std::optional<qint64> firstAfter(qint64 line) const;
    [[nodiscard]] std::optional<qint64> lastBefore(qint64 line) const;

    /// A line that is not beyond the last one is there already.
    void append(qint64 line);
    void remove(qint64 line); ///< where it is the last one
    void clear();

    /// How to bring a copy up to date.
    struct Change
    {
        size_t kept = 0; ///< lines at the beginning that stay
        std::vector<quint32> added;

        [[nodiscard]] bool isEmptyFor(qint64 count) const;
    };
    /// Since the last call.
    [[nodiscard]] Change takeChange();
    void apply(const Change &change);

private:
    std::vector<quint32> m_lines;
    size_t m_told = 0; // of them a copy knows
};

} // namespace runsheet
