// SPDX-License-Identifier: Apache-2.0
#include "widgets/iconlabel.h"

#include "icons.h"
#include "theme.h"

#include <QApplication>
#include <QPainter>

using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr auto kTurnInterval = 80ms;
constexpr int kTurnStep = 24; // degrees: one turn in 1.2 s

} // namespace

QColor toneColor(Tone tone)
{
    const QPalette colours = QApplication::palette();
    const Theme &theme = themeOf(colours);
    switch (tone) {
    case Tone::Neutral:
        return theme.dim;
    case Tone::Accent:
        return theme.accent;
    case Tone::Ok:
        return theme.ok;
    case Tone::Running:
        return theme.running;
    case Tone::Warning:
        return theme.warning;
    case Tone::Bad:
        return theme.bad;
    }
    return theme.text;
}

IconLabel::IconLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_timer.setInterval(kTurnInterval);
    connect(&m_timer, &QTimer::timeout, this, &IconLabel::turn);
}

void IconLabel::setIcon(const QString &name, Tone tone)
{
    m_name = name;
    m_tone = tone;
    update();
}

void IconLabel::setTurning(bool turning)
{
    m_turning = turning;
    m_angle = turning ? m_angle : 0;
    if (turning && isVisible())
        m_timer.start();
    else
        m_timer.stop();
}

QSize IconLabel::sizeHint() const
{
    const int side = fontMetrics().height();
    return {side, side};
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const int side = std::min(width(), height());
    painter.translate(width() / 2.0, height() / 2.0);
    painter.rotate(m_angle);
    const QPixmap pixmap =
        iconPixmap(m_name, toneColor(m_tone), themeOf(QApplication::palette()).panel, side,
                   devicePixelRatioF());
    painter.drawPixmap(QPointF(-side / 2.0, -side / 2.0), pixmap);
}

void IconLabel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    setTurning(m_turning);
}

void IconLabel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

void IconLabel::turn()
{
    m_angle = (m_angle + kTurnStep) % 360;
    update();
}

} // namespace runsheet
