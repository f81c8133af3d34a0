// SPDX-License-Identifier: Apache-2.0
#include "run/choicedialog.h"

#include <QComboBox>

namespace runsheet
{

namespace
{

/// Made before the base class, whose check reads it at once; the row takes it over.
QComboBox *filled(const QList<ChoiceDialog::Choice> &choices)
{
    auto *box = new QComboBox;
    for (const ChoiceDialog::Choice &choice : choices)
        box->addItem(choice.text, choice.value);
    return box;
}

} // namespace

ChoiceDialog::ChoiceDialog(const Content &content, const QString &label,
                           const QList<Choice> &choices, ChoiceCheck check, QWidget *parent)
    : ChoiceDialog(content, label, filled(choices), std::move(check), parent)
{
}

ChoiceDialog::ChoiceDialog(const Content &content, const QString &label, QComboBox *box,
                           ChoiceCheck check, QWidget *parent)
    : ReasonDialog(
        content,
        [box, check = std::move(check)](const QString &reason) {
            return check(box->currentData().toString(), reason);
        },
        parent)
{
    addRow(label, box);
    connect(box, &QComboBox::currentIndexChanged, this, &ChoiceDialog::refresh);
    connect(this, &ReasonDialog::confirmed, this, [this, box](const QString &reason) {
        Q_EMIT chosen(box->currentData().toString(), reason);
    });
}

} // namespace runsheet
