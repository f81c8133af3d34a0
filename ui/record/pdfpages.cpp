// SPDX-License-Identifier: Apache-2.0
#include "record/pdfpages.h"

#include "theme.h"

#include <QGuiApplication>
#include <QPdfWriter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

// Lengths in device pixels; the writer is set to 96 of them per inch.
constexpr double kFooter = 28;

/// Shapes as on paper, and no ligatures: a search in the PDF finds "notifications", and a hash with
/// "ff" in it reads as one. Qt before 6.7 switches them off only where letters are spaced; a step
/// of its 26.6 fixed point, the least that counts, is 1/64 of a pixel.
void makePrintable(QFont &font)
{
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 1.0 / 64);
}

} // namespace

PdfPages::PdfPages(QPdfWriter &writer, const Document &document, int totalPages)
    : m_writer(writer)
    , m_document(document)
    , m_painter(&writer)
    , m_width(writer.width())
    , m_bottom(writer.height() - kFooter)
    , m_total(totalPages)
{
    drawFrame();
}

void PdfPages::addBlocks()
{
    const QList<Block> &blocks = m_document.blocks;
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        m_keepBelowHeading = i + 1 < blocks.size() ? heightToKeep(blocks.at(i + 1)) : 0;
        std::visit(*this, blocks.at(i));
    }
}

QFont PdfPages::font(double scale, QFont::Weight weight) const
{
    QFont font = QGuiApplication::font();
    font.setPointSizeF(kBodySize * scale * 72 / 96);
    font.setWeight(weight);
    makePrintable(font);
    return font;
}

QFont PdfPages::monoFont() const
{
    // Not the desktop's fixed font: its theme may change while a worker thread draws.
    QFont font(u"monospace"_s);
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(kBodySize * 0.9 * 72 / 96);
    makePrintable(font);
    return font;
}

QColor PdfPages::colourOf(Tone tone)
{
    const Theme &theme = lightTheme();
    switch (tone) {
    case Tone::Dim:
        return theme.dim;
    case Tone::Ok:
        return theme.ok;
    case Tone::Warning:
        return theme.warning;
    case Tone::Bad:
        return theme.bad;
    case Tone::Plain:
    case Tone::Strong:
        break;
    }
    return theme.text;
}

double PdfPages::lineHeight(const QFont &font) const
{
    return QFontMetricsF(font, &m_writer).height() * 1.12;
}

PdfPages::TextLines PdfPages::layOut(const QString &text, const QFont &font, const QColor &colour,
                                     double width) const
{
    TextLines out;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    for (const QString &paragraph : text.split(u'\n')) {
        QTextLayout layout(paragraph, font, &m_writer);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            out += {paragraph.mid(line.textStart(), line.textLength()), font, colour};
        }
        layout.endLayout();
        if (paragraph.isEmpty())
            out += {QString(), font, colour};
    }
    return out;
}

PdfPages::TextLines PdfPages::layOut(const Cell &cell, double width) const
{
    if (cell.text.isEmpty())
        return {};
    const QFont chosen = cell.mono
        ? monoFont()
        : font(1, cell.tone == Tone::Strong ? QFont::DemiBold : QFont::Normal);
    return layOut(cell.text, chosen, colourOf(cell.tone), width);
}

double PdfPages::spaceLeft() const
{
    return m_bottom - m_y;
}

void PdfPages::needSpace(double height)
{
    if (height > spaceLeft() && m_y > 0)
        newPage();
}

void PdfPages::newPage()
{
    m_writer.newPage();
    ++m_page;
    m_y = 0;
    drawFrame();
}

void PdfPages::drawFrame()
{
    if (m_document.incomplete) {
        m_painter.save();
        m_painter.translate(m_width / 2, m_bottom / 2);
        m_painter.rotate(-32);
        m_painter.setFont(font(8.6, QFont::Black));
        m_painter.setPen(QColor(0xf7, 0xe4, 0xe2)); // opaque: a transparent pen turns text to paths
        m_painter.drawText(QRectF(-m_width, -90, 2 * m_width, 180), Qt::AlignCenter,
                           u"INCOMPLETE"_s);
        m_painter.restore();
    }
    const double y = m_bottom + kFooter - lineHeight(font(0.86));
    drawText(0, y, {m_document.footer, font(0.86), colourOf(Tone::Dim)});
    const QString number = u"%1 of %2"_s.arg(m_page).arg(m_total);
    const double width = QFontMetricsF(font(0.86), &m_writer).horizontalAdvance(number);
    drawText(m_width - width, y, {number, font(0.86), colourOf(Tone::Dim)});
}

void PdfPages::drawText(double x, double y, const TextLine &line)
{
    m_painter.setFont(line.font);
    m_painter.setPen(line.colour);
    m_painter.drawText(QPointF(x, y + QFontMetricsF(line.font, &m_writer).ascent()), line.text);
}

void PdfPages::drawRule(double y)
{
    m_painter.setPen(QPen(lightTheme().line, 0.8));
    m_painter.drawLine(QPointF(0, y), QPointF(m_width, y));
}

void PdfPages::drawBox(double top, double bottom)
{
    m_painter.setPen(QPen(lightTheme().line, 0.8));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(QRectF(0.5, top, m_width - 1, bottom - top), 7, 7);
}

double PdfPages::drawChip(double x, double y, const QString &text, const QFont &chipFont,
                          const QColor &ground, const QColor &ink, double radius)
{
    const double width = QFontMetricsF(chipFont, &m_writer).horizontalAdvance(text) + 20;
    const double height = lineHeight(chipFont) + 7;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(ground);
    m_painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius);
    drawText(x + 10, y + 4.5, {text, chipFont, ink});
    return x + width;
}

/// Lines one below the other, over as many pages as they need.
void PdfPages::addLines(const TextLines &lines, double indent)
{
    for (const TextLine &line : lines) {
        needSpace(lineHeight(line.font));
        drawText(indent, m_y, line);
        m_y += lineHeight(line.font);
    }
}

} // namespace runsheet
