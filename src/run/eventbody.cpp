// SPDX-License-Identifier: Apache-2.0
#include "run/eventbody.h"

#include "run/commandbodies.h"
#include "run/fieldreader.h"
#include "run/phasebodies.h"
#include "run/stopbodies.h"

#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Without own rules it is the same as before there were any, so that older hashes stay true.
QJsonObject toJson(const RunCreated &body)
{
    QJsonObject object{
        {u"runbook_title"_s, body.runbookTitle},
        {u"runbook_file"_s, body.runbookFile},
        {u"runbook_sha256"_s, body.runbookSha256},
        {u"runbook_source"_s, body.runbookSource},
        {u"environment"_s, body.environment},
        {u"mode"_s, kRunModeWords.word(body.mode)},
        {u"window_start"_s, toIsoUtc(body.windowStart)},
        {u"window_end"_s, toIsoUtc(body.windowEnd)},
        {u"change"_s, body.change},
        {u"versions"_s, body.versions},
    };
    if (!body.phaseRules.isEmpty())
        object.insert(u"phase_rules"_s, body.phaseRules);
    if (body.repaired)
        object.insert(u"repaired"_s, true);
    return object;
}

RunCreated readRunCreated(FieldReader &in)
{
    return {
        .runbookTitle = in.text("runbook_title"_L1),
        .runbookFile = in.text("runbook_file"_L1),
        .runbookSha256 = in.text("runbook_sha256"_L1),
        .runbookSource = in.text("runbook_source"_L1),
        .phaseRules = in.has("phase_rules"_L1) ? in.text("phase_rules"_L1) : QString(),
        .repaired = in.has("repaired"_L1) && in.boolean("repaired"_L1),
        .environment = in.object("environment"_L1),
        .mode = in.word("mode"_L1, kRunModeWords),
        .windowStart = in.time("window_start"_L1),
        .windowEnd = in.time("window_end"_L1),
        .change = in.text("change"_L1),
        .versions = in.object("versions"_L1),
    };
}

QJsonObject toJson(const RunbookApproved &body)
{
    return {
        {u"runbook_sha256"_s, body.runbookSha256},
        {u"commands"_s, body.commands},
        {u"basis"_s, body.basis},
    };
}

RunbookApproved readRunbookApproved(FieldReader &in)
{
    return {
        .runbookSha256 = in.text("runbook_sha256"_L1),
        .commands = in.smallInteger("commands"_L1),
        .basis = in.text("basis"_L1),
    };
}

QJsonObject toJson(const GateDecided &body)
{
    return {{u"phase"_s, body.phase.value}, {u"go"_s, body.go}, {u"reason"_s, body.reason}};
}

GateDecided readGateDecided(FieldReader &in)
{
    return {.phase = in.id<PhaseId>("phase"_L1),
            .go = in.boolean("go"_L1),
            .reason = in.text("reason"_L1)};
}

QJsonObject toJson(const StepSigned &body)
{
    return {
        {u"step"_s, body.step.value},
        {u"outcome"_s, kSignOffWords.word(body.outcome)},
        {u"observed"_s, body.observed},
        {u"note"_s, body.note},
    };
}

StepSigned readStepSigned(FieldReader &in)
{
    return {.step = in.id<StepId>("step"_L1),
            .outcome = in.word("outcome"_L1, kSignOffWords),
            .observed = in.text("observed"_L1),
            .note = in.text("note"_L1)};
}

QJsonObject toJson(const StepReopened &body)
{
    return {{u"step"_s, body.step.value}, {u"reason"_s, body.reason}};
}

StepReopened readStepReopened(FieldReader &in)
{
    return {.step = in.id<StepId>("step"_L1), .reason = in.text("reason"_L1)};
}

QJsonObject toJson(const WaitStarted &body)
{
    return {{u"step"_s, body.step.value}, {u"seconds"_s, body.seconds}};
}

WaitStarted readWaitStarted(FieldReader &in)
{
    return {.step = in.id<StepId>("step"_L1), .seconds = in.integer("seconds"_L1)};
}

QJsonObject toJson(const HttpChecked &body)
{
    return {
        {u"step"_s, body.step.value},
        {u"check"_s, body.check},
        {u"url"_s, body.url},
        {u"status"_s, body.status},
        {u"duration_micros"_s, body.durationMicros},
        {u"matches"_s, body.matches},
        {u"finding"_s, body.finding},
    };
}

HttpChecked readHttpChecked(FieldReader &in)
{
    return {
        .step = in.id<StepId>("step"_L1),
        .check = in.smallInteger("check"_L1),
        .url = in.text("url"_L1),
        .status = in.smallInteger("status"_L1),
        .durationMicros = in.integer("duration_micros"_L1),
        .matches = in.boolean("matches"_L1),
        .finding = in.text("finding"_L1),
    };
}

QJsonObject toJson(const TargetChecked &body)
{
    return {
        {u"identity"_s, body.identity}, {u"matches"_s, body.matches}, {u"finding"_s, body.finding}};
}

