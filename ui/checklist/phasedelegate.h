// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace runsheet
{

struct PhaseEntry;

/// Paints a row of the phase rail: state, title over a dim line, count. Compact: state over count.
class PhaseDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setCompact(bool compact) { m_compact = compact; }
    [[nodiscard]] bool isCompact() const { return m_compact; }
    [[nodiscard]] static int compactWidth(const QFontMetrics &metrics);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintHeading(QPainter &painter, const QRect &rect, const PhaseEntry &entry) const;
    void paintWide(QPainter &painter, const QRect &rect, const PhaseEntry &entry,
                   bool selected) const;
    void paintCompact(QPainter &painter, const QRect &rect, const PhaseEntry &entry,
                      bool selected) const;

    bool m_compact = false;
};

} // namespace runsheet
