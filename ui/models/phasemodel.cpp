// SPDX-License-Identifier: Apache-2.0
#include "models/phasemodel.h"

#include "models/duetimes.h"
#include "run/rules.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

bool isTimed(const Phase &phase)
{
    return phase.group != PhaseGroup::Reference && phase.group != PhaseGroup::Rollback;
}

bool isRunning(const RunState &state, const Phase &phase)
{
    return std::ranges::any_of(state.executions, [&](const Execution &execution) {
        const Phase *owner = execution.isOpen() ? state.runbook->phaseOf(execution.step) : nullptr;
        return owner != nullptr && owner->id == phase.id;
    });
}

QDateTime lastSignOff(const RunState &state, const Phase &phase)
{
    QDateTime last;
    for (const Step &step : phase.steps) {
        for (const SignOff &signOff : state.signOffs.value(step.id))
            last = last.isValid() ? std::max(last, signOff.at) : signOff.at;
    }
    return last;
}

const Gate *gateOf(const RunState &state, const PhaseId &phase)
{
    const auto it = std::find_if(state.gates.rbegin(), state.gates.rend(),
                                 [&](const Gate &gate) { return gate.decision.phase == phase; });
    return it == state.gates.rend() ? nullptr : &*it;
}

QString joined(const QString &first, const QString &second)
{
    return first.isEmpty() || second.isEmpty() ? first + second : first + u" · "_s + second;
}

QString gateText(const RunState &state, const Phase &phase)
{
    if (const Gate *gate = gateOf(state, phase.id))
        return (gate->decision.go ? PhaseModel::tr("go by %1, %2")
                                  : PhaseModel::tr("no go by %1, %2"))
            .arg(gate->by.name, gate->at.toUTC().toString(u"HH:mm"_s));
    return rules::phaseIsOpen(state, phase.id) ? QString() : PhaseModel::tr("gate closed");
}

QString timedSubline(const RunState &state, const Phase &phase, const std::optional<DueTime> &due,
                     const QDateTime &now)
{
    const RunState::Progress progress = state.progress(phase.id);
    if (progress.total > 0 && progress.isComplete())
        return PhaseModel::tr("signed %1").arg(Wording::day(lastSignOff(state, phase), now));
    QString gate = gateText(state, phase);
    if (!due)
        return gate;
    if (due->isOverdue(now))
        return joined(DueTimes::words(*due, now), gate);
    return gate.isEmpty() ? DueTimes::words(*due, now) : gate;
}

void setSubline(PhaseEntry &entry, const RunState &state, const Phase &phase, const QDateTime &now)
{
    if (phase.isRollbackScenario())
        entry.subline = state.hasRollback(phase.id) ? PhaseModel::tr("declared") : QString();
    if (!isTimed(phase))
        return;
    const std::optional<DueTime> due = DueTimes::of(state, phase);
    entry.subline = timedSubline(state, phase, due, now);
    entry.overdue = due && due->isOverdue(now);
    if (due)
        entry.due = PhaseModel::tr("due %1").arg(Wording::moment(due->due, now));
}

/// "Scenario 1: Migration fails" as "Scenario 1" and "Migration fails": the rail is narrow, and
/// what tells scenarios apart is not their number.
struct NumberedTitle
{
    QString number;
    QString title;
};

NumberedTitle numberedTitle(const Phase &phase)
{
    static const QRegularExpression kNumbered(u"^(\\S+ \\S{1,3})\\s*[:–—-]\\s+(\\S.*)$"_s);
    const QString title = phase.shortTitle.isEmpty() ? phase.title : phase.shortTitle;
    const auto match =
        phase.isRollbackScenario() ? kNumbered.match(phase.title) : QRegularExpressionMatch();
    return match.hasMatch() ? NumberedTitle{match.captured(1), match.captured(2)}
                            : NumberedTitle{{}, title};
}

QString countText(const RunState::Progress &progress)
{
    if (progress.total == 0)
        return {};
    const bool partly = progress.closed > 0 && !progress.isComplete();
    return partly ? u"%1/%2"_s.arg(progress.closed).arg(progress.total)
                  : QString::number(progress.total);
}

