// SPDX-License-Identifier: Apache-2.0
#include "report/reportsecrets.h"

#include "redaction/environmentsecrets.h"
#include "redaction/secretscan.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

Result<void> checkForSecrets(const QByteArray &report, const QMap<QString, QString> &secrets)
{
    std::vector<redaction::Secret> all = redaction::environmentSecrets(environ);
    for (auto it = secrets.begin(); it != secrets.end(); ++it)
        all.push_back({.name = it.key().toStdString(), .value = it.value().toStdString()});
    const std::optional<std::string> found =
        redaction::SecretScan(std::move(all)).find({report.data(), size_t(report.size())});
    if (!found)
        return {};
    return Error{
        .kind = Error::Kind::Refused,
        .message =
            u"The report was not written, because it would hold the value of the secret %1. "
            "Look for it in the runbook, in notes and in observed values. Where the secret "
            "is an ordinary word, start Runsheet without it."_s.arg(QString::fromStdString(*found)),
        .detail = {}};
}

} // namespace runsheet
