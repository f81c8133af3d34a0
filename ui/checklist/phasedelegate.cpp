// SPDX-License-Identifier: Apache-2.0
#include "checklist/phasedelegate.h"

#include "icons.h"
#include "models/phasemodel.h"
#include "theme.h"
#include "widgets/iconlabel.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kInset = 8; // between the row's ground and the rail's edges
constexpr int kPad = 10;
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

} // namespace

int PhaseDelegate::compactWidth(const QFontMetrics &metrics)
{
    return metrics.horizontalAdvance(u"00/00"_s) + 2 * kInset + 2 * kPad;
}

QSize PhaseDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const PhaseEntry entry = entryOf(index);
    const QFontMetrics body(scaledFont(1));
    const QFontMetrics small(scaledFont(kSecondary));
    if (entry.isHeading())
        return {0, m_compact ? kPad : small.height() + kPad + kInset};
    const bool twoLines = m_compact || !entry.subline.isEmpty();
    return {0, body.height() + (twoLines ? small.height() + 2 : 0) + 2 * 6};
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
    const QFontMetrics body(weighted(1, selected));
    const int side = body.height();
    const QRect inner = rect.adjusted(kPad, 6, -kPad, -6);
    drawIcon(painter, {inner.left(), inner.center().y() - side / 2 + 1}, side, entry, selected);

    painter.setFont(weighted(1, selected));
    painter.setPen(selected ? theme().accent : theme().dim);
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, entry.count);

    QRect text = inner.adjusted(side + kPad, 0, -body.horizontalAdvance(entry.count) - kPad, 0);
    painter.setPen(theme().text);
    const auto vertical = entry.subline.isEmpty() ? Qt::AlignVCenter : Qt::AlignTop;
    painter.drawText(text, static_cast<int>(vertical) | Qt::AlignLeft,
                     body.elidedText(entry.title, Qt::ElideRight, text.width()));
    painter.setFont(weighted(kSecondary, false));
    painter.setPen(theme().dim);
    painter.drawText(text, Qt::AlignBottom | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(entry.subline, Qt::ElideRight, text.width()));
}

void PhaseDelegate::paintCompact(QPainter &painter, const QRect &rect, const PhaseEntry &entry,
                                 bool selected) const
{
    const QRect inner = rect.adjusted(2, 6, -2, -6);
    const int side = QFontMetrics(scaledFont(1)).height();
    drawIcon(painter, {inner.center().x() - side / 2, inner.top()}, side, entry, selected);
    painter.setFont(weighted(kSecondary, selected));
    painter.setPen(selected ? theme().accent : theme().dim);
    painter.drawText(inner, Qt::AlignHCenter | Qt::AlignBottom, entry.count);
}

} // namespace runsheet
