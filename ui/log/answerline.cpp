// SPDX-License-Identifier: Apache-2.0
#include "log/answerline.h"

#include "theme.h"

#include <QHBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace runsheet
{

AnswerLine::AnswerLine(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
{
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    m_field->setObjectName(u"commandInput"_s);
    m_field->setAccessibleName(tr("Input to command"));
    m_field->setPlaceholderText(tr("Answer the command, Enter sends"));
    m_field->setFont(fixedFont());
    row->addWidget(m_field);
    connect(m_field, &QLineEdit::returnPressed, this, &AnswerLine::send);
}

void AnswerLine::clear()
{
    m_field->clear();
}

void AnswerLine::focusField()
{
    m_field->setFocus(Qt::OtherFocusReason);
}

bool AnswerLine::hasFieldFocus() const
{
    return m_field->hasFocus();
}

void AnswerLine::send()
{
    Q_EMIT entered(m_field->text().toUtf8() + '\n');
    m_field->clear();
}

} // namespace runsheet
