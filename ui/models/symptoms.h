// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QList>
#include <QStringList>

namespace runsheet
{

/// What a log line looks like that an entry of the runbook's troubleshooting is about.
struct Symptom
{
    QString entry; ///< its title
    QStringList phrase; ///< parts of one line, in order

    bool operator==(const Symptom &) const = default;
};

/// From what the entries quote: `LOCK TIMEOUT … in use by`, "could not extend file", P3009. Words
/// for people are none, and neither are commands.
[[nodiscard]] QList<Symptom> symptomsOf(const Runbook &runbook);

} // namespace runsheet
