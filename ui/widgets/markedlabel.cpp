// SPDX-License-Identifier: Apache-2.0
#include "widgets/markedlabel.h"

#include "theme.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kComfortableCharacters = 60;

QTextCharFormat markFormat()
{
    const QPalette colours = QApplication::palette();
    const Theme &theme = themeOf(colours);
    QTextCharFormat format;
    format.setBackground(theme.warningGround);
    format.setForeground(theme.text);
    format.setFontUnderline(true);
    return format;
}

} // namespace

MarkedLabel::MarkedLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::NoTextInteraction);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void MarkedLabel::setMarks(const QList<TextRange> &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    update();
}

qreal MarkedLabel::arrange(QTextLayout &layout, int width) const
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.setText(QString(text()).replace(u'\n', QChar::LineSeparator));
    layout.setFont(font());
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1, width));
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

int MarkedLabel::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    QTextLayout layout;
    return static_cast<int>(std::ceil(arrange(layout, width - margins.left() - margins.right())))
        + margins.top() + margins.bottom();
}

QSize MarkedLabel::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * kComfortableCharacters;
    return {width, heightForWidth(width)};
}

QSize MarkedLabel::minimumSizeHint() const
{
    return {1, fontMetrics().height()};
}

void MarkedLabel::paintEvent(QPaintEvent *)
{
    QTextLayout layout;
    arrange(layout, contentsRect().width());
    QList<QTextLayout::FormatRange> formats;
    for (const TextRange &mark : m_marks)
        formats.append({.start = static_cast<int>(mark.start),
                        .length = static_cast<int>(mark.length),
                        .format = markFormat()});
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    layout.draw(&painter, contentsRect().topLeft(), formats);
}

} // namespace runsheet
