// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

namespace runsheet
{

/// The reducer's part for runbook.amended: puts the new runbook into force and carries over what
/// is unchanged. Sign-offs of other steps stay in the journal alone; executions of commands that
/// are gone keep a name that no command of the new runbook has.
void amend(RunState &state, const RunEvent &event);

/// What an amendment would do to the sign-offs.
struct AmendmentPreview
{
    qsizetype kept = 0; ///< signed steps that stay so
    QStringList withdrawn; ///< titles of those that must be signed again, in source order

    bool operator==(const AmendmentPreview &) const = default;
};
[[nodiscard]] AmendmentPreview previewOf(const RunState &state, const Runbook &amended);

} // namespace runsheet
