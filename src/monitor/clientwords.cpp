// SPDX-License-Identifier: Apache-2.0
#include "monitor/clientwords.h"

#include "base/text.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kTail = 8192;

/// Only what psql adds to an error stands below it: a few lines, or a context with the text of the
/// statement, which may be long. A message that comes after is about something else.
bool isTheLast(const QStringList &below)
{
    static const QRegularExpression kAddition(u"^(?:CONTEXT|DETAIL|HINT|LINE \\d+):?"_s);
    static const QRegularExpression kMessage(u"\\b(?:NOTICE|WARNING|ERROR|FATAL):  "_s);
    constexpr qsizetype kFew = 8; // "server closed the connection unexpectedly" and its reasons
    const auto is = [](const QRegularExpression &pattern) {
        return [&pattern](const QString &line) { return pattern.match(line).hasMatch(); };
    };
    const bool isAddition = below.size() <= kFew || is(kAddition)(below.constFirst());
    return isAddition && std::ranges::none_of(below, is(kMessage));
}

} // namespace

QString clientWordsIn(const QString &fileName)
{
    QFile log(fileName);
    if (fileName.isEmpty() || !log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - kTail));
    static const QRegularExpression kEnded(
        u"canceling statement due to|terminating connection due to"_s);
    const QStringList lines = QString::fromUtf8(log.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        const qsizetype at = lines.at(i).indexOf(kEnded);
        if (at >= 0)
            return isTheLast(lines.mid(i + 1)) ? lines.at(i).sliced(at).trimmed() : QString();
    }
    return {};
}

QString maskedQuery(const QString &query)
{
    static const QRegularExpression kPassword(u"(password\\s*=?\\s*)'[^']*'?"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    return firstLine(query).replace(kPassword, u"\\1'••••••••'"_s);
}

} // namespace runsheet
