// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/wording.h"

#include <QFrame>

namespace runsheet
{

/// A column of cards; screen readers see a list with the panel's accessible name.
class ListPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ListPanel(const QString &name, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
};

/// A rounded box on the ground; screen readers see a list item.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(const QString &name, QWidget *parent = nullptr);

    /// The one that the keyboard acts on: a thicker border in the accent colour.
    void setCurrent(bool current);
    [[nodiscard]] bool isCurrent() const { return m_current; }
    void setTone(Tone tone);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pressed();

protected:
    void mousePressEvent(QMouseEvent *event) override;

private:
    bool m_current = false;
};

/// Sets the property that the style sheet tells tones by, and restyles.
void setTone(QWidget *widget, Tone tone);
/// Sets a boolean style property once, before the widget is shown.
template <typename Widget>
Widget *styled(Widget *widget, const char *property)
{
    widget->setProperty(property, true);
    return widget;
}

} // namespace runsheet
