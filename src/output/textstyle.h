// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

namespace runsheet
{

/// A colour as a program asked for it (ECMA-48 SGR). What it looks like is the view's decision.
struct TextColour
{
    enum class Kind : quint8
    {
        Default,
        Palette, ///< value 0–255: 8 dark, 8 bright, a 6×6×6 cube, 24 greys
        Rgb, ///< value 0xRRGGBB
    };

    Kind kind = Kind::Default;
    quint32 value = 0;

    bool operator==(const TextColour &) const = default;
};

/// The look that SGR sequences give to text. "Concealed" and "blinking" are left out on purpose:
/// nothing in a log may hide, and nothing moves.
struct TextStyle
{
    TextColour foreground;
    TextColour background;
    bool bold = false;
    bool dim = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;
    bool struck = false;
    bool isNote = false; ///< not the program's text, but what is said about it here

    bool operator==(const TextStyle &) const = default;
};

/// Applies the parameters of one SGR sequence ("1;38;5;208", "38:2::255:0:0", ""). Unknown ones are
/// skipped.
void applySgr(QByteArrayView parameters, TextStyle &style);

} // namespace runsheet
