// SPDX-License-Identifier: Apache-2.0
#include "run/phaseplan.h"

#include "base/clock.h"
#include "base/text.h"
#include "run/commandinputs.h"
#include "run/rules.h"
#include "run/stoprules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Walks through one step.
class StepPlan
{
public:
    StepPlan(const RunState &state, const Step &step, const PhaseContext &context)
        : m_state(state)
        , m_step(step)
        , m_phase(state.runbook->phaseOf(step.id)->id)
        , m_context(context)
    {
    }

    [[nodiscard]] std::optional<PhaseMove> next() const
    {
        if (m_state.isSigned(m_step.id))
            return std::nullopt;
        for (const Command &command : m_step.commands) {
            if (std::optional<PhaseMove> move = moveAt(command))
                return move;
        }
        if (!m_step.isSignable() || !m_step.required)
            return std::nullopt;
        return closing();
    }

private:
    [[nodiscard]] PhaseMove stop(PhaseHalt halt, const QString &text, const Command *command,
                                 const Execution *execution = nullptr) const
    {
        const CommandId id = command == nullptr ? CommandId() : command->id;
        return {.kind = PhaseMove::Kind::Stop,
                .command = id,
                .stop = {.phase = m_phase,
                         .halt = halt,
                         .step = m_step.id,
                         .command = id,
                         .execution = execution == nullptr ? ExecutionId() : execution->id,
                         .text = text}};
    }
    [[nodiscard]] static PhaseMove busy(const Command &command)
    {
        return {.kind = PhaseMove::Kind::Busy, .command = command.id, .stop = {}};
    }

    [[nodiscard]] std::optional<PhaseMove> moveAt(const Command &command) const
    {
        const QString chosen = rules::chosenOption(m_state, m_step);
        if (!command.choice.isEmpty() && !chosen.isEmpty() && command.choice != chosen)
            return std::nullopt; // given up for the option that was taken
        const Execution *last = m_state.lastExecution(command.id);
        if (last == nullptr)
            return beginning(command);
        if (last->isOpen())
            return command.follower ? std::nullopt : std::optional(busy(command));
        if (last->outcome() == ExecutionOutcome::Succeeded)
            return afterSuccess(command, *last);
        return afterFailure(command, *last);
    }

    [[nodiscard]] PhaseMove beginning(const Command &command) const
    {
        if (!m_step.required && m_context.attended && nothingRan())
            return stop(PhaseHalt::Choice,
                        u"“%1” is optional. Run its commands with their own Run buttons, or skip "
                        "it with a sign-off."_s.arg(m_step.title),
                        &command);
        const QStringList options = rules::optionsOf(m_step);
        if (options.size() > 1 && rules::chosenOption(m_state, m_step).isEmpty())
            return stop(
                PhaseHalt::Choice,
                u"“%1” offers a choice (%2). Run one of them with its own Run button."_s.arg(
                    m_step.title, options.join(u", "_s)),
                &command);
        return running(command);
    }

    [[nodiscard]] PhaseMove running(const Command &command) const
    {
        if (!m_state.approval)
            return stop(PhaseHalt::Approval,
                        u"The commands of this runbook have to be shown and approved first."_s,
                        &command);
        if (const Result<void> allowed = rules::mayRun(m_state, command.id); !allowed)
            return stop(PhaseHalt::Refused, allowed.error().message, &command);
        if (!m_context.attended && command.interactive)
            return stop(PhaseHalt::Typing, u"“%1” asks for typing."_s.arg(command.title()),
                        &command);
        const QList<CommandInput> inputs =
            commandInputs(m_state, command, m_context.processVariables);
        if (!inputs.isEmpty())
            return stop(PhaseHalt::Answer,
                        u"“%1” needs a value for %2."_s.arg(command.title(), namesOf(inputs)),
                        &command);
        const rules::SecondLook reason = rules::secondLook(m_state, command.id);
        if (m_context.attended && reason != rules::SecondLook::None)
            return stop(PhaseHalt::Confirmation,
                        (reason == rules::SecondLook::Asked
                             ? u"The runbook asks for a second look at “%1” before it runs."_s
                             : u"“%1” ran before and needs a second look before it runs again."_s)
                            .arg(command.title()),
                        &command);
        return {.kind = PhaseMove::Kind::Run, .command = command.id, .stop = {}};
    }

