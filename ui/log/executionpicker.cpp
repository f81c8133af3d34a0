// SPDX-License-Identifier: Apache-2.0
#include "log/executionpicker.h"

#include <QStyleOptionComboBox>
#include <QStylePainter>

using namespace Qt::StringLiterals;

namespace runsheet
{

ExecutionPicker::ExecutionPicker(QWidget *parent)
    : QComboBox(parent)
{
    setObjectName(u"executionPicker"_s);
    setAccessibleName(tr("Log of which command"));
    setToolTip(tr("The commands that have run, newest first (Alt+Up, Alt+Down)"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8); // a long title gives way
    setMaxVisibleItems(20);
    connect(this, &QComboBox::activated, this, &ExecutionPicker::pick);
}

void ExecutionPicker::setEntries(const QList<LogEntry> &entries)
{
    if (entries == m_entries)
        return;
    const QString chosen = currentData().toString();
    m_entries = entries;
    clear();
    for (const LogEntry &entry : entries) {
        addItem(u"%1 %2 · %3"_s.arg(shapeOf(entry.tone), entry.title, entry.state), entry.id);
        const int row = count() - 1;
        // The shape is for the eye.
        setItemData(row, u"%1, %2"_s.arg(entry.title, entry.state), Qt::AccessibleTextRole);
    }
    choose(chosen);
}

void ExecutionPicker::choose(const QString &id)
{
    setCurrentIndex(findData(id));
}

void ExecutionPicker::pickOlder()
{
    pick(currentIndex() + 1);
}

void ExecutionPicker::pickNewer()
{
    pick(currentIndex() - 1);
}

/// As Qt paints it, but a text that does not fit ends in "…".
void ExecutionPicker::paintEvent(QPaintEvent * /*event*/)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    const QRect room =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    option.currentText =
        fontMetrics().elidedText(option.currentText, Qt::ElideRight, room.width() - 4);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

void ExecutionPicker::pick(int row)
{
    if (row < 0 || row >= count())
        return;
    setCurrentIndex(row);
    Q_EMIT picked(itemData(row).toString());
}

} // namespace runsheet
