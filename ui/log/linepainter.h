// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/ansicolours.h"
#include "output/linedecoder.h"
#include "output/logquery.h"
#include "output/textcolumns.h"

#include <QFont>
#include <QList>

#include <array>

class QPainter;

namespace runsheet
{

/// A line ready to be painted.
struct ShownLine
{
    DecodedLine decoded;
    TextColumns columns;
    bool isError = false; ///< marked in the margin
};

/// What lies over a line besides its own look.
struct LineMarks
{
    TextSpan selection;
    bool selectionGoesOn = false; ///< into the next line
    QList<TextSpan> matches; ///< of the search, in order
    bool isCurrent = false; ///< the line that was jumped to
};

/// Paints lines of fixed-width text. Every character sits on its column, also those that another
/// font has to lend, so that tables and frames stay straight. Costs what is visible of the line.
class LinePainter
{
public:
    LinePainter(const QFont &font, const Theme &theme);

    [[nodiscard]] int lineHeight() const { return m_lineHeight; }
    [[nodiscard]] qreal columnWidth() const { return m_columnWidth; }
    [[nodiscard]] const AnsiColours &colours() const { return m_colours; }

    /// Paints the columns from firstColumn on into the area, which is one line high.
    void paint(QPainter &painter, const QRectF &area, int firstColumn, const ShownLine &line,
               const LineMarks &marks);

    /// Cuts the text where the look changes: ends of the pieces, in order.
    [[nodiscard]] static QList<qsizetype> cuts(const ShownLine &line, const LineMarks &marks,
                                               TextSpan visible);

    /// What is drawn in one go from start on: as many plain characters as there are, or one with
    /// its combining marks.
    [[nodiscard]] static qsizetype clusterLength(QStringView text, qsizetype start);

private:
    void paintPiece(QPainter &painter, const QRectF &box, QStringView text, qsizetype start,
                    const ShownLine &line, const LineMarks &marks);
    void paintText(QPainter &painter, const QRectF &box, QStringView text);
    [[nodiscard]] const QFont &fontFor(const TextStyle &style) const;
    void paintControl(QPainter &painter, const QRectF &cell, QChar picture);

    AnsiColours m_colours;
    /// One for each mixture of bold, italic, underlined and struck: making one is dear.
    std::array<QFont, 16> m_fonts;
    qreal m_columnWidth = 1;
    int m_lineHeight = 1;
    int m_ascent = 0;
};

} // namespace runsheet
