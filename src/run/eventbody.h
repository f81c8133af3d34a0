// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/event.h"

namespace runsheet
{

/// The body's fields, without its type.
[[nodiscard]] QJsonObject bodyToJson(const EventBody &body);
/// Corrupt when the type is unknown or a field is missing or of the wrong kind.
[[nodiscard]] Result<EventBody> bodyFromJson(const QString &type, const QJsonObject &object);

} // namespace runsheet
