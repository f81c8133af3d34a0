// SPDX-License-Identifier: Apache-2.0
// How each kind of block looks on a page.
#include "record/pdfpages.h"

#include "report/chartsvg.h"
#include "theme.h"

#include <QPdfWriter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr double kPadding = 5; // above and below the text of a row
constexpr double kCardPadding = 13;
constexpr double kGutter = 10; // between columns
constexpr double kHeadingSpace = 30; // around a heading
constexpr double kSomeLines = 60; // of what follows a heading
constexpr double kPartGap = 0.5; // between the parts of the statement, of a line
constexpr double kFactNames = 98; // width of the names in the box of facts

QList<double> columnsOf(const QList<int> &percents, double width)
{
    QList<double> columns;
    for (const int percent : percents)
        columns += width * percent / 100;
    return columns;
}

} // namespace

void PdfPages::operator()(const TitleBlock &block)
{
    const double chipTop = m_y;
    const double end = drawChip(0, chipTop, block.environment, font(1, QFont::Bold),
                                lightTheme().band(block.colour), lightTheme().bandText, 3);
    const QColor ground = block.headlineTone == Tone::Ok ? lightTheme().okGround
        : block.headlineTone == Tone::Bad                ? lightTheme().badGround
                                                         : lightTheme().warningGround;
    drawChip(end + 12, chipTop, block.headline, font(1, QFont::Medium), ground,
             colourOf(block.headlineTone), 11);
    const double width = QFontMetricsF(font(1), &m_writer).horizontalAdvance(block.runName);
    drawText(m_width - width, chipTop + 4.5, {block.runName, font(1), colourOf(Tone::Dim)});
    m_y += lineHeight(font(1)) + 18;
    addLines(layOut(block.title, font(1.9, QFont::DemiBold), colourOf(Tone::Plain), m_width), 0);
    addLines(layOut(block.subtitle, font(1.04), colourOf(Tone::Dim), m_width), 0);
    m_y += 12;
}

void PdfPages::operator()(const HeadingBlock &block)
{
    const bool isMain = block.level == 1;
    const QFont headingFont = isMain ? font(1.22, QFont::DemiBold) : font(1, QFont::DemiBold);
    // A heading alone at the foot of a page helps nobody.
    needSpace(lineHeight(headingFont) + kHeadingSpace + m_keepBelowHeading);
    if (m_y > 0)
        m_y += isMain ? 20 : 12;
    addLines(layOut(block.text, headingFont, colourOf(Tone::Plain), m_width), 0);
    m_y += 4;
    if (isMain) {
        drawRule(m_y);
        m_y += 6;
    }
}

void PdfPages::operator()(const ParagraphBlock &block)
{
    addLines(layOut(block.content, m_width), 0);
    m_y += 3;
}

void PdfPages::operator()(const FactsBlock &block)
{
    const double half = (m_width - 3 * kCardPadding) / 2;
    const double top = m_y;
    m_y += kCardPadding;
    for (qsizetype i = 0; i < block.facts.size(); i += 2) {
        double height = 0;
        for (qsizetype j = i; j < std::min(i + 2, block.facts.size()); ++j) {
            const double left = kCardPadding + (j == i ? 0 : half + kCardPadding);
            const auto &[name, value] = block.facts.at(j);
            double y = m_y;
            for (const TextLine &line :
                 layOut(name, font(1), colourOf(Tone::Dim), kFactNames - kGutter)) {
                drawText(left, y, line);
                y += lineHeight(line.font);
            }
            height = std::max(height, y - m_y);
            y = m_y;
            for (const TextLine &line : layOut(value, half - kFactNames)) {
                drawText(left + kFactNames, y, line);
                y += lineHeight(line.font);
            }
            height = std::max(height, y - m_y);
        }
        m_y += height + 5;
    }
    m_y += kCardPadding - 5;
    drawBox(top, m_y);
}

void PdfPages::addTableHeader(const TableBlock &block, const QList<double> &columns)
{
    double x = 0;
    m_y += kPadding;
    for (qsizetype i = 0; i < block.headers.size(); ++i) {
        drawText(x, m_y,
                 {block.headers.at(i).toUpper(), font(0.84, QFont::DemiBold), colourOf(Tone::Dim)});
        x += columns.at(i);
    }
    m_y += lineHeight(font(0.84)) + kPadding;
    drawRule(m_y);
}

void PdfPages::operator()(const TableBlock &block)
{
    const QList<double> columns = columnsOf(block.widths, m_width);
    needSpace(70);
    addTableHeader(block, columns);
    for (const QList<Cell> &row : block.rows) {
        QList<TextLines> cells;
        double height = 2 * kPadding;
        for (qsizetype i = 0; i < row.size(); ++i) {
            cells += layOut(row.at(i), columns.at(i) - kGutter);
            double cellHeight = 2 * kPadding;
            for (const TextLine &line : cells.constLast())
                cellHeight += lineHeight(line.font);
            height = std::max(height, cellHeight);
        }
        if (height > spaceLeft() && height < m_bottom / 2) {
            newPage();
            addTableHeader(block, columns);
        }
        addRow(cells, columns);
    }
}

