// SPDX-License-Identifier: Apache-2.0
#include "base/shellnames.h"
#include "run/rules.h"

using namespace Qt::StringLiterals;

namespace runsheet::rules
{

namespace
{

Error refusal(const QString &message)
{
    return {.kind = Error::Kind::Refused, .message = message, .detail = {}};
}

} // namespace

Result<void> mayCarryOn(const RunState &state, const PhaseId &id)
{
    if (auto running = mayNote(state); !running)
        return running;
    if (state.runbook->phase(id) == nullptr)
        return refusal(u"The runbook has no such phase."_s);
    if (!state.approval)
        return refusal(
            u"Nothing runs before the commands of this runbook were shown and approved."_s);
    return {};
}

Result<void> maySetVariable(const RunState &state, const QString &name)
{
    if (auto running = mayNote(state); !running)
        return running;
    if (!isVariableName(name))
        return refusal(u"A name has letters, digits and “_” only, and no digit in front."_s);
    if (isShellOwnName(name))
        return refusal(u"%1 belongs to the shell itself. Choose another name."_s.arg(name));
    return {};
}

} // namespace runsheet::rules
