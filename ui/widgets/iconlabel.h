// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/wording.h"

#include <QTimer>
#include <QWidget>

namespace runsheet
{

/// A state or section icon in the theme's colours, as tall as a line of text. Purely visual: the
/// state is also said in words beside it.
class IconLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit IconLabel(QWidget *parent = nullptr);

    void setIcon(const QString &name, Tone tone);
    [[nodiscard]] QString iconName() const { return m_name; }
    /// Turns while something really runs.
    void setTurning(bool turning);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void turn();

    QString m_name;
    Tone m_tone = Tone::Neutral;
    QTimer m_timer;
    int m_angle = 0;
    bool m_turning = false;
};

/// The colour a tone has on a pane.
[[nodiscard]] QColor toneColor(Tone tone);

} // namespace runsheet
