// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace runsheet
{

/// Terminal columns a character takes: 0 for combining marks, 2 for East Asian wide characters and
/// emoji, else 1.
[[nodiscard]] int columnsOf(char32_t character);

/// Translates between places in a string and columns of a fixed-width line.
class TextColumns
{
public:
    TextColumns() = default;
    explicit TextColumns(const QString &text);

    [[nodiscard]] int count() const { return m_count; }
    /// Column where the UTF-16 unit at index starts; index = length gives count().
    [[nodiscard]] int columnOf(qsizetype index) const;
    /// The character that covers the column; the length of the text beyond its end.
    [[nodiscard]] qsizetype indexAt(int column) const;

private:
    std::vector<int> m_starts; // column of each UTF-16 unit; empty when both are the same
    int m_count = 0;
};

} // namespace runsheet
