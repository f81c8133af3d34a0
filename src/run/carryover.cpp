// SPDX-License-Identifier: Apache-2.0
#include "run/carryover.h"

#include <QSet>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Joins texts so that no two different lists give the same key.
QString keyOf(const QStringList &parts)
{
    QString key;
    for (const QString &part : parts)
        key += QString::number(part.size()) + u':' + part;
    return key;
}

template <typename Id>
struct Keyed
{
    QString key;
    Id id;
};

template <typename Id>
using ByKey = QHash<QString, QList<Id>>;

template <typename Id>
ByKey<Id> grouped(const QList<Keyed<Id>> &items)
{
    ByKey<Id> groups;
    for (const Keyed<Id> &item : items)
        groups[item.key] += item.id;
    return groups;
}

enum class WhenUneven
{
    PairNone,
    PairTheFirst
};

/// Pairs what has the same key, in source order.
template <typename Id>
void pairUp(QHash<Id, Id> &pairs, const QList<Keyed<Id>> &before, const QList<Keyed<Id>> &after,
            WhenUneven whenUneven)
{
    const ByKey<Id> later = grouped(after);
    const ByKey<Id> earlier = grouped(before);
    for (auto it = earlier.begin(); it != earlier.end(); ++it) {
        const QList<Id> same = later.value(it.key());
        if (same.size() != it->size() && whenUneven == WhenUneven::PairNone)
            continue;
        for (qsizetype i = 0; i < std::min(same.size(), it->size()); ++i)
            pairs.insert(it->at(i), same.at(i));
    }
}

QString titlePath(const Phase &phase, const Step &step)
{
    QStringList titles{step.title};
    StepId above = step.parent;
    while (!above.isEmpty()) {
        const auto parent = std::ranges::find(phase.steps, above, &Step::id);
        titles.prepend(parent->title);
        above = parent->parent;
    }
    return keyOf(QStringList{phase.section, phase.title} + titles);
}

QString keyOf(const Command &command)
{
    return keyOf(QStringList{QString::number(static_cast<int>(command.language)), command.text});
}

QString contentOf(const Command &command)
{
    QStringList parts{keyOf(command)};
    for (auto it = command.attributes.begin(); it != command.attributes.end(); ++it)
        parts << it.key() << it.value();
    return keyOf(parts);
}

/// Everything a person relied on when they signed.
QString contentOf(const Step &step)
{
    QStringList parts;
    for (const TextBlock &note : step.notes)
        parts << QString::number(static_cast<int>(note.kind)) << QString::number(note.level)
              << note.text << note.info;
    for (const Command &command : step.commands)
        parts << contentOf(command);
    for (const Expectation &expectation : step.expectations)
        parts << expectation.text << expectation.info;
    for (const HttpCheck &check : step.httpChecks)
        parts << check.method << check.target << QString::number(check.expectedStatus)
              << check.expectedBody;
    return keyOf(parts);
}

QList<Keyed<PhaseId>> keyedPhases(const Runbook &runbook)
{
    QList<Keyed<PhaseId>> phases;
    for (const Phase &phase : runbook.phases)
        phases.append({keyOf(QStringList{phase.section, phase.title}), phase.id});
    return phases;
}

QList<Keyed<StepId>> keyedSteps(const Runbook &runbook)
{
    QList<Keyed<StepId>> steps;
    for (const Phase &phase : runbook.phases) {
        for (const Step &step : phase.steps)
            steps.append({titlePath(phase, step) + contentOf(step), step.id});
    }
    return steps;
}

QSet<CommandId> asSet(const QList<CommandId> &commands)
{
    return {commands.begin(), commands.end()};
}

/// Commands that are not among `taken`; their step is part of the key, or is not.
QList<Keyed<CommandId>> keyedCommands(const Runbook &runbook, bool inTheirStep,
                                      const QSet<CommandId> &taken)
{
    QList<Keyed<CommandId>> commands;
    for (const Phase &phase : runbook.phases) {
        for (const Step &step : phase.steps) {
            const QString place = inTheirStep ? titlePath(phase, step) : QString();
            for (const Command &command : step.commands) {
                if (!taken.contains(command.id))
                    commands.append({place + keyOf(command), command.id});
            }
        }
    }
    return commands;
}

void pairCommandsOfSteps(CarryOver &carried, const Runbook &before, const Runbook &after)
{
    for (auto it = carried.steps.begin(); it != carried.steps.end(); ++it) {
        const QList<Command> &earlier = before.step(it.key())->commands;
        const QList<Command> &later = after.step(it.value())->commands;
        for (qsizetype i = 0; i < earlier.size(); ++i)
            carried.commands.insert(earlier.at(i).id, later.at(i).id);
    }
}

} // namespace

CarryOver carryOver(const Runbook &before, const Runbook &after)
{
    CarryOver carried;
    pairUp(carried.phases, keyedPhases(before), keyedPhases(after), WhenUneven::PairNone);
    pairUp(carried.steps, keyedSteps(before), keyedSteps(after), WhenUneven::PairNone);
    pairCommandsOfSteps(carried, before, after);
    for (const bool inTheirStep : {true, false}) {
        const QList<CommandId> pairedBefore = carried.commands.keys();
        const QList<CommandId> pairedAfter = carried.commands.values();
        pairUp(carried.commands, keyedCommands(before, inTheirStep, asSet(pairedBefore)),
               keyedCommands(after, inTheirStep, asSet(pairedAfter)), WhenUneven::PairTheFirst);
    }
    return carried;
}

} // namespace runsheet
