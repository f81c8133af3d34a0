// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;
class QWidget;

namespace runsheet
{

/// The colours of the product, in one place. Text on its ground has a contrast of at least 4.5:1,
/// shapes 3:1; tst_theme computes it.
struct Theme
{
    bool dark = false;
    QColor window; ///< ground
    QColor panel; ///< panes
    QColor raised; ///< fields and buttons
    QColor line; ///< borders, one pixel
    QColor text;
    QColor dim; ///< never for anything that must be read to act
    QColor accent, accentGround; ///< selection, focus, the one primary button
    QColor onAccent; ///< text on the primary button
    QColor ok, okGround; ///< signed, exit 0
    QColor running, runningGround;
    QColor warning, warningGround; ///< waits, deviations
    QColor bad, badGround; ///< failed, blocked
    QColor p50, p95, p99; ///< told apart by dash and label as well
    QColor bandText; ///< on every environment band

    /// Ground of the environment band: "red", "amber", anything else teal.
    [[nodiscard]] QColor band(const QString &environmentColour) const;
};

[[nodiscard]] const Theme &lightTheme();
[[nodiscard]] const Theme &darkTheme();
/// The theme a widget is painted in, told from its palette's window colour.
[[nodiscard]] const Theme &themeOf(const QPalette &palette);

enum class ThemeChoice
{
    System,
    Light,
    Dark
};

/// Fusion, a palette made from the tokens, and the small style sheet for cards and chips. Call it
/// again to change the theme; open windows follow.
void applyTheme(QApplication &application, ThemeChoice choice);

/// The system's fixed font at the size of the application's font.
[[nodiscard]] QFont fixedFont();
/// The application's font scaled, for titles (1.4), secondary text (0.92), list headings (0.85).
[[nodiscard]] QFont scaledFont(double factor, QFont::Weight weight = QFont::Normal);
/// WCAG 2 contrast ratio, 1 to 21.
[[nodiscard]] double contrast(const QColor &first, const QColor &second);

} // namespace runsheet
