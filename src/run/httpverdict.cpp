// SPDX-License-Identifier: Apache-2.0
#include "run/httpverdict.h"

#include "base/text.h"
#include "runbook/expectationmatch.h"

#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kFirstErrorStatus = 400;
constexpr std::array kBaseNames{"BASE_URL"_L1, "APP_URL"_L1, "SERVICE_URL"_L1, "API_URL"_L1};

QString baseOf(const RunState &state)
{
    for (const QLatin1StringView name : kBaseNames) {
        const QString own = state.variables.value(name).value;
        QString base = own.isEmpty() ? state.environment.variables.value(name) : own;
        if (!base.isEmpty())
            return base;
    }
    return {};
}

/// "https://shop.example/api/" and "/health" meet at one slash.
QString joined(QString base, const QString &path)
{
    while (base.endsWith(u'/'))
        base.chop(1);
    return base + (path.startsWith(u'/') ? path : u'/' + path);
}

bool isExpectedStatus(const HttpCheck &check, int status)
{
    return check.expectedStatus == 0 ? status < kFirstErrorStatus : status == check.expectedStatus;
}

bool looksLikeJson(const QString &text)
{
    const QString trimmed = text.trimmed();
    return trimmed.startsWith(u'{') || trimmed.startsWith(u'[');
}

int differencesOf(const HttpCheck &check, const QByteArray &body)
{
    if (check.expectedBody.isEmpty())
        return 0;
    const Expectation expectation{.text = check.expectedBody,
                                  .info = looksLikeJson(check.expectedBody) ? u"json"_s : QString(),
                                  .command = {},
                                  .location = {}};
    return matchExpectation(expectation, QString::fromUtf8(body).split(u'\n')).differences();
}

} // namespace

Result<QUrl> targetOf(const HttpCheck &check, const RunState &state)
{
    QString text = check.target;
    if (!text.contains("://"_L1)) {
        const QString base = baseOf(state);
        if (base.isEmpty())
            return Error{.kind = Error::Kind::Refused,
                         .message = u"Nothing says which service “%1 %2” asks. Name it as BASE_URL "
                                    "among the environment's variables, or export BASE_URL in a "
                                    "command of the run."_s.arg(check.method, check.target),
                         .detail = {}};
        text = joined(base, text);
    }
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return Error{.kind = Error::Kind::Invalid,
                     .message = u"“%1” is not the address of a service. Correct BASE_URL or the "
                                "runbook."_s.arg(text),
                     .detail = url.errorString()};
    return url;
}

HttpChecked httpVerdict(const HttpCheck &check, int status, qint64 durationMicros,
                        const QByteArray &body, const QString &problem)
{
    HttpChecked verdict{.step = {},
                        .url = {},
                        .status = status,
                        .durationMicros = durationMicros,
                        .finding = problem};
    if (status == 0)
        return verdict;
    const QString answer = u"%1 in %2"_s.arg(status).arg(
        formatDuration(std::chrono::milliseconds(durationMicros / 1000)));
    const int differences = differencesOf(check, body);
    if (!isExpectedStatus(check, status))
        verdict.finding = check.expectedStatus == 0
            ? answer
            : u"%1 instead of %2"_s.arg(answer).arg(check.expectedStatus);
    else if (differences > 0)
        verdict.finding =
            u"%1, the answer differs in %2"_s.arg(answer, countOf(differences, u"line"_s));
    else {
        verdict.finding = answer + u", as expected"_s;
        verdict.matches = true;
    }
    return verdict;
}

} // namespace runsheet
