// SPDX-License-Identifier: Apache-2.0
#include "run/runbooksource.h"

#include "runbook/parser.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

QString decodedSource(const QByteArray &source)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(source);
}

Result<void> withoutErrors(const Runbook &runbook)
{
    const auto worst =
        std::ranges::find(runbook.diagnostics, Diagnostic::Severity::Error, &Diagnostic::severity);
    if (worst == runbook.diagnostics.end())
        return {};
    const QString place = worst->location.line > 0 ? u", line %1"_s.arg(worst->location.line)
                                                   : QString(); // of the whole file
    return Error{.kind = Error::Kind::Invalid,
                 .message = runbook.fileName + place + u": "_s + worst->message,
                 .detail = {}};
}

Result<Runbook> acceptableRunbook(const QByteArray &source, const QString &fileName,
                                  const QByteArray &phaseRules)
{
    const Result<PhaseRules> rules = PhaseRules::withYaml(phaseRules);
    if (!rules)
        return rules.error();
    Runbook runbook = parseRunbook(source, fileName, *rules);
    if (const Result<void> usable = withoutErrors(runbook); !usable)
        return usable.error();
    return runbook;
}

Runbook readForRun(const RunCreated &created, const QByteArray &source)
{
    // They were whole when the run began; a journal that says otherwise is still to be read.
    const Result<PhaseRules> rules = PhaseRules::withYaml(created.phaseRules.toUtf8());
    return parseRunbook(source, created.runbookFile, rules ? *rules : PhaseRules::bundled());
}

} // namespace runsheet
