// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/linedecoder.h"

#include <vector>

namespace runsheet
{

/// One line of a terminal without width limit: cells that a cursor writes and overwrites.
class TerminalLine
{
public:
    void put(char32_t character, const TextStyle &style);
    void put(QStringView text, const TextStyle &style);
    void carriageReturn() { m_cursor = 0; }
    void backspace() { m_cursor -= m_cursor > 0 ? 1 : 0; }
    void tab();
    void moveTo(qint64 column); ///< from 0, kept within kShownLineBytes
    void moveBy(qint64 columns) { moveTo(static_cast<qint64>(m_cursor) + columns); }
    /// ECMA-48 EL: 0 from the cursor on, 1 up to the cursor, 2 all.
    void erase(int which);

    /// Text and runs; blanks that were only skipped over at the end are left out.
    void writeTo(DecodedLine &line) const;

private:
    struct Cell
    {
        char32_t character = U' ';
        TextStyle style;
    };

    std::vector<Cell> m_cells;
    size_t m_cursor = 0;
};

} // namespace runsheet
