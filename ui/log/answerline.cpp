// SPDX-License-Identifier: Apache-2.0
#include "log/answerline.h"

#include "log/answerfield.h"
#include "theme.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

AnswerLine::AnswerLine(QWidget *parent)
    : QWidget(parent)
    , m_field(new AnswerField(this))
{
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    m_field->setObjectName(u"commandInput"_s);
    m_field->setAccessibleName(tr("Input to command"));
    m_field->setFont(fixedFont());
    row->addWidget(m_field);
    connect(m_field, &AnswerField::bytesEntered, this, &AnswerLine::entered);
}

void AnswerLine::setTerminal(bool echo, bool waiting)
{
    m_field->setTerminal(echo, waiting);
}

void AnswerLine::clear()
{
    m_field->reset();
}

void AnswerLine::focusField()
{
    m_field->setFocus(Qt::OtherFocusReason);
}

bool AnswerLine::hasFieldFocus() const
{
    return m_field->hasFocus();
}

} // namespace runsheet