TargetChecked readTargetChecked(FieldReader &in)
{
    return {.identity = in.object("identity"_L1),
            .matches = in.boolean("matches"_L1),
            .finding = in.text("finding"_L1)};
}

QJsonObject toJson(const NoteAdded &body)
{
    return {{u"text"_s, body.text}, {u"step"_s, body.step.value}};
}

NoteAdded readNoteAdded(FieldReader &in)
{
    return {.text = in.text("text"_L1), .step = in.id<StepId>("step"_L1)};
}

QJsonObject toJson(const RollbackDeclared &body)
{
    return {{u"scenario"_s, body.scenario.value}, {u"reason"_s, body.reason}};
}

RollbackDeclared readRollbackDeclared(FieldReader &in)
{
    return {.scenario = in.id<PhaseId>("scenario"_L1), .reason = in.text("reason"_L1)};
}

QJsonObject toJson(const RunCompleted &body)
{
    return {{u"note"_s, body.note}, {u"rolled_back"_s, body.rolledBack}};
}

RunCompleted readRunCompleted(FieldReader &in)
{
    return {.note = in.text("note"_L1), .rolledBack = in.boolean("rolled_back"_L1)};
}

QJsonObject toJson(const RunAborted &body)
{
    return {{u"reason"_s, body.reason}};
}

RunAborted readRunAborted(FieldReader &in)
{
    return {.reason = in.text("reason"_L1)};
}

QJsonObject toJson(const RunbookAmended &body)
{
    return {{u"runbook_sha256"_s, body.runbookSha256},
            {u"runbook_source"_s, body.runbookSource},
            {u"reason"_s, body.reason}};
}

RunbookAmended readRunbookAmended(FieldReader &in)
{
    return {.runbookSha256 = in.text("runbook_sha256"_L1),
            .runbookSource = in.text("runbook_source"_L1),
            .reason = in.text("reason"_L1)};
}

template <auto read>
EventBody readAs(FieldReader &in)
{
    return read(in);
}

struct EventType
{
    QStringView name;
    EventBody (*read)(FieldReader &);
};

/// In the order of the alternatives of EventBody.
constexpr std::array kEventTypes{
    EventType{u"run.created", readAs<readRunCreated>},
    EventType{u"runbook.approved", readAs<readRunbookApproved>},
    EventType{u"gate.decided", readAs<readGateDecided>},
    EventType{u"step.signed", readAs<readStepSigned>},
    EventType{u"step.reopened", readAs<readStepReopened>},
    EventType{u"command.intended", readAs<readCommandIntended>},
    EventType{u"command.started", readAs<readCommandStarted>},
    EventType{u"command.signalled", readAs<readCommandSignalled>},
    EventType{u"command.ended", readAs<readCommandEnded>},
    EventType{u"command.resolved", readAs<readCommandResolved>},
    EventType{u"variable.captured", readAs<readVariablesCaptured>},
    EventType{u"target.checked", readAs<readTargetChecked>},
    EventType{u"note.added", readAs<readNoteAdded>},
    EventType{u"rollback.declared", readAs<readRollbackDeclared>},
    EventType{u"output.compared", readAs<readOutputCompared>},
    EventType{u"wait.started", readAs<readWaitStarted>},
    EventType{u"run.completed", readAs<readRunCompleted>},
    EventType{u"run.aborted", readAs<readRunAborted>},
    EventType{u"runbook.amended", readAs<readRunbookAmended>},
    EventType{u"http.checked", readAs<readHttpChecked>},
    EventType{u"phase.started", readAs<readPhaseStarted>},
    EventType{u"phase.stopped", readAs<readPhaseStopped>},
    EventType{u"output.recognised", readAs<readOutputRecognised>},
    EventType{u"command.overran", readAs<readCommandOverran>},
    EventType{u"backend.signalled", readAs<readBackendSignalled>},
    EventType{u"server.checked", readAs<readServerChecked>},
};
static_assert(kEventTypes.size() == std::variant_size_v<EventBody>);

Error corrupt(const QString &message)
{
    return {.kind = Error::Kind::Corrupt, .message = message, .detail = {}};
}

} // namespace

QString typeName(const EventBody &body)
{
    return kEventTypes.at(body.index()).name.toString();
}

QJsonObject bodyToJson(const EventBody &body)
{
    return std::visit([](const auto &alternative) { return toJson(alternative); }, body);
}

Result<EventBody> bodyFromJson(const QString &type, const QJsonObject &object)
{
    for (const EventType &candidate : kEventTypes) {
        if (candidate.name != type)
            continue;
        FieldReader in(object);
        EventBody body = candidate.read(in);
        if (!in.problem().isEmpty())
            return corrupt(
                u"A stored %1 event has no usable field “%2”."_s.arg(type, in.problem()));
        return body;
    }
    return corrupt(u"The journal holds an event of the unknown type “%1”. It may come from a newer "
                   "version of Runsheet."_s.arg(type));
}

} // namespace runsheet
