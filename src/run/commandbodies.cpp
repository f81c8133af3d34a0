// SPDX-License-Identifier: Apache-2.0
#include "run/commandbodies.h"

#include "run/fieldreader.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QJsonObject toJson(const QMap<QString, QString> &texts)
{
    QJsonObject object;
    for (auto it = texts.begin(); it != texts.end(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

} // namespace

/// Without answers it is the same as before there were any, so that older hashes stay true.
QJsonObject toJson(const CommandIntended &body)
{
    QJsonObject object{
        {u"execution"_s, body.execution.value},
        {u"command"_s, body.command.value},
        {u"attempt"_s, body.attempt},
        {u"text"_s, body.text},
        {u"sha256"_s, body.sha256},
        {u"working_directory"_s, body.workingDirectory},
    };
    if (!body.answers.isEmpty())
        object.insert(u"answers"_s, toJson(body.answers));
    if (!body.secretAnswers.isEmpty())
        object.insert(u"secret_answers"_s, QJsonArray::fromStringList(body.secretAnswers));
    if (!body.sessionOptions.isEmpty())
        object.insert(u"session_options"_s, body.sessionOptions);
    return object;
}

CommandIntended readCommandIntended(FieldReader &in)
{
    return {.execution = in.id<ExecutionId>("execution"_L1),
            .command = in.id<CommandId>("command"_L1),
            .attempt = in.smallInteger("attempt"_L1),
            .text = in.text("text"_L1),
            .sha256 = in.text("sha256"_L1),
            .workingDirectory = in.text("working_directory"_L1),
            .answers = in.has("answers"_L1) ? in.textMap("answers"_L1) : QMap<QString, QString>(),
            .secretAnswers =
                in.has("secret_answers"_L1) ? in.texts("secret_answers"_L1) : QStringList(),
            .sessionOptions =
                in.has("session_options"_L1) ? in.text("session_options"_L1) : QString()};
}

QJsonObject toJson(const CommandStarted &body)
{
    QJsonObject object{{u"execution"_s, body.execution.value}, {u"pid"_s, body.pid}};
    if (!body.unmasked.isEmpty())
        object.insert(u"unmasked"_s, QJsonArray::fromStringList(body.unmasked));
    return object;
}

CommandStarted readCommandStarted(FieldReader &in)
{
    return {.execution = in.id<ExecutionId>("execution"_L1),
            .pid = in.integer("pid"_L1),
            .unmasked = in.has("unmasked"_L1) ? in.texts("unmasked"_L1) : QStringList()};
}

QJsonObject toJson(const CommandSignalled &body)
{
    return {{u"execution"_s, body.execution.value}, {u"signal"_s, body.signal}};
}

CommandSignalled readCommandSignalled(FieldReader &in)
{
    return {.execution = in.id<ExecutionId>("execution"_L1),
            .signal = in.smallInteger("signal"_L1)};
}

QJsonObject toJson(const CommandEnded &body)
{
    QJsonObject object{
        {u"execution"_s, body.execution.value},
        {u"outcome"_s, kExecutionWords.word(body.outcome)},
        {u"exit_code"_s, body.exitCode},
        {u"signal"_s, body.signal},
        {u"reason"_s, body.reason},
        {u"duration_micros"_s, body.durationMicros},
        {u"output_bytes"_s, body.outputBytes},
        {u"output_lines"_s, body.outputLines},
        {u"dropped_bytes"_s, body.droppedBytes},
        {u"output_sha256"_s, body.outputSha256},
        {u"working_directory"_s, body.workingDirectory},
    };
    if (body.background)
        object.insert(u"background"_s, true);
    if (!body.unmasked.isEmpty())
        object.insert(u"unmasked"_s, QJsonArray::fromStringList(body.unmasked));
    return object;
}

CommandEnded readCommandEnded(FieldReader &in)
{
    return {
        .execution = in.id<ExecutionId>("execution"_L1),
        .outcome = in.word("outcome"_L1, kExecutionWords),
        .exitCode = in.smallInteger("exit_code"_L1),
        .signal = in.smallInteger("signal"_L1),
        .reason = in.text("reason"_L1),
        .durationMicros = in.integer("duration_micros"_L1),
        .outputBytes = in.integer("output_bytes"_L1),
        .outputLines = in.integer("output_lines"_L1),
        .droppedBytes = in.integer("dropped_bytes"_L1),
        .outputSha256 = in.text("output_sha256"_L1),
        .workingDirectory = in.text("working_directory"_L1),
        .background = in.has("background"_L1) && in.boolean("background"_L1),
        .unmasked = in.has("unmasked"_L1) ? in.texts("unmasked"_L1) : QStringList(),
    };
}

QJsonObject toJson(const OutputCompared &body)
{
    return {{u"execution"_s, body.execution.value},
            {u"matches"_s, body.matches},
            {u"differences"_s, body.differences},
            {u"finding"_s, body.finding}};
}

OutputCompared readOutputCompared(FieldReader &in)
{
    return {.execution = in.id<ExecutionId>("execution"_L1),
            .matches = in.boolean("matches"_L1),
            .differences = in.smallInteger("differences"_L1),
            .finding = in.text("finding"_L1)};
}

QJsonObject toJson(const CommandResolved &body)
{
    return {
        {u"execution"_s, body.execution.value},
        {u"outcome"_s, kExecutionWords.word(body.outcome)},
        {u"evidence"_s, body.evidence},
    };
}

CommandResolved readCommandResolved(FieldReader &in)
{
    return {.execution = in.id<ExecutionId>("execution"_L1),
            .outcome = in.word("outcome"_L1, kExecutionWords),
            .evidence = in.text("evidence"_L1)};
}

QJsonObject toJson(const VariablesCaptured &body)
{
    QJsonObject variables;
    for (auto it = body.variables.begin(); it != body.variables.end(); ++it) {
        variables.insert(it.key(),
                         QJsonObject{
                             {u"value"_s, it->value},
                             {u"declaration"_s, it->declaration},
                             {u"exported"_s, it->exported},
                         });
    }
    return {
        {u"execution"_s, body.execution.value},
        {u"variables"_s, variables},
        {u"removed"_s, QJsonArray::fromStringList(body.removed)},
    };
}

VariablesCaptured readVariablesCaptured(FieldReader &in)
{
    VariablesCaptured body{.execution = in.id<ExecutionId>("execution"_L1),
                           .variables = {},
                           .removed = in.texts("removed"_L1)};
    const QJsonObject variables = in.object("variables"_L1);
    for (auto it = variables.begin(); it != variables.end(); ++it) {
        FieldReader fields(it.value().toObject());
        body.variables.insert(it.key(),
                              {.value = fields.text("value"_L1),
                               .declaration = fields.text("declaration"_L1),
                               .exported = fields.boolean("exported"_L1)});
    }
    return body;
}

} // namespace runsheet
