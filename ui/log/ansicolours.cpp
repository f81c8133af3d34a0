// SPDX-License-Identifier: Apache-2.0
#include "log/ansicolours.h"

#include <array>
#include <cmath>

namespace runsheet
{

namespace
{

constexpr double kReadable = 4.5;
constexpr int kSteps = 10;
constexpr qsizetype kMaxRemembered = 4096; // true colour output may use any number of them

constexpr std::array<QRgb, 16> kLight{0x1b1f24, 0xb3261e, 0x1a7f37, 0x8a5a00, 0x2457c5, 0x8b2fc9,
                                      0x0b6e75, 0x5b6570, 0x5b6570, 0xcc2f26, 0x188038, 0x8f5b0b,
                                      0x2f66dd, 0x9c3fdc, 0x0a7780, 0x1b1f24};
constexpr std::array<QRgb, 16> kDark{0x4b535d, 0xff8a80, 0x57c878, 0xdcb04a, 0x7aa7ff, 0xcf94ff,
                                     0x5cc8d0, 0xc9d1d9, 0x9aa5b1, 0xffa39b, 0x7ddc97, 0xf0c869,
                                     0x9dbfff, 0xddb3ff, 0x84dde3, 0xffffff};

/// The colours 16 to 255 are the same everywhere (xterm's 256colres.pl).
QColor fixedColour(int index)
{
    if (index >= 232) {
        const int grey = 8 + (index - 232) * 10;
        return {grey, grey, grey};
    }
    const auto level = [](int step) { return step == 0 ? 0 : 55 + step * 40; };
    const int cube = index - 16;
    return {level(cube / 36), level(cube / 6 % 6), level(cube % 6)};
}

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto mix = [share](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * share));
    };
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

} // namespace

AnsiColours::AnsiColours(const Theme &theme)
    : m_theme(&theme)
{
}

QColor AnsiColours::ground() const
{
    return m_theme->dark ? m_theme->window : m_theme->panel;
}

QColor AnsiColours::background(const TextStyle &style) const
{
    if (!style.inverse)
        return colour(style.background);
    const QColor asked = colour(style.foreground);
    return asked.isValid() ? asked : m_theme->text;
}

QColor AnsiColours::foreground(const TextStyle &style, const QColor &on)
{
    QColor asked = colour(style.inverse ? style.background : style.foreground);
    if (!asked.isValid() && style.inverse)
        asked = ground();
    else if (!asked.isValid())
        asked = style.dim ? m_theme->dim : m_theme->text;
    return readable(asked, on);
}

QColor AnsiColours::colour(const TextColour &asked) const
{
    switch (asked.kind) {
    case TextColour::Kind::Default:
        return {};
    case TextColour::Kind::Rgb:
        return QColor::fromRgb(asked.value);
    case TextColour::Kind::Palette:
        if (asked.value < 16)
            return QColor::fromRgb((m_theme->dark ? kDark : kLight).at(asked.value));
        return fixedColour(static_cast<int>(asked.value));
    }
    return {};
}

QColor AnsiColours::readable(const QColor &colour, const QColor &ground)
{
    const quint64 key = quint64{colour.rgb()} << 32 | ground.rgb();
    if (const auto known = m_readable.constFind(key); known != m_readable.constEnd())
        return *known;
    const QColor black(Qt::black);
    const QColor white(Qt::white);
    const QColor target = contrast(black, ground) > contrast(white, ground) ? black : white;
    QColor result = colour;
    for (int step = 1; step <= kSteps && contrast(result, ground) < kReadable; ++step)
        result = mixed(colour, target, static_cast<double>(step) / kSteps);
    if (m_readable.size() >= kMaxRemembered)
        m_readable.clear();
    return m_readable[key] = result;
}

} // namespace runsheet
