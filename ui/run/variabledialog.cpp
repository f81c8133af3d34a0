// SPDX-License-Identifier: Apache-2.0
#include "run/variabledialog.h"

#include "base/secrets.h"
#include "widgets/card.h"
#include "widgets/formrow.h"
#include "widgets/labels.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

VariableDialog::VariableDialog(const QString &name, Check check, QWidget *parent)
    : QDialog(parent)
    , m_check(std::move(check))
    , m_name(new QLineEdit(name, this))
    , m_value(new QLineEdit(this))
    , m_hint(dimLabel({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Set variable"));
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    buildLayout();
    for (QLineEdit *field : {m_name, m_value})
        connect(field, &QLineEdit::textChanged, this, &VariableDialog::refresh);
    (name.isEmpty() ? m_name : m_value)->setFocus();
    refresh();
}

void VariableDialog::buildLayout()
{
    auto *form = new QFormLayout;
    addNamedRow(*form, tr("Name"), m_name);
    addNamedRow(*form, tr("Value"), m_value);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_set = styled(buttons->addButton(tr("Set variable"), QDialogButtonBox::AcceptRole), "primary");
    m_set->setAccessibleName(m_set->text());
    m_set->setObjectName(u"confirm"_s);
    m_set->setDefault(true);
    connect(m_set, &QPushButton::clicked, this, &VariableDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(wrappedLabel(tr("Every command that is started from now on gets it, as if it "
                                      "had been exported in one terminal. It is recorded with "
                                      "your name."),
                                   this));
    column->addLayout(form);
    column->addWidget(m_hint);
    column->addStretch();
    column->addWidget(buttons);
}

void VariableDialog::refresh()
{
    const QString name = m_name->text().trimmed();
    const bool secret = isSecretName(name) || holdsPassword(m_value->text());
    const Result<void> allowed = m_check(name);
    m_set->setEnabled(allowed.hasValue());
    m_value->setEchoMode(isSecretName(name) ? QLineEdit::Password : QLineEdit::Normal);
    if (!allowed && !name.isEmpty())
        m_hint->setText(allowed.error().message);
    else
        m_hint->setText(secret ? tr("This is a secret: it stays in memory until the run is closed, "
                                    "is shown masked and is written nowhere.")
                               : QString());
}

void VariableDialog::confirm()
{
    const QString name = m_name->text().trimmed();
    const QString value = m_value->text();
    accept();
    Q_EMIT given(name, value);
}

} // namespace runsheet
