// SPDX-License-Identifier: Apache-2.0
#include "runbook/runbook.h"

#include "base/text.h"
#include "runbook/duration.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr std::array<std::pair<QLatin1StringView, PhaseGroup>, 5> kGroups = {{
    {"before"_L1, PhaseGroup::Before},
    {"window"_L1, PhaseGroup::Window},
    {"after"_L1, PhaseGroup::After},
    {"rollback"_L1, PhaseGroup::Rollback},
    {"reference"_L1, PhaseGroup::Reference},
}};

} // namespace

QString groupName(PhaseGroup group)
{
    const auto *it = std::ranges::find(kGroups, group, &decltype(kGroups)::value_type::second);
    return it == kGroups.end() ? QString() : QString(it->first);
}

std::optional<PhaseGroup> groupFromName(const QString &name)
{
    const auto *it =
        std::ranges::find_if(kGroups, [&name](const auto &entry) { return name == entry.first; });
    return it == kGroups.end() ? std::nullopt : std::optional(it->second);
}

QString Command::title() const
{
    if (!label.isEmpty())
        return label;
    const QString comment = language == CommandLanguage::Sql ? u"--"_s : u"#"_s;
    for (const QString &line : text.split(u'\n')) {
        QString trimmed = line.trimmed();
        if (!trimmed.isEmpty() && !trimmed.startsWith(comment))
            return trimmed;
    }
    return firstLine(text);
}

bool Command::wantsTerminal() const
{
    return attributes.value(u"tty"_s) != u"false";
}

bool Command::asksConfirmation() const
{
    return attributes.value(u"confirm"_s) == u"true";
}

bool Command::runsOnce() const
{
    return attributes.value(u"once"_s) == u"true";
}

bool Command::canBeCancelled() const
{
    return attributes.value(u"cancel"_s) != u"false";
}

QString Command::checkQuery() const
{
    return attributes.value(u"check"_s);
}

std::optional<bool> Command::wantsClientCheck() const
{
    const QString value = attributes.value(u"clientcheck"_s);
    return value.isEmpty() ? std::nullopt : std::optional(value == u"true");
}

std::optional<qint64> Command::timeoutSeconds() const
{
    return durationIn(attributes.value(u"timeout"_s));
}

QString Command::name() const
{
    return attributes.value(u"name"_s);
}

QString Command::workingFolder() const
{
    return attributes.value(u"cwd"_s);
}

std::optional<qint64> Command::probeSeconds() const
{
    const QString interval = attributes.value(u"probe"_s);
    return interval == u"true" ? std::optional<qint64>(0) : durationIn(interval);
}

QJsonObject RunbookCounts::toJson() const
{
    QJsonObject blocks;
    for (auto it = codeBlocks.begin(); it != codeBlocks.end(); ++it)
        blocks.insert(it.key(), it.value());
    return {
        {u"headings"_s, headings},
        {u"task_items"_s, taskItems},
        {u"nested_task_items"_s, nestedTaskItems},
        {u"ordered_items"_s, orderedItems},
        {u"bullet_items"_s, bulletItems},
        {u"code_blocks"_s, blocks},
    };
}

const Phase *Runbook::phase(const PhaseId &id) const
{
    const auto it = std::ranges::find(phases, id, &Phase::id);
    return it == phases.end() ? nullptr : &*it;
}

const Step *Runbook::step(const StepId &id) const
{
    for (const Phase &phase : phases) {
        const auto it = std::ranges::find(phase.steps, id, &Step::id);
        if (it != phase.steps.end())
            return &*it;
    }
    return nullptr;
}

const Phase *Runbook::phaseOf(const StepId &id) const
{
    const auto holds = [&id](const Phase &phase) {
        return std::ranges::find(phase.steps, id, &Step::id) != phase.steps.end();
    };
    const auto it = std::ranges::find_if(phases, holds);
    return it == phases.end() ? nullptr : &*it;
}

const Step *Runbook::stepOf(const CommandId &id) const
{
    return step(StepId{id.value.section(u'#', 0, -2)});
}

const Command *Runbook::command(const CommandId &id) const
{
    const Step *owner = stepOf(id);
    if (owner == nullptr)
        return nullptr;
    const auto it = std::ranges::find(owner->commands, id, &Command::id);
    return it == owner->commands.end() ? nullptr : &*it;
}

int Phase::commandCount() const
{
    return std::transform_reduce(steps.begin(), steps.end(), 0, std::plus(), [](const Step &step) {
        return static_cast<int>(step.commands.size());
    });
}

int Runbook::commandCount() const
{
    return std::transform_reduce(phases.begin(), phases.end(), 0, std::plus(),
                                 [](const Phase &phase) { return phase.commandCount(); });
}

int Runbook::signableSteps() const
{
    qsizetype count = 0;
    for (const Phase &phase : phases)
        count += std::ranges::count_if(phase.steps, &Step::isSignable);
    return static_cast<int>(count);
}

bool Runbook::hasErrors() const
{
    return std::ranges::any_of(diagnostics, [](const Diagnostic &diagnostic) {
        return diagnostic.severity == Diagnostic::Severity::Error;
    });
}

} // namespace runsheet
