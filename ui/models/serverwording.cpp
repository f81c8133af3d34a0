// SPDX-License-Identifier: Apache-2.0
// How stopping and what the server says of it are said.
#include "models/wording.h"

namespace runsheet
{

QString Wording::server(const ServerChecked &checked)
{
    switch (checked.verdict) {
    case ServerVerdict::None:
        return {};
    case ServerVerdict::Running:
        return tr("still on the server");
    case ServerVerdict::RolledBack:
        return tr("server: rolled back");
    case ServerVerdict::LastRolledBack:
        return tr("server: last statement rolled back");
    case ServerVerdict::Committed:
        return tr("server: committed");
    case ServerVerdict::NotDone:
        return tr("server: not done");
    case ServerVerdict::InvalidIndex:
        return tr("server: invalid index left");
    case ServerVerdict::PreparedLeft:
        return tr("server: prepared transaction left");
    case ServerVerdict::Unknown:
        return tr("server: unknown");
    }
    return {};
}

Tone Wording::tone(ServerVerdict verdict)
{
    switch (verdict) {
    case ServerVerdict::None:
        return Tone::Neutral;
    case ServerVerdict::Running:
        return Tone::Running;
    case ServerVerdict::RolledBack:
    case ServerVerdict::Committed:
        return Tone::Accent;
    case ServerVerdict::LastRolledBack:
    case ServerVerdict::NotDone:
    case ServerVerdict::InvalidIndex:
    case ServerVerdict::PreparedLeft:
    case ServerVerdict::Unknown:
        return Tone::Warning;
    }
    return Tone::Neutral;
}

QString Wording::rung(StopRung rung)
{
    switch (rung) {
    case StopRung::Interrupt:
        return tr("Interrupt");
    case StopRung::CancelBackend:
        return tr("Cancel on the server");
    case StopRung::Terminate:
        return tr("Terminate");
    case StopRung::TerminateBackend:
        return tr("Disconnect on the server");
    case StopRung::Kill:
        return tr("Kill");
    }
    return {};
}

} // namespace runsheet