void setStateIcon(PhaseEntry &entry, const RunState &state, const Phase &phase)
{
    const RunState::Progress progress = state.progress(phase.id);
    if (isRunning(state, phase)) {
        entry.icon = u"running"_s;
        entry.tone = Tone::Running;
    } else if (!isTimed(phase)) {
        const bool onlyText = phase.group == PhaseGroup::Rollback && !phase.isRollbackScenario();
        entry.icon = phase.icon.isEmpty() || onlyText ? u"reference"_s : phase.icon;
        entry.tone = state.hasRollback(phase.id) ? Tone::Warning : Tone::Neutral;
    } else if (progress.total > 0 && progress.isComplete()) {
        entry.icon = u"signed"_s;
        entry.tone = Tone::Ok;
    } else {
        entry.icon = progress.closed > 0 ? u"started"_s : u"pending"_s;
        entry.tone = progress.closed > 0 ? Tone::Accent : Tone::Neutral;
    }
}

QString headingOf(PhaseGroup group)
{
    switch (group) {
    case PhaseGroup::Before:
        return PhaseModel::tr("BEFORE");
    case PhaseGroup::Window:
        return PhaseModel::tr("WINDOW");
    case PhaseGroup::After:
        return PhaseModel::tr("AFTER");
    case PhaseGroup::Rollback:
    case PhaseGroup::Reference:
        return PhaseModel::tr("AT HAND");
    }
    return {};
}

QList<PhaseEntry> entriesOf(const RunState &state, const QDateTime &now)
{
    QList<PhaseEntry> entries;
    QString heading;
    for (const auto group : {PhaseGroup::Before, PhaseGroup::Window, PhaseGroup::After,
                             PhaseGroup::Rollback, PhaseGroup::Reference}) {
        for (const Phase &phase : state.runbook->phases) {
            if (phase.group != group)
                continue;
            if (heading != headingOf(group)) {
                heading = headingOf(group);
                entries.append(PhaseEntry{.title = heading});
            }
            entries.append(phaseEntry(state, phase, now));
        }
    }
    return entries;
}

} // namespace

PhaseEntry phaseEntry(const RunState &state, const Phase &phase, const QDateTime &now)
{
    const auto [number, title] = numberedTitle(phase);
    PhaseEntry entry{.id = phase.id,
                     .title = title,
                     .fullTitle = phase.title,
                     .count = countText(state.progress(phase.id))};
    setSubline(entry, state, phase, now);
    entry.subline = joined(number, entry.subline);
    setStateIcon(entry, state, phase);
    return entry;
}

void PhaseModel::setState(const RunState &state, const QDateTime &now)
{
    const QList<PhaseEntry> entries =
        state.runbook == nullptr ? QList<PhaseEntry>() : entriesOf(state, now);
    const bool sameRows =
        std::ranges::equal(entries, m_entries, {}, &PhaseEntry::id, &PhaseEntry::id);
    if (!sameRows) {
        beginResetModel();
        m_entries = entries;
        endResetModel();
        return;
    }
    for (int row = 0; row < rowCount(); ++row) {
        if (m_entries.at(row) == entries.at(row))
            continue;
        m_entries[row] = entries.at(row);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

QModelIndex PhaseModel::indexOf(const PhaseId &phase) const
{
    const auto it = std::ranges::find(m_entries, phase, &PhaseEntry::id);
    if (phase.isEmpty() || it == m_entries.end())
        return {};
    return index(static_cast<int>(it - m_entries.begin()));
}

int PhaseModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant PhaseModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const PhaseEntry &entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::AccessibleTextRole:
        return entry.isHeading() ? entry.title : entry.fullTitle;
    case Qt::AccessibleDescriptionRole:
        return joined(entry.subline, entry.count);
    case Qt::ToolTipRole:
        return joined(joined(entry.fullTitle, joined(entry.subline, entry.count)), entry.due)
            .toHtmlEscaped();
    case EntryRole:
        return QVariant::fromValue(entry);
    default:
        return {};
    }
}

Qt::ItemFlags PhaseModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_entries.at(index.row()).isHeading())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace runsheet
