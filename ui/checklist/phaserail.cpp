// SPDX-License-Identifier: Apache-2.0
#include "checklist/phaserail.h"

#include "checklist/phasedelegate.h"
#include "models/phasemodel.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kWideCharacters = 38;
constexpr int kLeastCharacters = 16;

} // namespace

PhaseRail::PhaseRail(QWidget *parent)
    : QListView(parent)
    , m_model(new PhaseModel(this))
    , m_delegate(new PhaseDelegate(this))
{
    setObjectName(u"phases"_s);
    setAccessibleName(tr("Phases"));
    setProperty("rail", true);
    setModel(m_model);
    setItemDelegate(m_delegate);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setResizeMode(Adjust); // titles wrap anew
}

void PhaseRail::refresh(const RunState &state, const QDateTime &now)
{
    m_model->setState(state, now);
    choose(m_chosen);
}

void PhaseRail::choose(const PhaseId &phase)
{
    m_chosen = phase;
    const QModelIndex index = m_model->indexOf(phase);
    if (index.isValid() && index != currentIndex())
        setCurrentIndex(index);
}

void PhaseRail::setCompact(bool compact)
{
    if (compact == m_delegate->isCompact())
        return;
    m_delegate->setCompact(compact);
    setMaximumWidth(compact ? PhaseDelegate::compactWidth(fontMetrics()) : QWIDGETSIZE_MAX);
    scheduleDelayedItemsLayout();
    updateGeometry();
}

QSize PhaseRail::minimumSizeHint() const
{
    const int wide = fontMetrics().averageCharWidth() * kLeastCharacters;
    return {m_delegate->isCompact() ? PhaseDelegate::compactWidth(fontMetrics()) : wide, 80};
}

QSize PhaseRail::sizeHint() const
{
    const int wide = fontMetrics().averageCharWidth() * kWideCharacters;
    return {m_delegate->isCompact() ? PhaseDelegate::compactWidth(fontMetrics()) : wide, 300};
}

void PhaseRail::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!current.isValid())
        return;
    const PhaseId phase = m_model->entry(current.row()).id;
    if (phase.isEmpty() || phase == m_chosen)
        return;
    m_chosen = phase;
    Q_EMIT phaseChosen(phase);
}

void PhaseRail::keyboardSearch(const QString &) { }

} // namespace runsheet
