// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"
#include "runbook/limits.h"
#include "runbook/lint.h"

#include <QRegularExpression>
#include <QSet>

#include <optional>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Stands for a password, and is none: $PGPASSWORD, <password>, ****, "changeme".
bool standsForOne(const QString &value)
{
    static const QRegularExpression kFilledInLater(u"^[$<{*\\[(%`…]|^[xX*._-]+$|^\\.\\.\\."_s);
    static const QSet<QString> kWords{
        u"password"_s, u"passwd"_s,   u"pass"_s,   u"secret"_s,   u"changeme"_s,  u"change-me"_s,
        u"token"_s,    u"redacted"_s, u"hidden"_s, u"required"_s, u"true"_s,      u"false"_s,
        u"none"_s,     u"null"_s,     u"prompt"_s, u"pwd"_s,      u"mypassword"_s};
    const QString lower = value.toLower();
    return kFilledInLater.match(value).hasMatch() || kWords.contains(lower)
        || lower.startsWith(u"your") || lower.startsWith(u"example");
}

std::optional<qsizetype> inUrl(const QString &line)
{
    static const QRegularExpression kUrl(u"://[^/\\s:@]*:([^/\\s@]+)@"_s);
    const QRegularExpressionMatch match = kUrl.match(line);
    return match.hasMatch() && !standsForOne(match.captured(1))
        ? std::optional(match.capturedStart(1))
        : std::nullopt;
}

/// "password=…" as libpq takes it, "--password …", and variables with a secret name.
std::optional<qsizetype> inAssignment(const QString &line)
{
    static const QRegularExpression kAssignment(
        u"(?:^|[\\s?&;,\"'`-])([A-Za-z][A-Za-z0-9_]*)=[\"']?([^\\s\"'&;,)`]+)"_s);
    static const QRegularExpression kOption(u"--password\\s+[\"']?([^\\s\"'-][^\\s\"']*)"_s);
    for (const QRegularExpressionMatch &match : kAssignment.globalMatch(line)) {
        const QString name = match.captured(1);
        const bool isSecret = name == name.toUpper() ? isSecretName(name) : name == u"password";
        if (isSecret && !standsForOne(match.captured(2)))
            return match.capturedStart(2);
    }
    const QRegularExpressionMatch option = kOption.match(line);
    return option.hasMatch() && !standsForOne(option.captured(1))
        ? std::optional(option.capturedStart(1))
        : std::nullopt;
}

bool mayHoldOne(const QString &line)
{
    return line.contains(u'=') || line.contains(u"://") || line.contains(u"--password");
}

} // namespace

QList<Diagnostic> lintSecrets(const QByteArray &source)
{
    QList<Diagnostic> found;
    int line = 0;
    for (const QByteArray &bytes : source.split('\n')) {
        ++line;
        const QString text = QString::fromUtf8(bytes.left(limits::kMaxLineBytes));
        if (!mayHoldOne(text))
            continue;
        std::optional<qsizetype> place = inUrl(text);
        if (!place)
            place = inAssignment(text);
        if (place && found.size() < limits::kMaxDiagnosticsPerCode)
            found.append(
                {Diagnostic::Severity::Error,
                 u"password-in-runbook"_s,
                 u"A password stands in the runbook, where everybody can read it and every "
                 u"run keeps it. Change the password, and take it from a variable, "
                 u".pgpass or a service file."_s,
                 {line, static_cast<int>(*place) + 1}});
    }
    return found;
}

} // namespace runsheet
