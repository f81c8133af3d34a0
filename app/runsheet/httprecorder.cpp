// SPDX-License-Identifier: Apache-2.0
#include "httprecorder.h"

#include "run/httpverdict.h"
#include "run/rules.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

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
    if (asked.run != m_controller.state().id)
        return; // another run was opened meanwhile
    HttpChecked verdict =
        httpVerdict(asked.wanted, answer.status, answer.micros, answer.body, answer.problem);
    verdict.step = asked.step;
    verdict.check = asked.check;
    verdict.url = answer.url.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded);
    m_controller.recordHttpCheck(verdict);
}

} // namespace runsheet
