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

Result<Runbook> acceptableRunbook(const QByteArray &source, const QString &fileName)
{
    Runbook runbook = parseRunbook(source, fileName);
    if (const Result<void> usable = withoutErrors(runbook); !usable)
        return usable.error();
    return runbook;
}

} // namespace runsheet
