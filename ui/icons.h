// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace runsheet
{

/// Our own SVG icons (resources/icons), drawn in any colour. `ground` is what stands behind the
/// icon: the mark inside a filled shape takes it. An unknown name gives the "reference" icon.
[[nodiscard]] QPixmap iconPixmap(const QString &name, const QColor &color, const QColor &ground,
                                 int size, qreal devicePixelRatio);
/// An icon that takes the palette's text colour each time it is painted, so it follows the theme.
[[nodiscard]] QIcon themedIcon(const QString &name);

} // namespace runsheet
