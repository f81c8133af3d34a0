// SPDX-License-Identifier: Apache-2.0
#include "log/answerfield.h"

#include <QKeyEvent>

namespace runsheet
{

namespace
{

constexpr char kInterrupt = '\x03';
constexpr char kEndOfInput = '\x04';

} // namespace

AnswerField::AnswerField(QWidget *parent)
    : QLineEdit(parent)
{
    connect(this, &QLineEdit::returnPressed, this, [this] { send('\n'); });
    reset();
}

void AnswerField::setTerminal(bool echo, bool waiting)
{
    const EchoMode mode = echo ? Normal : Password;
    if (mode != echoMode()) {
        setText({}); // a password begun must not show, and an answer begun must not become one
        setEchoMode(mode);
    }
    setPlaceholderText(!echo         ? tr("The command asks for something secret, Enter sends")
                           : waiting ? tr("The command waits for input, Enter sends")
                                     : tr("Answer the command, Enter sends"));
}

void AnswerField::reset()
{
    setText({});
    setTerminal(true, false);
}

void AnswerField::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    if (control && event->key() == Qt::Key_C && !hasSelectedText())
        Q_EMIT bytesEntered(QByteArray(1, kInterrupt));
    else if (control && event->key() == Qt::Key_D)
        send(kEndOfInput);
    else
        QLineEdit::keyPressEvent(event);
}

/// Behind a text the end of input only hands the text over, as in any terminal: it is the end when
/// the line is empty. setText() and not clear(), which could be undone.
void AnswerField::send(char end)
{
    const QByteArray bytes = text().toUtf8() + end;
    setText({});
    Q_EMIT bytesEntered(bytes);
}

} // namespace runsheet
