// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/phaseevents.h"

#include <QJsonObject>

namespace runsheet
{

class FieldReader;

// The bodies of the events about phases and what tools print, as eventbody.cpp stores and reads
// them.
[[nodiscard]] QJsonObject toJson(const PhaseStarted &body);
[[nodiscard]] PhaseStarted readPhaseStarted(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const PhaseStopped &body);
[[nodiscard]] PhaseStopped readPhaseStopped(FieldReader &in);
[[nodiscard]] QJsonObject toJson(const OutputRecognised &body);
[[nodiscard]] OutputRecognised readOutputRecognised(FieldReader &in);

} // namespace runsheet
