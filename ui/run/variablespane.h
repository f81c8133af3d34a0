// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"

#include <QWidget>

class QPushButton;
class QTableView;

namespace runsheet
{

/// The run's variables, with buttons to set one by hand and to take one away.
class VariablesPane final : public QWidget
{
    Q_OBJECT

public:
    /// `page` holds the table, or says that there is nothing in it yet. The controller outlives it.
    VariablesPane(QWidget *page, QTableView *table, RunController &controller, QWidget *parent);

    /// The run takes variables, or not any more.
    void refresh();

private:
    void set(const QString &name);
    void remove();
    [[nodiscard]] QString selectedName() const;

    RunController &m_controller;
    QTableView *m_table;
    QPushButton *m_set;
    QPushButton *m_remove;
};

} // namespace runsheet
