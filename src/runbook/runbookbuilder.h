// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/attributes.h"
#include "runbook/phaserules.h"
#include "runbook/runbook.h"

#include <QHash>
#include <QList>

#include <optional>
#include <utility>

namespace runsheet
{

/// Where a block of the document goes: to a step of a phase, or to the phase itself.
struct Place
{
    static constexpr int kNoStep = -1;

    int phase = 0;
    int step = kNoStep;

    bool operator==(const Place &) const = default;
    [[nodiscard]] bool hasStep() const { return step != kNoStep; }
};

struct StepDraft
{
    QString title;
    SourceLocation location;
    bool checkedInSource = false;
    Attributes attributes; ///< annotated for this step
};

/// Puts a Runbook together: gives ids, keeps to the limits, collects diagnostics.
class RunbookBuilder
{
public:
    explicit RunbookBuilder(Runbook start)
        : m_runbook(std::move(start))
    {
    }

    /// For all steps and commands of the phases added from here on.
    void addDefaults(const Attributes &attributes) { m_defaults.insert(inheritable(attributes)); }

    /// `parent` is the phase it stands in, if any.
    int addPhase(const QString &title, const PhaseMatch &match, std::optional<int> parent,
                 SourceLocation location);
    void annotatePhase(int phase, const Attributes &attributes);
    /// What is annotated for everything at this place, by itself and all around it.
    [[nodiscard]] Attributes attributesAt(Place place) const;
    /// A child of the place's step, or a step of the phase. Nothing once there are too many steps:
    /// the caller then keeps the item as text.
    [[nodiscard]] std::optional<Place> addStep(Place parent, const StepDraft &draft);
    void addText(Place place, TextBlock block);
    /// Gives the command its id.
    void addCommand(Place place, Command command);
    /// Belongs to the last command of the place's step.
    void addExpectation(Place place, Expectation expectation);

    /// One per code is enough for things that would be said again and again.
    void report(const Diagnostic &diagnostic);
    void reportOnce(const Diagnostic &diagnostic);

    [[nodiscard]] Phase &phase(int index) { return m_runbook.phases[index]; }
    [[nodiscard]] bool isEmpty(int phase) const;
    [[nodiscard]] bool takesListItems(int phase) const { return m_takesListItems.at(phase); }
    /// A section that turned out to hold steps.
    void makeStepBearing(int phase);

    /// Drops empty phases, gives unnamed sections their group, sorts the diagnostics.
    [[nodiscard]] Runbook finish();

private:
    [[nodiscard]] QString uniqueId(const QString &wanted);
    [[nodiscard]] Step &stepAt(Place place)
    {
        return m_runbook.phases[place.phase].steps[place.step];
    }
    void settleChoices();
    void settleSections();
    void reportLostCommands();
    void nameSections();
    void dropEmptyPhases();

    Runbook m_runbook;
    QList<std::optional<int>> m_parents; ///< of each phase
    QList<bool> m_takesListItems;
    Attributes m_defaults;
    QList<Attributes> m_phaseAttributes; ///< with those of the phases around each
    QHash<std::pair<int, int>, Attributes> m_stepAttributes; ///< by phase and step, if it has any
    QHash<QString, int> m_idUses;
    QHash<QString, int> m_reports;
    int m_steps = 0;
};

} // namespace runsheet
