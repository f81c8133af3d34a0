// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRect>

class QWidget;

namespace runsheet
{

/// `wanted` moved and, where it must be, made smaller so that it lies inside `available`.
[[nodiscard]] QRect fittedInto(const QRect &wanted, const QRect &available);
/// Keeps a window that is not shown yet on its screen, title bar and all. The frame is only known
/// once the window manager has drawn it, so room for a usual one is left.
void fitToScreen(QWidget &window);

} // namespace runsheet
