// SPDX-License-Identifier: Apache-2.0
#include "checklist/phasedelegate.h"

#include "icons.h"
#include "models/phasemodel.h"
#include "theme.h"
#include "widgets/iconlabel.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kInset = 8; // between the row's ground and the rail's edges
constexpr int kPad = 10;
constexpr int kAbove = 6;
constexpr double kSecondary = 0.85;

PhaseEntry entryOf(const QModelIndex &index)
{
    return index.data(PhaseModel::EntryRole).value<PhaseEntry>();
}

const Theme &theme()
{
    return themeOf(QApplication::palette());
}

void drawIcon(QPainter &painter, const QPoint &at, int side, const PhaseEntry &entry, bool selected)
{
    const QPixmap pixmap = iconPixmap(entry.icon, toneColor(entry.tone),
                                      selected ? theme().accentGround : theme().panel, side,
                                      painter.device()->devicePixelRatioF());
    painter.drawPixmap(at, pixmap);
}

QFont weighted(double factor, bool bold)
{
    return scaledFont(factor, bold ? QFont::DemiBold : QFont::Normal);
}

/// Room for the title beside icon and count, measured as if selected: a row must not change its
/// height when it is.
int titleWidth(int rowWidth, const PhaseEntry &entry)
{
    const QFontMetrics body(weighted(1, true));
    const int icon = QFontMetrics(weighted(1, false)).height();
    return rowWidth - 2 * kInset - 4 * kPad - icon - body.horizontalAdvance(entry.count);
}

/// One line or two; what does not fit the second is cut.
QStringList titleLines(const QString &title, int width)
{
    const QFont font = weighted(1, true);
    QTextLayout layout(title, font);
    layout.beginLayout();
    QTextLine first = layout.createLine();
    first.setLineWidth(width);
    const qsizetype end = first.textLength();
    layout.endLayout();
    if (end >= title.size())
        return {title};
    return {title.first(end).trimmed(),
            QFontMetrics(font).elidedText(title.sliced(end).trimmed(), Qt::ElideRight, width)};
}

} // namespace

int PhaseDelegate::compactWidth(const QFontMetrics &metrics)
{
    return metrics.horizontalAdvance(u"00/00"_s) + 2 * kInset + 2 * kPad;
}

QSize PhaseDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const PhaseEntry entry = entryOf(index);
    const QFontMetrics body(scaledFont(1));
    const QFontMetrics small(scaledFont(kSecondary));
    if (entry.isHeading())
        return {0, m_compact ? kPad : small.height() + kPad + kInset};
    if (m_compact)
        return {0, body.height() + small.height() + 2 + 2 * kAbove};
    const auto *view = qobject_cast<const QAbstractScrollArea *>(option.widget);
    const int width = view == nullptr ? option.rect.width() : view->viewport()->width();
    const auto lines = static_cast<int>(titleLines(entry.title, titleWidth(width, entry)).size());
    const int subline = entry.subline.isEmpty() ? 0 : small.height() + 2;
    return {0, lines * body.height() + subline + 2 * kAbove};
}

void PhaseDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const PhaseEntry entry = entryOf(index);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRect rect = option.rect.adjusted(kInset, 0, -kInset, 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (entry.isHeading()) {
        paintHeading(*painter, rect, entry);
    } else {
        if (selected) {
            painter->setPen(option.state.testFlag(QStyle::State_HasFocus) ? QPen(theme().accent)
                                                                          : QPen(Qt::NoPen));
            painter->setBrush(theme().accentGround);
            painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        m_compact ? paintCompact(*painter, rect, entry, selected)
                  : paintWide(*painter, rect, entry, selected);
    }
    painter->restore();
}

void PhaseDelegate::paintHeading(QPainter &painter, const QRect &rect,
                                 const PhaseEntry &entry) const
{
    if (m_compact) {
        painter.setPen(theme().line);
        painter.drawLine(rect.left(), rect.center().y(), rect.right(), rect.center().y());
        return;
    }
    painter.setFont(weighted(kSecondary, true));
    painter.setPen(theme().dim);
    painter.drawText(rect.adjusted(kPad, 0, -kPad, -4), Qt::AlignBottom | Qt::AlignLeft,
                     entry.title);
}

void PhaseDelegate::paintWide(QPainter &painter, const QRect &rect, const PhaseEntry &entry,
                              bool selected) const
{
    const int side = QFontMetrics(weighted(1, false)).height();
    const QRect inner = rect.adjusted(kPad, kAbove, -kPad, -kAbove);
    drawIcon(painter, {inner.left(), inner.center().y() - side / 2 + 1}, side, entry, selected);

    painter.setFont(weighted(1, selected));
    painter.setPen(selected ? theme().accent : theme().dim);
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, entry.count);

    QRect text(inner.left() + side + kPad, inner.top(),
               titleWidth(rect.width() + 2 * kInset, entry), side);
    painter.setPen(theme().text);
    for (const QString &line : titleLines(entry.title, text.width())) {
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, line);
        text.translate(0, side);
    }
    painter.setFont(weighted(kSecondary, entry.overdue));
    painter.setPen(entry.overdue ? theme().bad : theme().dim);
    const QString subline =
        painter.fontMetrics().elidedText(entry.subline, Qt::ElideRight, text.width());
    painter.drawText(inner.adjusted(side + kPad, 0, 0, 0), Qt::AlignBottom | Qt::AlignLeft,
                     subline);
}

void PhaseDelegate::paintCompact(QPainter &painter, const QRect &rect, const PhaseEntry &entry,
                                 bool selected) const
{
    const QRect inner = rect.adjusted(2, kAbove, -2, -kAbove);
    const int side = QFontMetrics(scaledFont(1)).height();
    drawIcon(painter, {inner.center().x() - side / 2, inner.top()}, side, entry, selected);
    painter.setFont(weighted(kSecondary, selected));
    painter.setPen(entry.overdue ? theme().bad : selected ? theme().accent : theme().dim);
    painter.drawText(inner, Qt::AlignHCenter | Qt::AlignBottom,
                     entry.overdue ? entry.count + u'!' : entry.count);
}

} // namespace runsheet
