// SPDX-License-Identifier: Apache-2.0
#include "log/linepainter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace runsheet
{

namespace
{

constexpr int kMeasured = 100; // one advance is rounded by the font engine, the mean of many is not
constexpr char16_t kFirstPicture = 0x2400;
constexpr char16_t kDeletePicture = 0x2421;
constexpr qreal kLeading = 1.25;

bool isPlain(QChar c)
{
    return c >= u' ' && c <= u'~';
}

/// The theme's ground for selected things is too faint over single words.
QColor selectionGround(const Theme &theme)
{
    constexpr float kShare = 0.2F;
    const auto mix = [](float a, float b) { return a + (b - a) * kShare; };
    const QColor &from = theme.accentGround;
    const QColor &to = theme.accent;
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()),
                            mix(from.blueF(), to.blueF()));
}

bool isControlPicture(QChar c)
{
    return c >= kFirstPicture && c <= kDeletePicture;
}

TextStyle styleAt(const ShownLine &line, qsizetype index)
{
    const auto &runs = line.decoded.runs;
    const auto after =
        std::upper_bound(runs.begin(), runs.end(), index,
                         [](qsizetype value, const StyleRun &run) { return value < run.start; });
    if (after == runs.begin())
        return {};
    const StyleRun &run = *std::prev(after);
    return index < run.start + run.length ? run.style : TextStyle{};
}

/// It is drawn over the character before it.
bool isMarkAt(QStringView text, qsizetype at)
{
    return at < text.size() && !isPlain(text[at]) && columnsOf(text[at].unicode()) == 0;
}

int columnsIn(QStringView text)
{
    return TextColumns(text.toString()).count();
}

} // namespace

LinePainter::LinePainter(const QFont &font, const Theme &theme)
    : m_colours(theme)
{
    for (size_t mixture = 0; mixture < m_fonts.size(); ++mixture) {
        QFont &made = m_fonts[mixture] = font;
        made.setBold((mixture & 1) != 0);
        made.setItalic((mixture & 2) != 0);
        made.setUnderline((mixture & 4) != 0);
        made.setStrikeOut((mixture & 8) != 0);
    }
    const QFontMetricsF metrics(font);
    m_columnWidth = metrics.horizontalAdvance(QString(kMeasured, u'M')) / kMeasured;
    m_lineHeight = static_cast<int>(std::ceil(metrics.height() * kLeading));
    m_ascent =
        static_cast<int>(std::round((m_lineHeight - metrics.height()) / 2 + metrics.ascent()));
}

const QFont &LinePainter::fontFor(const TextStyle &style) const
{
    return m_fonts[(style.bold ? 1U : 0U) | (style.italic ? 2U : 0U) | (style.underline ? 4U : 0U)
                   | (style.struck ? 8U : 0U)];
}

QList<qsizetype> LinePainter::cuts(const ShownLine &line, const LineMarks &marks, TextSpan visible)
{
    QList<qsizetype> places{visible.end, marks.selection.start, marks.selection.end};
    for (const TextSpan &match : marks.matches)
        places << match.start << match.end;
    for (const StyleRun &run : line.decoded.runs)
        places << run.start << run.start + run.length;
    places.removeIf([&](qsizetype at) { return at <= visible.start || at > visible.end; });
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

qsizetype LinePainter::clusterLength(QStringView text, qsizetype start)
{
    qsizetype end = start;
    while (end < text.size() && isPlain(text[end]))
        ++end;
    if (end - start > 1 && isMarkAt(text, end))
        --end; // the last of them belongs to its marks
    else if (end == start)
        end += text[end].isHighSurrogate() ? 2 : 1;
    while (isMarkAt(text, end))
        ++end;
    return std::min(end, text.size()) - start;
}

void LinePainter::paint(QPainter &painter, const QRectF &area, int firstColumn,
                        const ShownLine &line, const LineMarks &marks)
{
    const int columns = static_cast<int>(area.width() / m_columnWidth) + 1;
    const QString &text = line.decoded.text;
    const TextSpan visible{line.columns.indexAt(firstColumn),
                           line.columns.indexAt(firstColumn + columns)};
    const auto x = [&](qsizetype index) {
        return area.left() + (line.columns.columnOf(index) - firstColumn) * m_columnWidth;
    };
    qsizetype start = visible.start;
    for (const qsizetype end : cuts(line, marks, visible)) {
        const QRectF box(x(start), area.top(), x(end) - x(start), area.height());
        paintPiece(painter, box, QStringView(text).sliced(start, end - start), start, line, marks);
        start = end;
    }
    if (marks.selectionGoesOn) // the line end itself, half a column wide
        painter.fillRect(QRectF(x(text.size()), area.top(), m_columnWidth / 2, area.height()),
                         selectionGround(m_colours.theme()));
}

void LinePainter::paintPiece(QPainter &painter, const QRectF &box, QStringView text,
                             qsizetype start, const ShownLine &line, const LineMarks &marks)
{
    const Theme &theme = m_colours.theme();
    const bool isMatch = std::any_of(marks.matches.begin(), marks.matches.end(),
                                     [&](const TextSpan &span) { return span.contains(start); });
    TextStyle style = styleAt(line, start);
    QColor ground = m_colours.background(style);
    if (marks.selection.contains(start))
        ground = selectionGround(theme);
    else if (isMatch)
        ground = marks.isCurrent ? theme.warning : theme.warningGround;
    if (ground.isValid())
        painter.fillRect(box, ground);
    else
        ground = marks.isCurrent ? theme.accentGround : m_colours.ground();
    if (isMatch && !marks.isCurrent) // a shape as well as a colour
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.warning);
    painter.setFont(fontFor(style));
    if (style.inverse && (isMatch || marks.selection.contains(start)))
        style = {};
    const bool isCurrentMatch = isMatch && marks.isCurrent && !marks.selection.contains(start);
    painter.setPen(isCurrentMatch ? theme.onAccent : m_colours.foreground(style, ground));
    paintText(painter, box, text);
}

void LinePainter::paintText(QPainter &painter, const QRectF &box, QStringView text)
{
    qreal x = box.left();
    for (qsizetype at = 0; at < text.size();) {
        const QStringView cluster = text.sliced(at, clusterLength(text, at));
        const QPointF place(x, box.top() + m_ascent);
        if (isControlPicture(cluster.front()))
            paintControl(painter, QRectF(x, box.top(), m_columnWidth, box.height()),
                         cluster.front());
        else
            painter.drawText(place, cluster.toString());
        x += m_columnWidth
            * (isPlain(cluster.back()) ? static_cast<int>(cluster.size()) : columnsIn(cluster));
        at += cluster.size();
    }
}

/// Few fonts have the control pictures: a framed letter says the same (G for BEL, [ for ESC).
void LinePainter::paintControl(QPainter &painter, const QRectF &cell, QChar picture)
{
    const char16_t letter =
        picture == kDeletePicture ? u'?' : static_cast<char16_t>((picture.unicode() & 0x1f) + u'@');
    painter.drawText(QPointF(cell.left(), cell.top() + m_ascent), QString(QChar(letter)));
    painter.drawRect(cell.adjusted(0, 2, -1, -3));
}

} // namespace runsheet
