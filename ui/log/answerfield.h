// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

namespace runsheet
{

/// The line in which a person answers a command: Enter sends it, Ctrl+D sends it without a line end
/// and an empty one as the end of input, Ctrl+C goes through as in a terminal (it copies while
/// something is selected). While the command's terminal shows nothing of what is typed, neither
/// does this line, and it forgets what was sent.
class AnswerField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit AnswerField(QWidget *parent = nullptr);

    /// As the command's terminal is: whether it shows what is typed, and waits for it.
    void setTerminal(bool echo, bool waiting);
    /// Empty and as at the beginning.
    void reset();

Q_SIGNALS:
    void bytesEntered(const QByteArray &bytes);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void send(char end);
};

} // namespace runsheet
