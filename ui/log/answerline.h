// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLineEdit;

namespace runsheet
{

/// The line for answers to a command that reads what is typed.
class AnswerLine final : public QWidget
{
    Q_OBJECT

public:
    explicit AnswerLine(QWidget *parent = nullptr);

    /// Drops what was typed for another command.
    void clear();
    void focusField();
    [[nodiscard]] bool hasFieldFocus() const;

Q_SIGNALS:
    void entered(const QByteArray &bytes); ///< one line, its '\n' included

private:
    void send();

    QLineEdit *m_field;
};

} // namespace runsheet
