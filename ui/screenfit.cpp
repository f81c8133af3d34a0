// SPDX-License-Identifier: Apache-2.0
#include "screenfit.h"

#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace runsheet
{

QRect fittedInto(const QRect &wanted, const QRect &available)
{
    QRect fitted(wanted.topLeft(), wanted.size().boundedTo(available.size()));
    fitted.moveLeft(
        std::clamp(fitted.left(), available.left(), available.right() - fitted.width() + 1));
    fitted.moveTop(
        std::clamp(fitted.top(), available.top(), available.bottom() - fitted.height() + 1));
    return fitted;
}

void fitToScreen(QWidget &window)
{
    constexpr int kEdge = 4;
    const int title = window.fontMetrics().height() * 5 / 2;
    const QRect room =
        window.screen()->availableGeometry().marginsRemoved({kEdge, title, kEdge, kEdge});
    const QRect fitted = fittedInto(window.geometry(), room);
    window.resize(fitted.size());
    // Where no place is remembered, the window manager knows a better one.
    if (window.testAttribute(Qt::WA_Moved))
        window.move(fitted.topLeft());
}

} // namespace runsheet
