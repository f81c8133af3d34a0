// SPDX-License-Identifier: Apache-2.0
#include "theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QStyleFactory>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kDarkBelow = 128; // lightness of the window colour

QColor mixed(const QColor &first, const QColor &second, double share)
{
    const auto mix = [share](int a, int b) {
        return static_cast<int>(std::lround(a * (1 - share) + b * share));
    };
    return {mix(first.red(), second.red()), mix(first.green(), second.green()),
            mix(first.blue(), second.blue())};
}

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.panel);
    palette.setColor(QPalette::AlternateBase, theme.window);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::Button, theme.raised);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.bad);
    palette.setColor(QPalette::Highlight, theme.accentGround);
    palette.setColor(QPalette::HighlightedText, theme.text);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::ToolTipBase, theme.raised);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.dim);
    palette.setColor(QPalette::Light, theme.raised);
    palette.setColor(QPalette::Midlight, theme.line);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, mixed(theme.line, theme.text, 0.25));
    palette.setColor(QPalette::Shadow, mixed(theme.line, theme.text, 0.4));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mixed(theme.dim, theme.panel, 0.35));
    return palette;
}

/// ui/style.qss with its tokens filled in. Longer names first: @accentGround begins with @accent.
QString styleSheetOf(const Theme &theme)
{
    const auto tokens = std::to_array<std::pair<QString, QColor>>({
        {u"@accentGround"_s, theme.accentGround},
        {u"@runningGround"_s, theme.runningGround},
        {u"@warningGround"_s, theme.warningGround},
        {u"@okGround"_s, theme.okGround},
        {u"@badGround"_s, theme.badGround},
        {u"@bandText"_s, theme.bandText},
        {u"@disabled"_s, mixed(theme.dim, theme.panel, 0.35)},
        {u"@onAccent"_s, theme.onAccent},
        {u"@edge"_s, mixed(theme.line, theme.dim, 0.3)},
        {u"@window"_s, theme.window},
        {u"@panel"_s, theme.panel},
        {u"@raised"_s, theme.raised},
        {u"@line"_s, theme.line},
        {u"@text"_s, theme.text},
        {u"@dim"_s, theme.dim},
        {u"@accent"_s, theme.accent},
        {u"@running"_s, theme.running},
        {u"@warning"_s, theme.warning},
        {u"@ok"_s, theme.ok},
        {u"@bad"_s, theme.bad},
    });
    QFile file(u":/style/style.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    for (const auto &[name, color] : tokens)
        sheet.replace(name, color.name());
    return sheet;
}

/// True when the desktop asks for dark. Qt 6.4 has no QStyleHints::colorScheme, so the palette that
/// the platform gave at start decides.
bool systemIsDark()
{
    static const bool kDark =
        QApplication::palette().color(QPalette::Window).lightness() < kDarkBelow;
    return kDark;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

} // namespace

QColor Theme::band(const QString &environmentColour) const
{
    if (environmentColour == u"red"_s)
        return dark ? QColor(0x8f1d17) : QColor(0xa5231b);
    if (environmentColour == u"amber"_s)
        return dark ? QColor(0x7a4d09) : QColor(0x8f5b0b);
    return dark ? QColor(0x155754) : QColor(0x1b6f6a);
}

const Theme &lightTheme()
{
    static const Theme kTheme{
        .dark = false,
        .window = QColor(0xf4f5f7),
        .panel = QColor(0xffffff),
        .raised = QColor(0xffffff),
        .line = QColor(0xdfe3e8),
        .text = QColor(0x1b1f24),
        .dim = QColor(0x5b6570),
        .accent = QColor(0x2457c5),
        .accentGround = QColor(0xe8eefb),
        .onAccent = QColor(0xffffff),
        .ok = QColor(0x187a34),
        .okGround = QColor(0xe6f4ea),
        .running = QColor(0x0b62c4),
        .runningGround = QColor(0xe5f0fc),
        .warning = QColor(0x8a5a00),
        .warningGround = QColor(0xfdf3dc),
        .bad = QColor(0xb3261e),
        .badGround = QColor(0xfbe9e7),
        .p50 = QColor(0x2457c5),
        .p95 = QColor(0xb35900),
        .p99 = QColor(0x8b2fc9),
        .bandText = QColor(0xffffff),
    };
    return kTheme;
}

const Theme &darkTheme()
{
    static const Theme kTheme{
        .dark = true,
        .window = QColor(0x14171b),
        .panel = QColor(0x1b1f24),
        .raised = QColor(0x21262c),
        .line = QColor(0x2f363e),
        .text = QColor(0xe6eaee),
        .dim = QColor(0x9aa5b1),
        .accent = QColor(0x7aa7ff),
        .accentGround = QColor(0x1e2c47),
        .onAccent = QColor(0x14171b),
        .ok = QColor(0x57c878),
        .okGround = QColor(0x16301f),
        .running = QColor(0x6cb0ff),
        .runningGround = QColor(0x14283f),
        .warning = QColor(0xdcb04a),
        .warningGround = QColor(0x33290f),
        .bad = QColor(0xff8a80),
        .badGround = QColor(0x3a1a18),
        .p50 = QColor(0x7aa7ff),
        .p95 = QColor(0xf0a45d),
        .p99 = QColor(0xcf94ff),
        .bandText = QColor(0xffffff),
    };
    return kTheme;
}

const Theme &themeOf(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < kDarkBelow ? darkTheme() : lightTheme();
}

void applyTheme(QApplication &application, ThemeChoice choice)
{
    const bool dark =
        choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemIsDark());
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    const Theme &theme = dark ? darkTheme() : lightTheme();
    QApplication::setPalette(paletteOf(theme));
    application.setStyleSheet(styleSheetOf(theme));
}

QFont fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

QFont scaledFont(double factor, QFont::Weight weight)
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setWeight(weight);
    return font;
}

double contrast(const QColor &first, const QColor &second)
{
    const auto [low, high] = std::minmax({luminance(first), luminance(second)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace runsheet