/// Line by line, so that a row higher than the page goes on with the next.
void PdfPages::addRow(const QList<TextLines> &cells, const QList<double> &columns)
{
    qsizetype lines = 1;
    for (const TextLines &cell : cells)
        lines = std::max(lines, cell.size());
    m_y += kPadding;
    for (qsizetype i = 0; i < lines; ++i) {
        double height = lineHeight(font(1));
        needSpace(height);
        double x = 0;
        for (qsizetype j = 0; j < cells.size(); ++j) {
            if (i < cells.at(j).size()) {
                drawText(x, m_y, cells.at(j).at(i));
                height = std::max(height, lineHeight(cells.at(j).at(i).font));
            }
            x += columns.at(j);
        }
        m_y += height;
    }
    m_y += kPadding;
    drawRule(m_y);
}

void PdfPages::operator()(const CodeBlock &block)
{
    const QFont mono = monoFont();
    const double height = lineHeight(mono);
    TextLines lines;
    for (const QString &line : block.lines)
        lines +=
            layOut(line, mono, block.isOutput ? QColor(0x3a, 0x43, 0x4c) : colourOf(Tone::Plain),
                   m_width - 2 * kCardPadding);
    m_y += 4;
    for (const TextLine &line : lines) {
        needSpace(height);
        if (block.isOutput) {
            m_painter.setPen(QPen(lightTheme().line, 2));
            m_painter.drawLine(QPointF(1, m_y), QPointF(1, m_y + height));
        } else {
            m_painter.fillRect(QRectF(0, m_y, m_width, height + 0.5), QColor(0xf4, 0xf5, 0xf7));
        }
        drawText(kCardPadding, m_y, line);
        m_y += height;
    }
    m_y += 4;
}

namespace
{

/// In the chart's own coordinates; the painter is scaled to them.
void paintChart(QPainter &painter, const ChartDrawing &drawing, QFont font)
{
    painter.setPen(Qt::NoPen);
    for (const ChartDrawing::Band &band : drawing.bands)
        painter.fillRect(band.area, QColor(band.colour));
    painter.setBrush(Qt::NoBrush);
    for (const ChartDrawing::Line &line : drawing.lines) {
        QPen pen(QColor(line.colour), line.width);
        if (!line.dashes.isEmpty()) {
            QList<qreal> inWidths; // Qt counts dashes in pen widths
            for (const double dash : line.dashes)
                inWidths += dash / line.width;
            pen.setDashPattern(inWidths);
            pen.setCapStyle(Qt::FlatCap);
        }
        painter.setPen(pen);
        painter.drawPolyline(QPolygonF(line.points));
    }
    for (const ChartDrawing::Text &text : drawing.texts) {
        font.setWeight(text.strong ? QFont::DemiBold : QFont::Normal);
        painter.setFont(font);
        painter.setPen(QColor(text.colour));
        const double width = QFontMetricsF(font, painter.device()).horizontalAdvance(text.text);
        const double share = text.anchor == ChartDrawing::Text::Anchor::Start ? 0
            : text.anchor == ChartDrawing::Text::Anchor::Middle               ? 0.5
                                                                              : 1;
        painter.drawText(text.baseline - QPointF(width * share, 0), text.text);
    }
}

} // namespace

void PdfPages::operator()(const ChartBlock &block)
{
    const double height = m_width * kChartHeight / kChartWidth;
    needSpace(height);
    m_painter.save();
    m_painter.translate(0, m_y);
    m_painter.scale(m_width / kChartWidth, m_width / kChartWidth);
    paintChart(m_painter, drawChart(block.chart), font(kChartFontSize / kBodySize));
    m_painter.restore();
    m_y += height + 4;
}

PdfPages::TextLines PdfPages::statementLines(const StatementBlock &block) const
{
    const double width = m_width - 2 * kCardPadding;
    TextLines lines;
    for (const auto &[name, sentences] : block.parts) {
        if (sentences.isEmpty())
            continue;
        lines += layOut(name, font(1, QFont::DemiBold), colourOf(Tone::Plain), width);
        for (const QString &sentence : sentences)
            lines += layOut(sentence, font(1), colourOf(Tone::Plain), width);
        lines += TextLine{QString(), font(kPartGap), colourOf(Tone::Plain)};
    }
    for (const QString &command : block.commands)
        lines += layOut(command, monoFont(), colourOf(Tone::Plain), width);
    return lines;
}

void PdfPages::operator()(const StatementBlock &block)
{
    const TextLines lines = statementLines(block);
    const double top = m_y;
    const int page = m_page;
    m_y += kCardPadding;
    addLines(lines, kCardPadding);
    m_y += kCardPadding;
    if (page == m_page)
        drawBox(top, m_y);
}

/// What must stand on one page with the heading above it.
double PdfPages::heightToKeep(const Block &block) const
{
    if (std::holds_alternative<ChartBlock>(block))
        return m_width * kChartHeight / kChartWidth;
    const auto *statement = std::get_if<StatementBlock>(&block);
    if (statement == nullptr)
        return kSomeLines;
    double height = 2 * kCardPadding;
    for (const TextLine &line : statementLines(*statement))
        height += lineHeight(line.font);
    return height < m_bottom / 2 ? height : kSomeLines;
}

} // namespace runsheet
