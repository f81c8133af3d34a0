// SPDX-License-Identifier: Apache-2.0
#include "run/phasebodies.h"

#include "run/fieldreader.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

QJsonObject toJson(const PhaseStarted &body)
{
    return {{u"phase"_s, body.phase.value}};
}

PhaseStarted readPhaseStarted(FieldReader &in)
{
    return {.phase = in.id<PhaseId>("phase"_L1)};
}

QJsonObject toJson(const PhaseStopped &body)
{
    return {
        {u"phase"_s, body.phase.value},         {u"halt"_s, kPhaseHaltWords.word(body.halt)},
        {u"step"_s, body.step.value},           {u"command"_s, body.command.value},
        {u"execution"_s, body.execution.value}, {u"text"_s, body.text},
    };
}

PhaseStopped readPhaseStopped(FieldReader &in)
{
    return {
        .phase = in.id<PhaseId>("phase"_L1),
        .halt = in.word("halt"_L1, kPhaseHaltWords),
        .step = in.id<StepId>("step"_L1),
        .command = in.id<CommandId>("command"_L1),
        .execution = in.id<ExecutionId>("execution"_L1),
        .text = in.text("text"_L1),
    };
}

QJsonObject toJson(const OutputRecognised &body)
{
    return {
        {u"execution"_s, body.execution.value},
        {u"tool"_s, body.tool},
        {u"migration"_s, body.migration},
        {u"done"_s, body.done},
        {u"total"_s, body.total},
        {u"failure"_s, body.failure},
        {u"contradiction"_s, body.contradiction},
    };
}

OutputRecognised readOutputRecognised(FieldReader &in)
{
    return {
        .execution = in.id<ExecutionId>("execution"_L1),
        .tool = in.text("tool"_L1),
        .migration = in.text("migration"_L1),
        .done = in.smallInteger("done"_L1),
        .total = in.smallInteger("total"_L1),
        .failure = in.text("failure"_L1),
        .contradiction = in.text("contradiction"_L1),
    };
}

} // namespace runsheet
