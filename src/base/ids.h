// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHashFunctions>
#include <QString>
#include <QUuid>

#include <compare>

namespace runsheet
{

/// A string that cannot be mistaken for another kind of id.
template <typename Tag>
struct StrongId
{
    QString value;

    [[nodiscard]] bool isEmpty() const { return value.isEmpty(); }
    bool operator==(const StrongId &) const = default;
    bool operator<(const StrongId &other) const { return value < other.value; }
    friend size_t qHash(const StrongId &id, size_t seed = 0) { return qHash(id.value, seed); }

    /// A fresh random id (UUID without braces).
    [[nodiscard]] static StrongId create()
    {
        return {QUuid::createUuid().toString(QUuid::WithoutBraces)};
    }
};

using RunId = StrongId<struct RunIdTag>; ///< UUID
using EventId = StrongId<struct EventIdTag>; ///< UUID
using ExecutionId = StrongId<struct ExecutionIdTag>; ///< UUID; names the execution's folder
using PhaseId = StrongId<struct PhaseIdTag>; ///< slug of the heading, unique in the runbook
using StepId = StrongId<struct StepIdTag>; ///< "<phase>/<slug of title>", unique in the runbook
using CommandId = StrongId<struct CommandIdTag>; ///< "<step>#<n>", n from 1 within the step

} // namespace runsheet
