// SPDX-License-Identifier: Apache-2.0
#include "widgets/reasondialog.h"

#include "widgets/card.h"
#include "widgets/labels.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

ReasonDialog::ReasonDialog(const Content &content, Check check, QWidget *parent)
    : QDialog(parent)
    , m_check(std::move(check))
    , m_form(new QFormLayout)
    , m_reason(new QLineEdit(this))
    , m_refusal(dimLabel({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(content.title);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    m_reason->setObjectName(u"reason"_s);
    m_reason->setAccessibleName(content.field);
    m_form->addRow(content.field, m_reason);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_confirm = buttons->addButton(content.verb, QDialogButtonBox::AcceptRole);
    m_confirm->setObjectName(u"confirm"_s);
    m_confirm->setAccessibleName(content.verb);
    m_confirm->setDefault(true);
    m_confirm->setProperty(content.danger ? "danger" : "primary", true);
    connect(m_confirm, &QPushButton::clicked, this, &ReasonDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_reason, &QLineEdit::textChanged, this, &ReasonDialog::refresh);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(wrappedLabel(content.text, this));
    column->addLayout(m_form);
    column->addWidget(m_refusal);
    column->addStretch();
    column->addWidget(buttons);
    m_reason->setFocus();
    refresh();
}

QString ReasonDialog::reason() const
{
    return m_reason->text().trimmed();
}

void ReasonDialog::addRow(const QString &label, QWidget *field)
{
    field->setAccessibleName(label);
    m_form->insertRow(m_form->rowCount() - 1, label, field);
}

void ReasonDialog::refresh()
{
    const Result<void> allowed = m_check(reason());
    m_confirm->setEnabled(allowed.hasValue());
    m_refusal->setText(allowed ? QString() : allowed.error().message);
}

void ReasonDialog::confirm()
{
    const QString given = reason();
    accept();
    Q_EMIT confirmed(given);
}

} // namespace runsheet
