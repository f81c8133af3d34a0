// SPDX-License-Identifier: Apache-2.0
#include "start/runsdelegate.h"

#include "models/runsmodel.h"
#include "theme.h"
#include "widgets/iconlabel.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kPad = 12;
constexpr int kSquare = 10;

const Theme &theme()
{
    return themeOf(QApplication::palette());
}

QColor groundOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return theme().window;
    case Tone::Accent:
        return theme().accentGround;
    case Tone::Ok:
        return theme().okGround;
    case Tone::Running:
        return theme().runningGround;
    case Tone::Warning:
        return theme().warningGround;
    case Tone::Bad:
        return theme().badGround;
    }
    return {};
}

void paintChip(QPainter &painter, const QRect &cell, const QString &text, Tone tone)
{
    painter.setFont(scaledFont(0.85, QFont::DemiBold));
    const QFontMetrics metrics = painter.fontMetrics();
    QRect chip(0, 0, metrics.horizontalAdvance(text) + 16, metrics.height() + 4);
    chip.moveCenter(cell.center());
    chip.moveLeft(cell.left());
    painter.setPen(Qt::NoPen);
    painter.setBrush(groundOf(tone));
    painter.drawRoundedRect(chip, chip.height() / 2.0, chip.height() / 2.0);
    painter.setPen(toneColor(tone));
    painter.drawText(chip, Qt::AlignCenter, text);
}

void paintText(QPainter &painter, const QRect &cell, const QModelIndex &index)
{
    QRect rect = cell;
    const QVariant colour = index.data(RunsModel::ColourRole);
    if (colour.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().band(colour.toString()));
        painter.drawRoundedRect(rect.left(), rect.center().y() - kSquare / 2, kSquare, kSquare, 2,
                                2);
        rect.adjust(kSquare + 6, 0, 0, 0);
    }
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const int flags = alignment.isValid()
        ? static_cast<int>(alignment.value<Qt::Alignment>().toInt())
        : Qt::AlignLeft | Qt::AlignVCenter;
    painter.setFont(scaledFont(1));
    painter.setPen(theme().text);
    const QString text = index.data().toString();
    painter.drawText(rect, flags,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace

void RunsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme().accentGround);
    const QRect cell = option.rect.adjusted(kPad, 0, -kPad, 0);
    const QVariant tone = index.data(RunsModel::ToneRole);
    if (tone.isValid())
        paintChip(*painter, cell, index.data().toString(), static_cast<Tone>(tone.toInt()));
    else
        paintText(*painter, cell, index);
    painter->setPen(theme().line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
}

QSize RunsDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const QFontMetrics metrics(scaledFont(1));
    const int extra = index.data(RunsModel::ColourRole).isValid() ? kSquare + 6 : 0;
    const int chip = index.data(RunsModel::ToneRole).isValid() ? 16 : 0;
    return {metrics.horizontalAdvance(index.data().toString()) + 2 * kPad + extra + chip + 4,
            metrics.height() + 18};
}

} // namespace runsheet
