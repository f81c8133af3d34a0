// SPDX-License-Identifier: Apache-2.0
#include "run/stopbodies.h"

#include "run/fieldreader.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QJsonArray toJson(const QList<qint64> &numbers)
{
    QJsonArray array;
    for (const qint64 number : numbers)
        array.append(number);
    return array;
}

QJsonObject toJson(const ServerBackend &backend)
{
    QJsonObject object{
        {u"pid"_s, backend.pid},
        {u"user"_s, backend.user},
        {u"state"_s, backend.state},
        {u"wait"_s, backend.wait},
        {u"query"_s, backend.query},
        {u"age_ms"_s, backend.ageMs},
        {u"transaction"_s, backend.transaction},
    };
    if (!backend.database.isEmpty())
        object.insert(u"database"_s, backend.database);
    return object;
}

ServerBackend readBackend(FieldReader &in)
{
    return {.pid = in.integer("pid"_L1),
            .user = in.text("user"_L1),
            .database = in.has("database"_L1) ? in.text("database"_L1) : QString(),
            .state = in.text("state"_L1),
            .wait = in.text("wait"_L1),
            .query = in.text("query"_L1),
            .ageMs = in.integer("age_ms"_L1),
            .transaction = in.integer("transaction"_L1)};
}

} // namespace

QJsonObject toJson(const CommandOverran &body)
{
    return {{u"execution"_s, body.execution.value}, {u"seconds"_s, body.seconds}};
}

CommandOverran readCommandOverran(FieldReader &in)
{
    return {.execution = in.id<ExecutionId>("execution"_L1), .seconds = in.integer("seconds"_L1)};
}

QJsonObject toJson(const BackendSignalled &body)
{
    return {{u"execution"_s, body.execution.value},
            {u"rung"_s, kStopRungWords.word(body.rung)},
            {u"pids"_s, toJson(body.pids)}};
}

BackendSignalled readBackendSignalled(FieldReader &in)
{
    return {.execution = in.id<ExecutionId>("execution"_L1),
            .rung = in.word("rung"_L1, kStopRungWords),
            .pids = in.integers("pids"_L1)};
}

QJsonObject toJson(const ServerChecked &body)
{
    QJsonObject object{
        {u"execution"_s, body.execution.value},
        {u"verdict"_s, kServerVerdictWords.word(body.verdict)},
        {u"finding"_s, body.finding},
        {u"evidence"_s, QJsonArray::fromStringList(body.evidence)},
    };
    if (!body.advice.isEmpty())
        object.insert(u"advice"_s, body.advice);
    if (!body.transactions.isEmpty())
        object.insert(u"transactions"_s, toJson(body.transactions));
    QJsonArray backends;
    for (const ServerBackend &backend : body.backends)
        backends.append(toJson(backend));
    if (!backends.isEmpty())
        object.insert(u"backends"_s, backends);
    return object;
}

ServerChecked readServerChecked(FieldReader &in)
{
    return {
        .execution = in.id<ExecutionId>("execution"_L1),
        .verdict = in.word("verdict"_L1, kServerVerdictWords),
        .finding = in.text("finding"_L1),
        .evidence = in.texts("evidence"_L1),
        .advice = in.has("advice"_L1) ? in.text("advice"_L1) : QString(),
        .backends =
            in.has("backends"_L1) ? in.items("backends"_L1, readBackend) : QList<ServerBackend>(),
        .transactions =
            in.has("transactions"_L1) ? in.integers("transactions"_L1) : QList<qint64>(),
    };
}

} // namespace runsheet
