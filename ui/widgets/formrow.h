// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFormLayout>
#include <QString>

namespace runsheet
{

/// A row whose field is called by its label in the accessibility tree too.
template <typename Field>
void addNamedRow(QFormLayout &form, const QString &label, Field *field)
{
    field->setAccessibleName(label);
    form.addRow(label, field);
}

} // namespace runsheet
