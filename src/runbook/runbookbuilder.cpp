// SPDX-License-Identifier: Apache-2.0
#include "runbook/runbookbuilder.h"

#include "base/text.h"
#include "runbook/duration.h"
#include "runbook/fenceinfo.h"
#include "runbook/httpcheck.h"
#include "runbook/limits.h"
#include "runbook/shelltext.h"
#include "runbook/steptitle.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

const QString kSection = u"section"_s;
constexpr int kSlugSource = 96; ///< an id is short: the end of a long title does not matter

bool holdsSomething(const Phase &phase)
{
    return !phase.text.isEmpty() || !phase.steps.isEmpty();
}

/// What is said of the step itself wins over its own words, and these over what is said above it.
/// Answers with what holds below it.
Attributes annotate(Step &step, const Attributes &own, const Attributes &around)
{
    Attributes all = around;
    all.insert(inheritable(own));
    if (own.contains(u"signoffs"_s) || step.signOffs == 1)
        step.signOffs = all.value(u"signoffs"_s, u"1"_s).toInt();
    if (own.contains(u"required"_s) || step.required)
        step.required = all.value(u"required"_s) != u"false";
    step.role = all.value(u"role"_s);
    if (const auto due = durationIn(own.value(u"due"_s)))
        step.dueSeconds = due;
    return all;
}

/// The first time that is named counts: "Monitor for 15 minutes" often stands above a list.
void addNote(Step &step, TextBlock block)
{
    if (!step.waitSeconds && block.kind != TextBlock::Kind::Code)
        step.waitSeconds = waitAskedFor(block.text);
    step.httpChecks += httpChecksIn(block);
    step.notes.append(std::move(block));
}

/// The request stands right before it, with no command in between and no body yet.
bool answersHttpCheck(const Step &step, const Expectation &expectation)
{
    if (step.httpChecks.isEmpty() || !step.httpChecks.last().expectedBody.isEmpty())
        return false;
    const int request = step.httpChecks.last().location.line;
    return request <= expectation.location.line
        && (step.commands.isEmpty() || step.commands.last().location.line < request);
}

bool isUnnamed(const Phase &phase)
{
    return phase.kind == kSection || phase.kind == u"introduction";
}

} // namespace

QString RunbookBuilder::uniqueId(const QString &wanted)
{
    QString id = wanted;
    while (m_idUses.contains(id))
        id = wanted + u'-' + QString::number(++m_idUses[wanted]);
    m_idUses.insert(id, 1);
    return id;
}

int RunbookBuilder::addPhase(const QString &title, const PhaseMatch &match,
                             std::optional<int> parent, SourceLocation location)
{
    Phase phase;
    phase.title = title;
    phase.id = {uniqueId(slug(title))};
    phase.kind = match.rule != nullptr ? match.rule->kind : kSection;
    phase.group = match.rule != nullptr ? match.rule->group : PhaseGroup::Reference;
    phase.icon = match.rule != nullptr ? match.rule->icon : QString();
    phase.shortTitle = match.shortTitle;
    phase.dueSeconds = match.dueSeconds;
    phase.location = location;
    m_runbook.phases.append(std::move(phase));
    m_parents.append(parent);
    m_phaseAttributes.append(parent ? m_phaseAttributes.at(*parent) : m_defaults);
    m_takesListItems.append(match.rule != nullptr && match.rule->listItemsAreSteps);
    return static_cast<int>(m_runbook.phases.size()) - 1;
}

void RunbookBuilder::annotatePhase(int phase, const Attributes &attributes)
{
    m_phaseAttributes[phase].insert(inheritable(attributes));
    if (const auto due = durationIn(attributes.value(u"due"_s)))
        m_runbook.phases[phase].dueSeconds = due;
}

Attributes RunbookBuilder::attributesAt(Place place) const
{
    const Attributes &ofPhase = m_phaseAttributes.at(place.phase);
    return place.hasStep() ? m_stepAttributes.value({place.phase, place.step}, ofPhase) : ofPhase;
}

std::optional<Place> RunbookBuilder::addStep(Place parent, const StepDraft &draft)
{
    if (m_steps >= limits::kMaxSteps) {
        reportOnce(
            {Severity::Error, u"too-many-steps"_s,
             u"The runbook has more than 2,000 steps. From here on items are kept as text; split "
             u"the runbook."_s,
             draft.location});
        return std::nullopt;
    }
    ++m_steps;
    Phase &phase = m_runbook.phases[parent.phase];
    Step step;
    step.title = draft.title;
    step.id = {uniqueId(phase.id.value + u'/' + slug(draft.title.left(kSlugSource)))};
    step.checkedInSource = draft.checkedInSource;
    step.signOffs = signOffsAskedFor(draft.title);
    step.required = !isMarkedOptional(draft.title);
    step.waitSeconds = waitAskedFor(draft.title);
    step.httpChecks = httpChecksIn({.text = draft.title, .info = {}, .location = draft.location});
    step.location = draft.location;
    if (parent.hasStep()) {
        Step &above = phase.steps[parent.step];
        above.children.append(step.id);
        step.parent = above.id;
        step.depth = above.depth + 1;
        step.dueSeconds = above.dueSeconds;
    }
    const Attributes around = attributesAt(parent);
    const Place place{parent.phase, static_cast<int>(phase.steps.size())};
    if (!around.isEmpty() || !draft.attributes.isEmpty())
        m_stepAttributes.insert({place.phase, place.step},
                                annotate(step, draft.attributes, around));
    phase.steps.append(std::move(step));
    return place;
}

