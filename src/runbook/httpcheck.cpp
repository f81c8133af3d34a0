// SPDX-License-Identifier: Apache-2.0
#include "runbook/httpcheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// "returns 200", "200 OK", "→ 204", "status code: 503", "expect 200". At most as far as the next
/// request.
int statusIn(const QString &text)
{
    static const QRegularExpression kStatus(
        u"(?:\\b(?:returns?|answers?|responds?|gives?|expect(?:s|ed)?|is|be|HTTP|HTTP/"
        u"\\d(?:\\.\\d)?|status(?: code)?)"
        "(?: with| an?| status| code| HTTP)*+[ :=]+|(?:→|->|=>|—|–|:)\\s*)([1-5]\\d\\d)\\b"
        "|\\b([1-5]\\d\\d) (?:OK|No Content|Found|Not Found|Service Unavailable)\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = kStatus.match(text);
    return match.hasMatch() ? match.captured(match.lastCapturedIndex()).toInt() : 0;
}

QString targetFrom(QString written)
{
    static const QString kSentenceEnds = u".,;:)]\"'”"_s;
    while (written.size() > 1 && kSentenceEnds.contains(written.back()))
        written.chop(1);
    return written;
}

/// "GET /" or "HEAD /", or much that looks like it. One pass that does little at each letter.
bool mayHoldRequest(QStringView text)
{
    if (!text.contains(u'/'))
        return false;
    const char16_t *end = text.utf16() + text.size() - 1;
    for (const char16_t *at = text.utf16(); at < end; ++at) {
        if (*at == u'E' && (at[1] == u'T' || at[1] == u'A'))
            return true;
    }
    return false;
}

bool isHttpBlock(const TextBlock &block)
{
    return block.info.section(u' ', 0, 0).compare(u"http", Qt::CaseInsensitive) == 0;
}

} // namespace

QList<HttpCheck> httpChecksIn(const TextBlock &block)
{
    if ((block.kind == TextBlock::Kind::Code && !isHttpBlock(block)) || !mayHoldRequest(block.text))
        return {};
    static const QRegularExpression kRequest(
        u"(?<![\\w-])(GET|HEAD)\\s+((?:https?://[^\\s`]|/)[^\\s`]*)(?!\\w)"_s);
    QList<HttpCheck> checks;
    qsizetype answersFrom = 0;
    const auto readStatus = [&](qsizetype end) {
        if (!checks.isEmpty())
            checks.last().expectedStatus = statusIn(block.text.mid(answersFrom, end - answersFrom));
    };
    for (const QRegularExpressionMatch &match : kRequest.globalMatch(block.text)) {
        readStatus(match.capturedStart());
        HttpCheck check;
        check.method = match.captured(1);
        check.target = targetFrom(match.captured(2));
        check.location = block.location;
        checks.append(check);
        answersFrom = match.capturedStart(2) + checks.last().target.size();
    }
    readStatus(block.text.size());
    return checks;
}

} // namespace runsheet
