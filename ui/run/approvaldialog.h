// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QDialog>

namespace runsheet
{

/// Shows the exact text of every command before anything of a runbook runs.
class ApprovalDialog final : public QDialog
{
    Q_OBJECT

public:
    ApprovalDialog(const Runbook &runbook, QWidget *parent);
};

/// Every command in source order under the title of its step, exactly as it would run.
[[nodiscard]] QString commandListing(const Runbook &runbook);

} // namespace runsheet
