// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exec/executionfolder.h"
#include "run/commandrunner.h"

namespace runsheet
{

/// Which execution a folder belongs to.
struct ExecutionKey
{
    RunId run;
    ExecutionId execution;

    bool operator==(const ExecutionKey &) const = default;
};

/// From a last status. Reads the whole log, so it belongs on a pool thread.
[[nodiscard]] ExecutionReport finalReport(const ExecutionKey &key, const ExecutionFolder &folder,
                                          const ExecutionStatus &status,
                                          const std::atomic_bool &cancelled);

/// For an execution that nobody watches any more and that recorded no end; says what is known.
[[nodiscard]] ExecutionReport unknownReport(const ExecutionKey &key, const ExecutionFolder &folder,
                                            const ExecutionFolder::Sight &sight,
                                            const std::atomic_bool &cancelled);

[[nodiscard]] ExecutionReport couldNotStartReport(const ExecutionKey &key, const QString &reason);

} // namespace runsheet
