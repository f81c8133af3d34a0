// SPDX-License-Identifier: Apache-2.0
#include "run/variablespane.h"

#include "models/variablesmodel.h"
#include "run/variabledialog.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace runsheet
{

VariablesPane::VariablesPane(QWidget *page, QTableView *table, RunController &controller,
                             QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_table(table)
    , m_set(new QPushButton(tr("Set variable…"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    m_set->setAccessibleName(tr("Set variable"));
    m_remove->setAccessibleName(tr("Remove variable"));
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 8, 12, 8);
    buttons->setSpacing(8);
    buttons->addWidget(m_set);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(page, 1);
    column->addLayout(buttons);
    connect(m_set, &QPushButton::clicked, this, [this] { set({}); });
    connect(m_remove, &QPushButton::clicked, this, &VariablesPane::remove);
    connect(m_table, &QTableView::activated, this, [this] { set(selectedName()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &VariablesPane::refresh);
    connect(m_table->model(), &QAbstractItemModel::modelReset, this, &VariablesPane::refresh);
    refresh();
}

QString VariablesPane::selectedName() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? current.siblingAtColumn(VariablesModel::Name).data().toString()
                             : QString();
}

void VariablesPane::refresh()
{
    const bool open = m_controller.state().status == RunStatus::InProgress;
    m_set->setEnabled(open);
    m_remove->setEnabled(open && m_table->selectionModel()->hasSelection());
}

void VariablesPane::set(const QString &name)
{
    if (m_controller.state().status != RunStatus::InProgress)
        return;
    auto *dialog = new VariableDialog(
        name,
        [this](const QString &wanted) {
            return rules::maySetVariable(m_controller.state(), wanted);
        },
        window());
    connect(dialog, &VariableDialog::given, &m_controller, &RunController::setVariable);
    dialog->open();
}

void VariablesPane::remove()
{
    if (const QString name = selectedName(); !name.isEmpty())
        m_controller.removeVariable(name);
}

} // namespace runsheet
