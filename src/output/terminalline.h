// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/linedecoder.h"

#include <map>
#include <vector>

namespace runsheet
{

/// One line of a terminal without width limit: cells that a cursor writes and overwrites.
class TerminalLine
{
public:
    void put(char32_t character, const TextStyle &style);
    void put(QStringView text, const TextStyle &style);
    /// Says something at the cursor that is not the program's text and takes no cell: it stands
    /// before the next character there, until the cursor comes back and writes over it.
    void note(const QString &text);
    void carriageReturn() { moveTo(0); }
    void backspace() { moveBy(-1); }
    void tab();
    /// From 0. Kept within kShownLineBytes, or a tab stop behind what is written, where that is
    /// more.
    void moveTo(qint64 column);
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

    struct Note
    {
        QString text;
        size_t visit = 0;
    };

    void overwriteNotes();

    std::vector<Cell> m_cells;
    std::multimap<size_t, Note> m_notes; ///< by column
    size_t m_cursor = 0;
    size_t m_visit = 0; ///< how often the cursor was moved, other than by writing
};

} // namespace runsheet
