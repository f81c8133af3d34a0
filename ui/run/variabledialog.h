// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace runsheet
{

/// Asks for the name and the value of a variable that every later command gets.
class VariableDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Asked at every change of the name; its message stands beside the disabled button.
    using Check = std::function<Result<void>(const QString &name)>;

    VariableDialog(const QString &name, Check check, QWidget *parent);

Q_SIGNALS:
    void given(const QString &name, const QString &value);

private:
    void buildLayout();
    void refresh();
    void confirm();

    Check m_check;
    QLineEdit *m_name;
    QLineEdit *m_value;
    QLabel *m_hint;
    QPushButton *m_set = nullptr;
};

} // namespace runsheet
