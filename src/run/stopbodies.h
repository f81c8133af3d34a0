// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/event.h"

namespace runsheet
{

class FieldReader;

// The bodies of the events about stopping commands and about what the server says of them, as
// eventbody.cpp stores and reads them.
[[nodiscard]] QJsonObject toJson(const CommandOverran &body);
[[nodiscard]] CommandOverran readCommandOverran(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const BackendSignalled &body);
[[nodiscard]] BackendSignalled readBackendSignalled(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const ServerChecked &body);
[[nodiscard]] ServerChecked readServerChecked(FieldReader &in);

} // namespace runsheet
