// SPDX-License-Identifier: Apache-2.0
#include "widgets/elidedlabel.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kMinimumCharacters = 6;

} // namespace

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
}

void ElidedLabel::setKept(const QString &part)
{
    m_kept = part;
    updateGeometry();
    update();
}

QString ElidedLabel::shownText() const
{
    const QFontMetrics metrics = fontMetrics();
    const int width = contentsRect().width();
    const qsizetype at = m_kept.isEmpty() ? -1 : text().indexOf(m_kept);
    if (at < 0 || metrics.horizontalAdvance(text()) <= width)
        return metrics.elidedText(text(), Qt::ElideRight, width);
    const QString before = text().first(at);
    const QString after = text().sliced(at + m_kept.size());
    const int room = width - metrics.horizontalAdvance(m_kept);
    const int roomAfter = room - metrics.horizontalAdvance(before);
    if (roomAfter >= metrics.horizontalAdvance(u'…'))
        return before + m_kept + metrics.elidedText(after, Qt::ElideRight, roomAfter);
    return metrics.elidedText(before, Qt::ElideRight, room) + m_kept;
}

bool ElidedLabel::isElided() const
{
    return shownText() != text();
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QSize full = QLabel::minimumSizeHint();
    const int least = fontMetrics().averageCharWidth() * kMinimumCharacters
        + fontMetrics().horizontalAdvance(m_kept);
    return {std::min(full.width(), least), full.height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(alignment()), palette(),
                          isEnabled(), shownText(), foregroundRole());
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    updateToolTip();
}

/// The text may have become another since the label got its width.
bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip)
        updateToolTip();
    return QLabel::event(event);
}

void ElidedLabel::updateToolTip()
{
    setToolTip(isElided() ? text().toHtmlEscaped() : QString());
}

} // namespace runsheet