void RunbookBuilder::addText(Place place, TextBlock block)
{
    Phase &phase = m_runbook.phases[place.phase];
    if (place.hasStep())
        addNote(phase.steps[place.step], std::move(block));
    else
        phase.text.append({std::move(block), static_cast<int>(phase.steps.size())});
}

void RunbookBuilder::addCommand(Place place, Command command)
{
    Step &step = stepAt(place);
    command.id = {step.id.value + u'#' + QString::number(step.commands.size() + 1)};
    step.commands.append(std::move(command));
}

void RunbookBuilder::addExpectation(Place place, Expectation expectation)
{
    Step &step = stepAt(place);
    if (answersHttpCheck(step, expectation)) {
        HttpCheck &check = step.httpChecks.last();
        check.expectedBody = expectation.text;
        check.bodyLabel = expectation.label;
        check.bodyLocation = expectation.location;
        return;
    }
    if (!step.commands.isEmpty())
        expectation.command = step.commands.last().id;
    step.expectations.append(std::move(expectation));
}

void RunbookBuilder::report(const Diagnostic &diagnostic)
{
    if (++m_reports[diagnostic.code] <= limits::kMaxDiagnosticsPerCode)
        m_runbook.diagnostics.append(diagnostic);
}

void RunbookBuilder::reportOnce(const Diagnostic &diagnostic)
{
    if (!m_reports.contains(diagnostic.code))
        report(diagnostic);
}

bool RunbookBuilder::isEmpty(int phase) const
{
    return !holdsSomething(m_runbook.phases.at(phase));
}

void RunbookBuilder::makeStepBearing(int phase)
{
    m_takesListItems[phase] = true;
}

/// An unnamed section with steps is carried out with what stands around it: between phases before
/// the window it is one of them, after the first phase after it likewise, else it is part of the
/// window.
void RunbookBuilder::settleSections()
{
    const auto isWindow = [](const Phase &phase) {
        return phase.group == PhaseGroup::Window && !isUnnamed(phase);
    };
    PhaseGroup last = PhaseGroup::Window;
    for (auto it = m_runbook.phases.begin(); it != m_runbook.phases.end(); ++it) {
        if (isUnnamed(*it) && !it->steps.isEmpty()) {
            const bool windowFollows = std::any_of(it, m_runbook.phases.end(), isWindow);
            const bool stays =
                last == PhaseGroup::After || (last == PhaseGroup::Before && windowFollows);
            it->group = stays ? last : PhaseGroup::Window;
        } else if (it->group != PhaseGroup::Reference && holdsSomething(*it)) {
            last = it->group;
        }
    }
}

/// A heading that only groups phases lives on as their section.
void RunbookBuilder::nameSections()
{
    for (int i = 0; i < m_runbook.phases.size(); ++i) {
        QStringList titles;
        for (std::optional<int> parent = m_parents.at(i); parent; parent = m_parents.at(*parent)) {
            if (isEmpty(*parent))
                titles.prepend(m_runbook.phases.at(*parent).title);
        }
        m_runbook.phases[i].section = titles.join(u" › "_s);
    }
}

void RunbookBuilder::dropEmptyPhases()
{
    QList<bool> isParent(m_runbook.phases.size(), false);
    for (const std::optional<int> &parent : std::as_const(m_parents)) {
        if (parent)
            isParent[*parent] = true;
    }
    for (int i = 0; i < m_runbook.phases.size(); ++i) {
        const Phase &phase = m_runbook.phases.at(i);
        if (!holdsSomething(phase) && !isParent.at(i))
            report({Severity::Note, u"empty-section"_s,
                    u"The section “%1” holds nothing and is left out."_s.arg(phase.title),
                    phase.location});
    }
    m_runbook.phases.removeIf([](const Phase &phase) { return !holdsSomething(phase); });
}

/// Only in sections without rules of their own: elsewhere a command makes the step it needs.
void RunbookBuilder::reportLostCommands()
{
    for (const Phase &phase : std::as_const(m_runbook.phases)) {
        if (phase.group == PhaseGroup::Reference)
            continue;
        for (const Phase::Text &text : phase.text) {
            if (text.block.kind == TextBlock::Kind::Code
                && runnableLanguage(parseFenceInfo(text.block.info), text.block.text)
                && readingOf(text.block.text) != ShellReading::Prose)
                report({Severity::Warning, u"command-in-no-step"_s,
                        u"The command stands in no step and cannot be run from here. Move it below "
                        u"the "
                        u"step it belongs to."_s,
                        text.block.location});
        }
    }
}

/// One alternative alone leaves nothing to choose: the others are done by hand.
void RunbookBuilder::settleChoices()
{
    for (Phase &phase : m_runbook.phases) {
        for (Step &step : phase.steps) {
            if (std::ranges::all_of(std::as_const(step.commands), &QString::isEmpty,
                                    &Command::choice))
                continue;
            QSet<QString> choices;
            for (const Command &command : std::as_const(step.commands))
                choices.insert(command.choice);
            choices.remove(QString());
            for (Command &command : step.commands)
                command.choice = choices.size() > 1 ? command.choice : QString();
        }
    }
}

Runbook RunbookBuilder::finish()
{
    settleChoices();
    settleSections();
    reportLostCommands();
    nameSections();
    dropEmptyPhases();
    if (m_steps == 0)
        report({Severity::Error,
                u"no-steps"_s,
                u"The runbook has no steps. Write them as task items (“- [ ] …”), or as numbered "
                u"items "
                u"under a heading such as “Execution” or “Rollback”."_s,
                {}});
    std::ranges::stable_sort(m_runbook.diagnostics, {}, [](const Diagnostic &diagnostic) {
        return std::pair(diagnostic.location.line, diagnostic.location.column);
    });
    return std::move(m_runbook);
}

} // namespace runsheet