    [[nodiscard]] std::optional<PhaseMove> afterSuccess(const Command &command,
                                                        const Execution &last) const
    {
        if (isLookedAt(last))
            return busy(command);
        if (!m_context.attended || wasSeen(last))
            return std::nullopt;
        if (last.recognised && !last.recognised->contradiction.isEmpty())
            return stop(PhaseHalt::Contradicts,
                        u"“%1”: %2."_s.arg(command.title(), last.recognised->contradiction),
                        &command, &last);
        if (last.isDeniedByServer())
            return stop(
                PhaseHalt::Contradicts,
                u"“%1”: %2, but: %3"_s.arg(command.title(), endingOf(last), last.server->finding),
                &command, &last);
        if (last.comparison && !last.comparison->matches)
            return stop(PhaseHalt::Differs,
                        u"“%1”: %2."_s.arg(command.title(), last.comparison->finding), &command,
                        &last);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<PhaseMove> afterFailure(const Command &command,
                                                        const Execution &last) const
    {
        const bool couldStart = last.outcome() != ExecutionOutcome::CouldNotStart;
        if (command.follower && couldStart)
            return std::nullopt; // how following ends says nothing
        if (wasSeen(last) && !last.isUnresolved())
            return running(command);
        return stop(PhaseHalt::Failed,
                    u"“%1” did not succeed: %2."_s.arg(command.title(), endingOf(last)), &command,
                    &last);
    }

    [[nodiscard]] std::optional<PhaseMove> closing() const
    {
        if (m_step.waitSeconds && m_context.attended) {
            const auto wait = m_state.waits.constFind(m_step.id);
            const bool started = wait != m_state.waits.constEnd();
            const QString span = formatSpan(std::chrono::seconds(*m_step.waitSeconds));
            if (!started)
                return stop(
                    PhaseHalt::Wait,
                    u"“%1” asks for %2. Start that time in its card."_s.arg(m_step.title, span),
                    nullptr);
            if (m_context.now < wait->endsAt())
                return stop(PhaseHalt::Wait,
                            u"“%1” asks for %2, which are not over."_s.arg(m_step.title, span),
                            nullptr);
        }
        return stop(PhaseHalt::SignOff, u"“%1” waits for its sign-off."_s.arg(m_step.title),
                    nullptr);
    }

    /// Ended, and what it printed is still being compared or searched, or the server asked.
    [[nodiscard]] bool isLookedAt(const Execution &execution) const
    {
        if (m_context.attended && rules::needsServerCheck(m_state, execution))
            return true;
        const bool compared =
            std::ranges::find(m_step.expectations, execution.command, &Expectation::command)
            != m_step.expectations.end();
        if (compared && !execution.comparison)
            return true;
        return m_context.isExamined && !m_context.isExamined(execution.id);
    }
    [[nodiscard]] bool wasSeen(const Execution &execution) const
    {
        return m_state.phaseRuns.value(m_phase).seen.contains(execution.id);
    }
    [[nodiscard]] bool nothingRan() const
    {
        return std::ranges::none_of(m_state.executions, [this](const Execution &execution) {
            return execution.step == m_step.id;
        });
    }
    [[nodiscard]] static QString namesOf(const QList<CommandInput> &inputs)
    {
        QStringList names;
        for (const CommandInput &input : inputs)
            names += input.name;
        return names.join(u", "_s);
    }

    const RunState &m_state;
    const Step &m_step;
    PhaseId m_phase;
    const PhaseContext &m_context;
};

} // namespace

std::optional<PhaseMove> nextMove(const RunState &state, const Step &step,
                                  const PhaseContext &context)
{
    return StepPlan(state, step, context).next();
}

PhaseMove nextMove(const RunState &state, const PhaseId &id, const PhaseContext &context)
{
    PhaseMove nothing;
    nothing.stop = {.phase = id, .halt = PhaseHalt::Finished};
    const Phase *phase = state.runbook ? state.runbook->phase(id) : nullptr;
    if (phase == nullptr) {
        nothing.stop.halt = PhaseHalt::Refused;
        nothing.stop.text = u"The runbook has no such phase any more."_s;
        return nothing;
    }
    for (const Step &step : phase->steps) {
        if (std::optional<PhaseMove> move = nextMove(state, step, context))
            return *std::move(move);
    }
    nothing.stop.text = u"Nothing of “%1” is left to run."_s.arg(phase->title);
    return nothing;
}

QString endingOf(const Execution &execution)
{
    if (!execution.end)
        return u"it has not ended"_s;
    const CommandEnded &end = *execution.end;
    if (execution.resolution)
        return toWord(execution.resolution->outcome) + u", as a person found"_s;
    if (end.outcome == ExecutionOutcome::Succeeded || end.outcome == ExecutionOutcome::Failed)
        return u"exit %1"_s.arg(end.exitCode);
    if (end.outcome == ExecutionOutcome::Signalled)
        return u"signal %1"_s.arg(end.signal);
    const QString word = toWord(end.outcome).replace(u'-', u' ');
    return end.reason.isEmpty() ? word : word + u": "_s + end.reason;
}

} // namespace runsheet
