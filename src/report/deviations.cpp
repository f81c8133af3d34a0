// SPDX-License-Identifier: Apache-2.0
#include "report/deviations.h"

#include "base/text.h"
#include "report/overalldeviations.h"
#include "report/wording.h"
#include "run/stopladder.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

const QString kMayHoldSecrets = u"log may hold secrets"_s;

QString tooShort(const QStringList &unmasked)
{
    return unmasked.isEmpty() ? QString() : u"too short to be masked: "_s + unmasked.join(u", "_s);
}

/// Says for one event what was out of the ordinary about it; nothing for most.
class DeviationOf
{
public:
    /// Of the event number `seq`, whose ids belong to the runbook in force then.
    DeviationOf(const RunState &state, qint64 seq)
        : m_state(state)
        , m_runbook(state.runbookAt(seq))
        , m_seq(seq)
    {
    }

    template <typename Body>
    std::optional<Deviation> operator()(const Body &) const
    {
        return std::nullopt;
    }
    std::optional<Deviation> operator()(const StepSigned &sign) const
    {
        if (sign.outcome == SignOffOutcome::Done)
            return std::nullopt;
        return make(stepTitle(sign.step), describe(sign.outcome), sign.note);
    }
    std::optional<Deviation> operator()(const StepReopened &reopened) const
    {
        return make(stepTitle(reopened.step), u"sign-off withdrawn"_s, reopened.reason);
    }
    std::optional<Deviation> operator()(const GateDecided &gate) const
    {
        if (gate.go && gate.reason.isEmpty())
            return std::nullopt;
        return make(phaseTitle(gate.phase), gate.go ? u"gate opened by a decision"_s : u"no-go"_s,
                    gate.reason);
    }
    std::optional<Deviation> operator()(const CommandIntended &intended) const
    {
        if (intended.attempt < 2)
            return std::nullopt;
        return make(commandStep(intended.command),
                    u"command run again, attempt %1"_s.arg(intended.attempt),
                    firstLine(intended.text));
    }
    std::optional<Deviation> operator()(const CommandStarted &started) const
    {
        if (started.unmasked.isEmpty())
            return std::nullopt;
        return make(executionStep(started.execution), kMayHoldSecrets, tooShort(started.unmasked));
    }
    std::optional<Deviation> operator()(const CommandSignalled &signalled) const
    {
        return make(executionStep(signalled.execution),
                    u"%1 asked for"_s.arg(signalName(signalled.signal)), {});
    }
    std::optional<Deviation> operator()(const BackendSignalled &signalled) const
    {
        return make(executionStep(signalled.execution),
                    describe(signalled.rung) + u" for the command's sessions"_s, {});
    }
    std::optional<Deviation> operator()(const CommandOverran &overran) const
    {
        return make(executionStep(overran.execution), u"timed out, still running"_s,
                    u"the runbook expects it within %1"_s.arg(
                        formatSpan(std::chrono::seconds(overran.seconds))));
    }
    std::optional<Deviation> operator()(const ServerChecked &checked) const
    {
        // While it runs it is of course on the server.
        const Execution *execution = m_state.execution(checked.execution);
        const bool hadEnded = execution != nullptr && execution->end && m_seq > execution->endSeq;
        if (checked.verdict == ServerVerdict::None || !hadEnded)
            return std::nullopt;
        return make(executionStep(checked.execution),
                    u"on the server: "_s + describe(checked.verdict), checked.finding);
    }
    std::optional<Deviation> operator()(const CommandEnded &end) const
    {
        const QString dropped = end.droppedBytes == 0
            ? QString()
            : u"%1 of its output were not kept"_s.arg(formatBytes(end.droppedBytes));
        const QString unmasked = tooShort(end.unmasked);
        if (end.outcome != ExecutionOutcome::Succeeded || end.background)
            return make(executionStep(end.execution), u"command: "_s + describe(end),
                        joined(end.reason, joined(dropped, unmasked)));
        if (!dropped.isEmpty())
            return make(executionStep(end.execution), u"log incomplete"_s,
                        joined(dropped, unmasked));
        if (!unmasked.isEmpty())
            return make(executionStep(end.execution), kMayHoldSecrets, unmasked);
        return std::nullopt;
    }
    std::optional<Deviation> operator()(const OutputCompared &compared) const
    {
        if (compared.matches)
            return std::nullopt;
        return make(executionStep(compared.execution), u"finding: "_s + compared.finding,
                    firstLine(m_state.execution(compared.execution) != nullptr
                                  ? m_state.execution(compared.execution)->text
                                  : QString()));
    }
    std::optional<Deviation> operator()(const OutputRecognised &recognised) const
    {
        if (recognised.contradiction.isEmpty())
            return std::nullopt;
        return make(executionStep(recognised.execution), u"finding: "_s + recognised.contradiction,
                    firstLine(m_state.execution(recognised.execution) != nullptr
                                  ? m_state.execution(recognised.execution)->text
                                  : QString()));
    }
    std::optional<Deviation> operator()(const HttpChecked &checked) const
    {
        if (checked.matches)
            return std::nullopt;
        return make(stepTitle(checked.step), u"finding: "_s + checked.finding, checked.url);
    }
    std::optional<Deviation> operator()(const RunCreated &created) const
    {
        if (!created.repaired)
            return std::nullopt;
        return make(kWholeRun, u"damaged characters of the runbook were read as they were meant"_s,
                    u"the file itself was left as it is"_s);
    }
    std::optional<Deviation> operator()(const CommandResolved &resolved) const
    {
        return make(executionStep(resolved.execution),
                    u"outcome settled by a person: "_s + describe(resolved.outcome),
                    resolved.evidence);
    }
    std::optional<Deviation> operator()(const TargetChecked &check) const
    {
        if (check.matches)
            return std::nullopt;
        return make(kWholeRun, u"the server was not the expected one"_s, check.finding);
    }
    std::optional<Deviation> operator()(const RollbackDeclared &rollback) const
    {
        return make(phaseTitle(rollback.scenario), u"rollback declared"_s, rollback.reason);
    }
    std::optional<Deviation> operator()(const RunbookAmended &amended) const
    {
        const auto it = std::ranges::find(m_state.amendments, m_seq, &Amendment::seq);
        const qsizetype withdrawn = it == m_state.amendments.end() ? 0 : it->withdrawn.size();
        const QString lost = withdrawn == 0
            ? QString()
            : u"%1 changed or gone, to be signed again"_s.arg(countOf(withdrawn, u"signed step"_s));
        return make(kWholeRun, u"runbook amended, SHA-256 now "_s + amended.runbookSha256,
                    joined(amended.reason, lost));
    }
    std::optional<Deviation> operator()(const RunAborted &aborted) const
    {
        return make(kWholeRun, u"aborted"_s, aborted.reason);
    }

private:
    static Deviation make(const QString &subject, const QString &what, const QString &reason)
    {
        return {.subject = subject, .what = what, .reason = reason, .by = {}, .at = {}};
    }
    static QString joined(const QString &first, const QString &second)
    {
        return first.isEmpty() || second.isEmpty() ? first + second : first + u"; "_s + second;
    }
    [[nodiscard]] QString stepTitle(const StepId &id) const
    {
        const Step *step = m_runbook != nullptr ? m_runbook->step(id) : nullptr;
        return step != nullptr ? step->title : id.value;
    }
    [[nodiscard]] QString phaseTitle(const PhaseId &id) const
    {
        const Phase *phase = m_runbook != nullptr ? m_runbook->phase(id) : nullptr;
        return phase != nullptr ? phase->title : id.value;
    }
    [[nodiscard]] QString commandStep(const CommandId &id) const
    {
        const Step *step = m_runbook != nullptr ? m_runbook->stepOf(id) : nullptr;
        return step != nullptr ? step->title : id.value;
    }
    [[nodiscard]] QString executionStep(const ExecutionId &id) const
    {
        const Execution *execution = m_state.execution(id);
        const Step *step = execution != nullptr ? m_state.stepOf(*execution) : nullptr;
        return step != nullptr ? step->title : id.value;
    }

    const RunState &m_state;
    const Runbook *m_runbook;
    qint64 m_seq;
};

} // namespace

QList<Deviation> collectDeviations(const RunState &state, const QList<RunEvent> &events)
{
    QList<Deviation> deviations;
    for (const RunEvent &event : events) {
        std::optional<Deviation> deviation = std::visit(DeviationOf(state, event.seq), event.body);
        if (!deviation)
            continue;
        deviation->by = actorName(event.actor, event.unattended);
        deviation->at = event.at;
        deviations += *std::move(deviation);
    }
    return deviations + overallDeviations(state, events);
}

} // namespace runsheet
