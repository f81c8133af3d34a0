// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/textstyle.h"
#include "theme.h"

#include <QHash>

namespace runsheet
{

/// Turns the colours that programs ask for into ones that can be read in the theme at hand.
class AnsiColours
{
public:
    explicit AnsiColours(const Theme &theme);

    [[nodiscard]] const Theme &theme() const { return *m_theme; }
    [[nodiscard]] QColor ground() const; ///< behind the log
    /// Behind text in this style; invalid where that is the log's own ground.
    [[nodiscard]] QColor background(const TextStyle &style) const;
    /// The style's colour, moved towards black or white until it has 4.5:1 on the ground.
    [[nodiscard]] QColor foreground(const TextStyle &style, const QColor &ground);

private:
    [[nodiscard]] QColor colour(const TextColour &asked) const;
    [[nodiscard]] QColor readable(const QColor &colour, const QColor &ground);

    const Theme *m_theme;
    QHash<quint64, QColor> m_readable; // by colour and ground
};

} // namespace runsheet
