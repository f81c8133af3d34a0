// SPDX-License-Identifier: Apache-2.0
#include "exec/executionstatus.h"

#include "base/json.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using State = ExecutionStatus::State;

std::optional<State> stateFromWord(const QString &word)
{
    static const QMap<QString, State> kWords{{u"starting"_s, State::Starting},
                                             {u"running"_s, State::Running},
                                             {u"ended"_s, State::Ended},
                                             {u"could-not-start"_s, State::CouldNotStart}};
    const auto found = kWords.constFind(word);
    return found == kWords.constEnd() ? std::nullopt : std::optional(*found);
}

std::optional<int> optionalInt(const QJsonObject &object, QLatin1StringView key)
{
    const QJsonValue value = object.value(key);
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

} // namespace

Result<ExecutionStatus> parseStatus(const QByteArray &json)
{
    const Result<QJsonObject> parsed = parseJsonObject(json);
    if (!parsed)
        return parsed.error();
    const QJsonObject &object = *parsed;
    const std::optional<State> state = stateFromWord(object.value("state"_L1).toString());
    ExecutionStatus status{
        .state = state.value_or(State::Starting),
        .pid = object.value("pid"_L1).toInteger(),
        .bootId = object.value("boot_id"_L1).toString(),
        .exitCode = optionalInt(object, "exit_code"_L1),
        .signal = optionalInt(object, "signal"_L1),
        .durationMicros = object.value("duration_micros"_L1).toInteger(),
        .outputBytes = object.value("output_bytes"_L1).toInteger(),
        .outputLines = object.value("output_lines"_L1).toInteger(),
        .droppedBytes = object.value("dropped_bytes"_L1).toInteger(),
        .backgroundRemains = object.value("background"_L1).toBool(),
        .unmaskable = object.value("unmaskable"_L1).toVariant().toStringList(),
        .stage = object.value("stage"_L1).toString(),
        .errorNumber = object.value("errno"_L1).toInt(),
        .errorText = object.value("message"_L1).toString(),
    };
    const bool saysHow = status.exitCode.has_value() != status.signal.has_value();
    if (!state || object.value("version"_L1).toInt() != 1 || (*state == State::Ended && !saysHow))
        return Error{.kind = Error::Kind::Corrupt,
                     .message = u"The status of the execution does not say what it must."_s,
                     .detail = QString::fromUtf8(json)};
    return status;
}

TerminalState parseTerminalState(const QByteArray &json)
{
    const Result<QJsonObject> object = json.isEmpty() ? QJsonObject() : parseJsonObject(json);
    if (!object)
        return {};
    return {.echo = object->value("echo"_L1).toBool(true),
            .waiting = object->value("waiting"_L1).toBool(),
            .stopped = object->value("stopped"_L1).toBool()};
}

} // namespace runsheet
