// SPDX-License-Identifier: Apache-2.0
#include "run/event.h"

#include "base/json.h"
#include "base/sha256.h"
#include "run/eventbody.h"
#include "run/fieldreader.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kEventVersion = 1;
constexpr int kHashDigits = 64;

QString linkProblem(const RunEvent &event, qint64 expectedSeq, const QString &expectedPrevious)
{
    if (event.seq != expectedSeq)
        return u"event %1 stands where event %2 belongs: events are missing or out of order"_s
            .arg(event.seq)
            .arg(expectedSeq);
    if (event.previous != expectedPrevious)
        return u"event %1 does not follow the event before it"_s.arg(event.seq);
    if (event.hash != eventHash(event))
        return u"the content of event %1 (%2) does not match its hash"_s.arg(event.seq).arg(
            typeName(event.body));
    return {};
}

} // namespace

QString toWord(RunMode mode)
{
    return kRunModeWords.word(mode);
}

QString toWord(SignOffOutcome outcome)
{
    return kSignOffWords.word(outcome);
}

QString toWord(ExecutionOutcome outcome)
{
    return kExecutionWords.word(outcome);
}

QString toWord(StopRung rung)
{
    return kStopRungWords.word(rung);
}

QString toWord(ServerVerdict verdict)
{
    return kServerVerdictWords.word(verdict);
}

QJsonObject toJson(const RunEvent &event)
{
    return {
        {u"v"_s, kEventVersion},
        {u"id"_s, event.id.value},
        {u"run"_s, event.run.value},
        {u"seq"_s, event.seq},
        {u"at"_s, toIsoUtc(event.at)},
        {u"actor"_s,
         QJsonObject{
             {u"name"_s, event.actor.name},
             {u"account"_s, event.actor.account},
             {u"host"_s, event.actor.host},
             {u"unattended"_s, event.unattended},
         }},
        {u"type"_s, typeName(event.body)},
        {u"body"_s, bodyToJson(event.body)},
        {u"previous"_s, event.previous},
    };
}

Result<RunEvent> eventFromJson(const QJsonObject &object)
{
    FieldReader in(object);
    FieldReader actor(in.object("actor"_L1));
    const int version = in.smallInteger("v"_L1);
    const QString type = in.text("type"_L1);
    RunEvent event{
        .id = in.id<EventId>("id"_L1),
        .run = in.id<RunId>("run"_L1),
        .seq = in.integer("seq"_L1),
        .at = in.time("at"_L1),
        .actor = {.name = actor.text("name"_L1),
                  .account = actor.text("account"_L1),
                  .host = actor.text("host"_L1)},
        .unattended = actor.boolean("unattended"_L1),
        .body = {},
        .previous = in.text("previous"_L1),
        .hash = {},
    };
    const QJsonObject bodyObject = in.object("body"_L1);
    for (const QString &problem : {in.problem(), actor.problem()}) {
        if (!problem.isEmpty())
            return Error{.kind = Error::Kind::Corrupt,
                         .message = u"A stored event has no usable field “%1”."_s.arg(problem),
                         .detail = {}};
    }
    if (version != kEventVersion)
        return Error{.kind = Error::Kind::Corrupt,
                     .message =
                         u"A stored event has version %1, this program reads version %2. "
                         "Open the run with the version of Runsheet that wrote it."_s.arg(version)
                             .arg(kEventVersion),
                     .detail = {}};
    Result<EventBody> body = bodyFromJson(type, bodyObject);
    if (!body)
        return body.error();
    event.body = *std::move(body);
    return event;
}

QString eventHash(const RunEvent &event)
{
    static const QByteArray kDomain("runsheet-journal-v1", 20); // with its closing zero byte
    return sha256Hex(kDomain + canonicalJson(toJson(event)));
}

QString firstPreviousHash()
{
    QString zeros(kHashDigits, u'0');
    return zeros;
}

ChainVerdict verifyChain(const QList<RunEvent> &events)
{
    ChainVerdict verdict{.events = events.size()};
    QString previous = firstPreviousHash();
    for (qsizetype i = 0; i < events.size(); ++i) {
        const QString problem = linkProblem(events.at(i), i + 1, previous);
        if (!problem.isEmpty()) {
            verdict.intact = false;
            verdict.firstBadSeq = i + 1;
            verdict.finding = problem;
            break;
        }
        previous = events.at(i).hash;
        verdict.head = previous;
    }
    return verdict;
}

} // namespace runsheet
