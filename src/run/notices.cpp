// SPDX-License-Identifier: Apache-2.0
#include "run/notices.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

Error outOfReach(const RunState &state, const Execution &execution)
{
    return {.kind = Error::Kind::Unavailable,
            .message = u"Nothing reaches “%1”: the process that watched it was ended from outside. "
                       "The command itself goes on. Stop it on the server, or end its process %2 "
                       "in a terminal."_s.arg(state.titleOf(execution))
                           .arg(execution.pid),
            .detail = {}};
}

Error notRecorded(const RunState &state, const Execution &execution, const Error &cause)
{
    return {.kind = Error::Kind::Unwritable,
            .message = u"What became of “%1” is known but not recorded yet, so it still counts as "
                       "running. That is tried again by itself; do not run the command "
                       "again."_s.arg(state.titleOf(execution)),
            .detail = cause.message};
}

} // namespace runsheet
