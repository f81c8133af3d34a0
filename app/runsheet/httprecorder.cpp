// SPDX-License-Identifier: Apache-2.0
#include "httprecorder.h"

#include "run/httpverdict.h"
#include "run/rules.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Wherever it stands in the file now.
bool asksTheSame(const HttpCheck &one, const HttpCheck &other)
{
    return one.method == other.method && one.target == other.target
        && one.expectedStatus == other.expectedStatus && one.expectedBody == other.expectedBody;
}

} // namespace

HttpRecorder::HttpRecorder(RunController &controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    connect(&m_checker, &HttpChecker::answered, this, &HttpRecorder::onAnswered);
}

void HttpRecorder::check(const StepId &step, int check)
{
    const RunState &state = m_controller.state();
    if (const Result<void> allowed = rules::mayCheckHttp(state, step, check); !allowed) {
        Q_EMIT failed(allowed.error());
        return;
    }
    const HttpCheck wanted = state.runbook->step(step)->httpChecks.at(check);
    const Result<QUrl> target = targetOf(wanted, state);
    if (!target) {
        Q_EMIT failed(target.error());
        return;
    }
    m_asked.insert(++m_lastTicket,
                   {.run = state.id, .step = step, .check = check, .wanted = wanted});
    m_checker.check(m_lastTicket, wanted.method, *target);
}

void HttpRecorder::onAnswered(quint64 ticket, const HttpAnswer &answer)
{
    const Asked asked = m_asked.take(ticket);
    const RunState &state = m_controller.state();
    if (asked.run != state.id)
        return; // another run was opened meanwhile
    const Step *step = state.runbook->step(asked.step);
    if (step == nullptr || !asksTheSame(step->httpChecks.value(asked.check), asked.wanted)) {
        Q_EMIT failed({.kind = Error::Kind::Refused,
                       .message = u"The answer of %1 was not recorded: the runbook was amended "
                                  "while it was asked. Check again."_s.arg(answer.url.host()),
                       .detail = {}});
        return;
    }
    HttpChecked verdict =
        httpVerdict(asked.wanted, answer.status, answer.micros, answer.body, answer.problem);
    verdict.step = asked.step;
    verdict.check = asked.check;
    verdict.url = answer.url.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded);
    m_controller.recordHttpCheck(verdict);
}

} // namespace runsheet
