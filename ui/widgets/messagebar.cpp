// SPDX-License-Identifier: Apache-2.0
#include "widgets/messagebar.h"

#include "widgets/card.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return u"signed"_s;
    case Tone::Neutral:
    case Tone::Accent:
    case Tone::Running:
        return u"overview"_s;
    case Tone::Warning:
    case Tone::Bad:
        break;
    }
    return u"warning"_s;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new IconLabel(this))
    , m_text(wrappedLabel({}, this))
    , m_detail(dimLabel({}, this))
    , m_dismiss(linkButton(tr("Dismiss"), this))
{
    setObjectName(u"messageBar"_s);
    setProperty("strip", true);
    m_dismiss->setObjectName(u"dismissMessage"_s);
    connect(m_dismiss, &QPushButton::clicked, this, &MessageBar::dismiss);

    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(m_text);
    column->addWidget(m_detail);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(column, 1);
    row->addWidget(m_dismiss, 0, Qt::AlignTop);
    hide();
}

void MessageBar::showError(const Error &error)
{
    showMessage(error.kind == Error::Kind::Refused ? Tone::Warning : Tone::Bad, error.message,
                error.detail);
}

void MessageBar::showMessage(Tone tone, const QString &text, const QString &detail)
{
    const Message message{.tone = tone, .text = text, .detail = detail};
    m_messages.removeIf(
        [&](const Message &one) { return one.tone != Tone::Bad || one == message; });
    m_messages.append(message);
    present();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::dismiss()
{
    if (!m_messages.isEmpty())
        m_messages.removeLast();
    present();
}

void MessageBar::dismissPassing()
{
    m_messages.removeIf([](const Message &one) { return one.tone != Tone::Bad; });
    present();
}

void MessageBar::withdraw(const QString &text)
{
    if (m_messages.removeIf([&](const Message &one) { return one.text == text; }) > 0)
        present();
}

void MessageBar::clear()
{
    m_messages.clear();
    present();
}

void MessageBar::present()
{
    const Message shown = m_messages.isEmpty() ? Message() : m_messages.last();
    setTone(this, shown.tone);
    m_icon->setIcon(iconOf(shown.tone), shown.tone);
    m_text->setText(shown.text);
    setTextOrHide(m_detail, shown.detail);
    m_dismiss->setText(m_messages.size() < 2 ? tr("Dismiss")
                                             : tr("Dismiss (%1 more)").arg(m_messages.size() - 1));
    setVisible(!m_messages.isEmpty());
}

QString MessageBar::text() const
{
    return m_text->text();
}

} // namespace runsheet
