// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace runsheet
{

class AnswerField;

/// The line for answers to a command that reads what is typed.
class AnswerLine final : public QWidget
{
    Q_OBJECT

public:
    explicit AnswerLine(QWidget *parent = nullptr);

    /// As the command's terminal is: whether it shows what is typed, and waits for it.
    void setTerminal(bool echo, bool waiting);
    /// Drops what was typed for another command.
    void clear();
    void focusField();
    [[nodiscard]] bool hasFieldFocus() const;

Q_SIGNALS:
    void entered(const QByteArray &bytes); ///< one line, its '\n' included, or a control character

private:
    AnswerField *m_field;
};

} // namespace runsheet
