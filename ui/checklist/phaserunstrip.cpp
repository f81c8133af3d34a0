// SPDX-License-Identifier: Apache-2.0
#include "checklist/phaserunstrip.h"

#include "icons.h"
#include "widgets/card.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

PhaseRunStrip::PhaseRunStrip(ChecklistIntents &intents, QWidget *parent)
    : QFrame(parent)
    , m_intents(intents)
    , m_icon(new IconLabel(this))
    , m_text(wrappedLabel({}, this))
    , m_start(new QPushButton(themedIcon(u"run"_s), tr("Run this phase"), parent))
    , m_pause(new QPushButton(themedIcon(u"pause"_s), tr("Pause"), this))
    , m_goOn(styled(new QPushButton(this), "primary"))
    , m_step(linkButton(tr("Show step"), this))
{
    setProperty("strip", true);
    m_start->setObjectName(u"runPhase"_s);
    m_start->setAccessibleName(tr("Run this phase"));
    m_pause->setAccessibleName(tr("Pause this phase"));
    m_pause->setToolTip(tr("No next command is started; the one that runs goes on."));
    const int icon = fontMetrics().height() * 4 / 5;
    for (QPushButton *button : {m_start, m_pause})
        button->setIconSize({icon, icon});
    for (QPushButton *button : {m_start, m_goOn})
        connect(button, &QPushButton::clicked, &m_intents, &ChecklistIntents::phaseRunWanted);
    connect(m_pause, &QPushButton::clicked, &m_intents, &ChecklistIntents::phasePauseWanted);
    connect(m_step, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.stepChosen(m_view.step); });
    buildLayout();
    showView({});
}

void PhaseRunStrip::buildLayout()
{
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton *button : {m_goOn, m_pause, m_step})
        buttons->addWidget(button);
    buttons->addStretch();
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(m_text);
    column->addLayout(buttons);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 12, 10);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(column, 1);
}

void PhaseRunStrip::focusGoOn()
{
    if (m_goOn->isVisible())
        m_goOn->setFocus(Qt::ShortcutFocusReason);
}

void PhaseRunStrip::showView(const PhaseRunView &view)
{
    using Kind = PhaseRunView::Kind;
    const bool isNews = view != m_view && view.kind == Kind::Halted;
    m_view = view;
    m_start->setVisible(view.kind == Kind::Ready);
    m_start->setEnabled(view.refusal.isEmpty());
    m_start->setToolTip(view.refusal.isEmpty()
                            ? tr("Runs its commands in order, and stops where a person is needed.")
                            : view.refusal);
    m_icon->setIcon(view.icon, view.tone);
    m_icon->setTurning(view.kind == Kind::Running);
    m_text->setText(view.text);
    m_pause->setVisible(view.kind == Kind::Running);
    m_goOn->setVisible(view.kind == Kind::Halted && !view.verb.isEmpty());
    m_goOn->setText(view.verb);
    m_goOn->setAccessibleName(view.verb);
    m_step->setVisible(view.kind == Kind::Halted && !view.step.isEmpty());
    setTone(this, view.tone);
    setVisible(view.kind == Kind::Running || view.kind == Kind::Halted);
    setAccessibleName(view.text);
    if (!isNews)
        return;
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace runsheet
