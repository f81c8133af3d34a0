// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/linedifference.h"

#include <QDialog>

namespace runsheet
{

/// How the file differs from the runbook of the run, line by line: "+" and "−" before the lines,
/// and a ground in colour.
class DifferenceDialog final : public QDialog
{
    Q_OBJECT

public:
    DifferenceDialog(const QString &before, const QString &after, QWidget *parent);

Q_SIGNALS:
    void amendWanted();
};

/// "+   12  - [ ] Look": one line for each, with every character that would not show made visible.
[[nodiscard]] QString differenceText(const DifferenceLine &line);

} // namespace runsheet
