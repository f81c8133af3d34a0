// SPDX-License-Identifier: Apache-2.0
#include "widgets/card.h"

#include <QLayout>
#include <QMouseEvent>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString toneName(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return u"neutral"_s;
    case Tone::Accent:
        return u"accent"_s;
    case Tone::Ok:
        return u"ok"_s;
    case Tone::Running:
        return u"running"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Bad:
        return u"bad"_s;
    }
    return {};
}

void setStyleProperty(QWidget *widget, const char *name, const QVariant &value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

// The layout's own answers. Qt's way from a widget to them adds a guess at the height: all text
// laid out for another width than the one it has, each time anything in a list of thousands
// changes.

QSize sizeWithoutText(const QWidget &widget)
{
    return widget.layout() != nullptr ? widget.layout()->sizeHint() : QSize();
}

QSize minimumWithoutText(const QWidget &widget)
{
    return widget.layout() != nullptr ? widget.layout()->minimumSize() : QSize();
}

} // namespace

void setTone(QWidget *widget, Tone tone)
{
    setStyleProperty(widget, "tone", toneName(tone));
}

ListPanel::ListPanel(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(name);
}

Card::Card(const QString &name, QWidget *parent)
    : QFrame(parent)
{
    setAccessibleName(name);
    setProperty("card", true);
}

QSize ListPanel::sizeHint() const
{
    return sizeWithoutText(*this);
}

QSize ListPanel::minimumSizeHint() const
{
    return minimumWithoutText(*this);
}

QSize Card::sizeHint() const
{
    return sizeWithoutText(*this);
}

QSize Card::minimumSizeHint() const
{
    return minimumWithoutText(*this);
}

void Card::setCurrent(bool current)
{
    m_current = current;
    setStyleProperty(this, "current", current);
}

void Card::setTone(Tone tone)
{
    runsheet::setTone(this, tone);
}

void Card::mousePressEvent(QMouseEvent *event)
{
    QFrame::mousePressEvent(event);
    event->accept();
    Q_EMIT pressed();
}

} // namespace runsheet
