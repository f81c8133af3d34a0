// SPDX-License-Identifier: Apache-2.0
#include "models/phaserunview.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(PhaseRunView)
};

/// How a halt looks, and what its button says.
struct HaltLook
{
    PhaseHalt halt;
    Tone tone;
    QLatin1StringView icon;
    const char *verb; // marked for translation
};

constexpr std::array kLooks{
    HaltLook{PhaseHalt::Paused, Tone::Neutral, "pause"_L1,
             QT_TRANSLATE_NOOP("PhaseRunView", "Go on")},
    HaltLook{PhaseHalt::Failed, Tone::Bad, "failed"_L1,
             QT_TRANSLATE_NOOP("PhaseRunView", "Run it again and go on")},
    HaltLook{PhaseHalt::Differs, Tone::Warning, "warning"_L1,
             QT_TRANSLATE_NOOP("PhaseRunView", "Go on all the same")},
    HaltLook{PhaseHalt::Contradicts, Tone::Warning, "warning"_L1,
             QT_TRANSLATE_NOOP("PhaseRunView", "Go on all the same")},
    HaltLook{PhaseHalt::Answer, Tone::Accent, "awaiting"_L1,
             QT_TRANSLATE_NOOP("PhaseRunView", "Fill in and go on…")},
    HaltLook{PhaseHalt::Confirmation, Tone::Accent, "awaiting"_L1,
             QT_TRANSLATE_NOOP("PhaseRunView", "Confirm and go on…")},
    HaltLook{PhaseHalt::Approval, Tone::Accent, "awaiting"_L1,
             QT_TRANSLATE_NOOP("PhaseRunView", "Approve and go on…")},
    HaltLook{PhaseHalt::Refused, Tone::Warning, "gate"_L1, ""},
};
constexpr HaltLook kStepHasToAct{PhaseHalt::SignOff, Tone::Warning, "awaiting"_L1, ""};

const HaltLook &lookOf(PhaseHalt halt)
{
    const auto it = std::ranges::find(kLooks, halt, &HaltLook::halt);
    return it == kLooks.end() ? kStepHasToAct : *it;
}

QString titleOf(const RunState &state, const CommandId &id)
{
    const Command *command = state.runbook->command(id);
    return command == nullptr ? id.value : command->title();
}

/// Gone back to after a stop: what it stopped for may be done by now.
QString sentenceBefore(const PhaseRunFacts &facts)
{
    if (!facts.lastStop)
        return Texts::tr("Begun in another window, or before this one was closed.");
    return facts.lastStop->halt == PhaseHalt::Paused ? Texts::tr("Paused.")
                                                     : Texts::tr("Ready to go on.");
}

PhaseRunView halted(const RunState &state, const PhaseRunFacts &facts)
{
    PhaseRunView view{.kind = PhaseRunView::Kind::Halted};
    view.step = facts.next.stop.step;
    const HaltLook *look = &lookOf(PhaseHalt::Paused);
    switch (facts.next.kind) {
    case PhaseMove::Kind::Run:
        view.text = Texts::tr("%1 Next: “%2”.")
                        .arg(sentenceBefore(facts), titleOf(state, facts.next.command));
        break;
    case PhaseMove::Kind::Busy:
        view.text = Texts::tr("%1 “%2” goes on; nothing is started after it.")
                        .arg(sentenceBefore(facts), titleOf(state, facts.next.command));
        break;
    case PhaseMove::Kind::Stop:
        look = &lookOf(facts.next.stop.halt);
        view.text = facts.lastStop ? facts.next.stop.text
                                   : sentenceBefore(facts) + u' ' + facts.next.stop.text;
        break;
    }
    view.tone = look->tone;
    view.icon = look->icon.toString();
    const Execution *at = state.execution(facts.next.stop.execution);
    const bool unresolved = at != nullptr && at->isUnresolved();
    view.verb = unresolved || *look->verb == '\0' ? QString() : Texts::tr(look->verb);
    return view;
}

} // namespace

PhaseRunView phaseRunView(const RunState &state, const PhaseRunFacts &facts)
{
    const Phase *phase = state.runbook ? state.runbook->phase(facts.phase) : nullptr;
    if (phase == nullptr || state.status != RunStatus::InProgress
        || phase->group == PhaseGroup::Reference || phase->commandCount() == 0)
        return {};
    const bool over =
        facts.next.kind == PhaseMove::Kind::Stop && facts.next.stop.halt == PhaseHalt::Finished;
    if (facts.running) {
        return {
            .kind = PhaseRunView::Kind::Running,
            .tone = Tone::Running,
            .icon = u"running"_s,
            .text = facts.next.kind == PhaseMove::Kind::Stop
                ? Texts::tr("Running this phase.")
                : Texts::tr("Running this phase: “%1”.").arg(titleOf(state, facts.next.command))};
    }
    if (over)
        return {};
    if (facts.started)
        return halted(state, facts);
    PhaseRunView view{.kind = PhaseRunView::Kind::Ready};
    const bool refused =
        facts.next.kind == PhaseMove::Kind::Stop && facts.next.stop.halt == PhaseHalt::Refused;
    view.refusal = refused ? facts.next.stop.text : QString();
    return view;
}

} // namespace runsheet
