// SPDX-License-Identifier: Apache-2.0
#include "run/stillfits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

Error known()
{
    return refusal(u"Another window on this run has recorded this already."_s);
}

struct StillFits
{
    const RunState &state;

    template <typename Body>
    Result<void> operator()(const Body &) const
    {
        return {};
    }
    Result<void> operator()(const CommandIntended &body) const
    {
        const Execution *last = state.lastExecution(body.command);
        if (last == nullptr || !last->isOpen())
            return {};
        return refusal(u"This command was just started in another window. It is running."_s);
    }
    Result<void> operator()(const CommandStarted &body) const
    {
        const Execution *execution = state.execution(body.execution);
        return execution == nullptr || execution->phase == Execution::Phase::Intended
            ? Result<void>()
            : Result<void>(known());
    }
    Result<void> operator()(const CommandEnded &body) const
    {
        const Execution *execution = state.execution(body.execution);
        return execution == nullptr || execution->isOpen() ? Result<void>() : Result<void>(known());
    }
    Result<void> operator()(const CommandOverran &body) const
    {
        const Execution *execution = state.execution(body.execution);
        return execution == nullptr || !execution->overranAt.isValid() ? Result<void>()
                                                                       : Result<void>(known());
    }
    Result<void> operator()(const OutputCompared &body) const
    {
        const Execution *execution = state.execution(body.execution);
        return execution == nullptr || !execution->comparison ? Result<void>()
                                                              : Result<void>(known());
    }
    Result<void> operator()(const OutputRecognised &body) const
    {
        const Execution *execution = state.execution(body.execution);
        return execution == nullptr || !execution->recognised ? Result<void>()
                                                              : Result<void>(known());
    }
    Result<void> operator()(const CommandResolved &body) const
    {
        const Execution *execution = state.execution(body.execution);
        if (execution == nullptr || !execution->resolution)
            return {};
        return refusal(u"What became of this command was settled in another window already."_s);
    }
    Result<void> operator()(const VariablesCaptured &body) const
    {
        const auto isThere = [&](const QString &name) {
            return state.variables.value(name) == body.variables.value(name)
                && state.variableOrigins.value(name) == body.execution;
        };
        const auto isGone = [&](const QString &name) { return !state.variables.contains(name); };
        const QStringList names = body.variables.keys();
        const bool isKnown = !body.execution.isEmpty() && std::ranges::all_of(names, isThere)
            && std::ranges::all_of(body.removed, isGone);
        return isKnown ? Result<void>(known()) : Result<void>();
    }
};

} // namespace

Result<void> stillFits(const RunState &state, const EventBody &body)
{
    return std::visit(StillFits{state}, body);
}

bool isSeenByEveryWindow(const EventBody &body)
{
    return std::holds_alternative<CommandStarted>(body)
        || std::holds_alternative<CommandEnded>(body)
        || std::holds_alternative<CommandOverran>(body)
        || std::holds_alternative<OutputCompared>(body)
        || std::holds_alternative<OutputRecognised>(body)
        || std::holds_alternative<VariablesCaptured>(body);
}

} // namespace runsheet
