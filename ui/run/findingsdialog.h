// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/diagnostic.h"

#include <QDialog>

namespace runsheet
{

/// What was found in the runbook of the run.
class FindingsDialog final : public QDialog
{
    Q_OBJECT

public:
    FindingsDialog(const QList<Diagnostic> &findings, QWidget *parent);
};

} // namespace runsheet
