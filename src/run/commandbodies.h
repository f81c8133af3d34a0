// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/event.h"

namespace runsheet
{

class FieldReader;

// The bodies of the events about commands, as eventbody.cpp stores and reads them.
[[nodiscard]] QJsonObject toJson(const CommandIntended &body);
[[nodiscard]] CommandIntended readCommandIntended(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const CommandStarted &body);
[[nodiscard]] CommandStarted readCommandStarted(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const CommandSignalled &body);
[[nodiscard]] CommandSignalled readCommandSignalled(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const CommandEnded &body);
[[nodiscard]] CommandEnded readCommandEnded(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const OutputCompared &body);
[[nodiscard]] OutputCompared readOutputCompared(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const CommandResolved &body);
[[nodiscard]] CommandResolved readCommandResolved(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const VariablesCaptured &body);
[[nodiscard]] VariablesCaptured readVariablesCaptured(FieldReader &in);

} // namespace runsheet
