// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>

namespace runsheet
{

/// RFC 8785 (JSON canonicalization) form, restricted to what it can say without rounding: strings,
/// booleans, null, arrays, objects, and integers within ±(2^53 − 1). Keys are sorted by UTF-16 code
/// units. A number with a fraction is a programmer error and is truncated in release builds.
[[nodiscard]] QByteArray canonicalJson(const QJsonValue &value);

/// Parses one JSON object; the error names the byte offset.
[[nodiscard]] Result<QJsonObject> parseJsonObject(const QByteArray &bytes);

} // namespace runsheet
