// SPDX-License-Identifier: Apache-2.0
#include "widgets/messagebar.h"

#include "widgets/card.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new IconLabel(this))
    , m_text(wrappedLabel({}, this))
    , m_detail(dimLabel({}, this))
{
    setObjectName(u"messageBar"_s);
    setProperty("strip", true);
    auto *close = linkButton(tr("Dismiss"), this);
    connect(close, &QPushButton::clicked, this, &MessageBar::dismiss);

    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(m_text);
    column->addWidget(m_detail);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(column, 1);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::showError(const Error &error)
{
    showMessage(error.kind == Error::Kind::Refused ? Tone::Warning : Tone::Bad, error.message,
                error.detail);
}

void MessageBar::showMessage(Tone tone, const QString &text, const QString &detail)
{
    setTone(this, tone);
    m_icon->setIcon(tone == Tone::Running ? u"overview"_s : u"warning"_s, tone);
    m_text->setText(text);
    setTextOrHide(m_detail, detail);
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::dismiss()
{
    hide();
    m_text->clear();
}

QString MessageBar::text() const
{
    return m_text->text();
}

} // namespace runsheet
