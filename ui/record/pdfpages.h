// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/document.h"

#include <QFont>
#include <QList>
#include <QPainter>

class QPdfWriter;

namespace runsheet
{

/// Fills pages from top to bottom. Made once to count the pages and once to draw them: without a
/// total nothing is drawn, everything else is the same.
class PdfPages
{
public:
    /// A painter of its own is opened on the writer for the time this object lives.
    PdfPages(QPdfWriter &writer, const Document &document, int totalPages);

    void addBlocks();
    [[nodiscard]] int pages() const { return m_page; }

    void operator()(const TitleBlock &block);
    void operator()(const HeadingBlock &block);
    void operator()(const ParagraphBlock &block);
    void operator()(const FactsBlock &block);
    void operator()(const TableBlock &block);
    void operator()(const CodeBlock &block);
    void operator()(const ChartBlock &block);
    void operator()(const StatementBlock &block);

private:
    static constexpr double kBodySize = 11.5; ///< of the font, in device pixels

    struct TextLine
    {
        QString text;
        QFont font;
        QColor colour;
    };
    using TextLines = QList<TextLine>;

    [[nodiscard]] QFont font(double scale, QFont::Weight weight = QFont::Normal) const;
    [[nodiscard]] QFont monoFont() const;
    [[nodiscard]] static QColor colourOf(Tone tone);
    [[nodiscard]] double lineHeight(const QFont &font) const;
    /// Breaks text into lines no wider than `width`, at words where it can.
    [[nodiscard]] TextLines layOut(const QString &text, const QFont &font, const QColor &colour,
                                   double width) const;
    [[nodiscard]] TextLines layOut(const Cell &cell, double width) const;

    [[nodiscard]] TextLines statementLines(const StatementBlock &block) const;
    [[nodiscard]] double heightToKeep(const Block &block) const;

    [[nodiscard]] double spaceLeft() const;
    void needSpace(double height);
    void newPage();
    void drawFrame();
    void drawText(double x, double y, const TextLine &line);
    void drawRule(double y);
    void drawBox(double top, double bottom);
    double drawChip(double x, double y, const QString &text, const QFont &font,
                    const QColor &ground, const QColor &ink, double radius);
    void addLines(const TextLines &lines, double indent);
    void addRow(const QList<TextLines> &cells, const QList<double> &columns);
    void addTableHeader(const TableBlock &block, const QList<double> &columns);

    QPdfWriter &m_writer;
    const Document &m_document;
    QPainter m_painter;
    double m_width = 0; ///< of the page's content, in device pixels
    double m_bottom = 0; ///< where the footer begins
    double m_y = 0;
    double m_keepBelowHeading = 0; ///< of the block after the one being added
    int m_page = 1;
    int m_total = 0;
};

} // namespace runsheet
