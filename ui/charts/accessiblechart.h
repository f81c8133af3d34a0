// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace runsheet
{

/// Makes screen readers see a DurationChart as a chart whose description and value are its summary.
/// May be called more than once.
void installChartAccessibility();

} // namespace runsheet
