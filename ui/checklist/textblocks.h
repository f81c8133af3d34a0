// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

class QWidget;

namespace runsheet
{

/// A widget that shows one piece of the runbook's text as plain text in its shape: heading, item of
/// a list, quote, code, table.
[[nodiscard]] QWidget *textBlockWidget(const TextBlock &block, QWidget *parent);

} // namespace runsheet
