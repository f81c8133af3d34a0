// SPDX-License-Identifier: Apache-2.0
#include "commandpalette.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QStandardItem *itemFor(QAction *action)
{
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    auto *item = new QStandardItem(keys.isEmpty() ? action->text()
                                                  : u"%1    %2"_s.arg(action->text(), keys));
    item->setData(QVariant::fromValue(action));
    item->setEnabled(action->isEnabled());
    item->setEditable(false);
    return item;
}

} // namespace

CommandPalette::CommandPalette(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
    , m_shown(new QSortFilterProxyModel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find any action"));
    for (QAction *action : actions)
        m_model->appendRow(itemFor(action));
    m_shown->setSourceModel(m_model);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_field->setPlaceholderText(tr("Type a part of its name"));
    m_field->setAccessibleName(tr("Find any action"));
    m_field->installEventFilter(this);
    m_list->setAccessibleName(tr("Actions"));
    m_list->setModel(m_shown);
    m_list->setMinimumSize(fontMetrics().averageCharWidth() * 52, fontMetrics().height() * 18);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::choose);
    connect(m_list, &QListView::activated, this, &CommandPalette::choose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_field);
    column->addWidget(m_list);
    filter({});
    m_field->setFocus();
}

void CommandPalette::filter(const QString &text)
{
    m_shown->setFilterFixedString(text);
    m_list->setCurrentIndex(m_shown->index(0, 0));
}

void CommandPalette::choose()
{
    auto *action = m_list->currentIndex().data(Qt::UserRole + 1).value<QAction *>();
    if (action == nullptr || !action->isEnabled())
        return;
    // The action may open a dialog of its own, so this one goes first.
    connect(this, &QDialog::finished, action, &QAction::trigger, Qt::QueuedConnection);
    accept();
}

/// Arrow keys in the field move in the list.
bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace runsheet
