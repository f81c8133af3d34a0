// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/wording.h"

#include <QLabel>
#include <QPushButton>

namespace runsheet
{

class ElidedLabel;

// Labels in the product's type scale. All show plain text: most of what they say comes from a
// runbook, a log or a server. None has an accessible name, because that would hide the text.
[[nodiscard]] QLabel *bodyLabel(const QString &text, QWidget *parent);
[[nodiscard]] QLabel *wrappedLabel(const QString &text, QWidget *parent);
[[nodiscard]] QLabel *strongLabel(const QString &text, QWidget *parent); ///< semi-bold, wraps
[[nodiscard]] QLabel *titleLabel(const QString &text, QWidget *parent);
[[nodiscard]] QLabel *dimLabel(const QString &text, QWidget *parent); ///< secondary, wraps
[[nodiscard]] ElidedLabel *dimLine(const QString &text, QWidget *parent); ///< secondary, one line
[[nodiscard]] QLabel *capsLabel(const QString &text, QWidget *parent); ///< heading of a list
[[nodiscard]] QLabel *chipLabel(const QString &text, Tone tone, QWidget *parent);
/// Rounded to the height of its font; hidden when the text is empty.
void setChip(QLabel *chip, const QString &text, Tone tone);
void setTextOrHide(QLabel *label, const QString &text);
[[nodiscard]] QPushButton *linkButton(const QString &text, QWidget *parent);

} // namespace runsheet
