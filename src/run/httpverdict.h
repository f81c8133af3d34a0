// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "run/state.h"

#include <QUrl>

namespace runsheet
{

/// Where a request goes. A path is looked up at the service that the run's or the environment's
/// variables name as BASE_URL, APP_URL, SERVICE_URL or API_URL; an error says so when none does.
[[nodiscard]] Result<QUrl> targetOf(const HttpCheck &check, const RunState &state);

/// One answer, without the step it belongs to: what is said of it, and whether it is what the
/// runbook expects. `status` 0 means no answer, and `problem` why. Pure.
[[nodiscard]] HttpChecked httpVerdict(const HttpCheck &check, int status, qint64 durationMicros,
                                      const QByteArray &body, const QString &problem);

} // namespace runsheet
