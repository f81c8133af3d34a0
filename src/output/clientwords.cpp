// SPDX-License-Identifier: Apache-2.0
#include "output/clientwords.h"

#include "output/logtiming.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kTail = 8192;

/// Only what a client adds to an error stands below it: a few lines, or a context with the text of
/// the statement, which may be long. A message that comes after is about something else, and so is
/// what psql prints when a statement has succeeded.
bool isTheLast(const QStringList &below)
{
    static const QRegularExpression kAddition(u"^(?:CONTEXT|DETAIL|HINT|LINE \\d+):?"_s);
    static const QRegularExpression kMessage(u"\\b(?:NOTICE|WARNING|ERROR|FATAL):  "_s);
    constexpr qsizetype kFew = 8; // "server closed the connection unexpectedly" and its reasons
    static const QRegularExpression kTag(
        u"^(?:(?:ALTER|CREATE|DROP|COMMENT|REINDEX|REFRESH|CLUSTER|LOCK|TRUNCATE|SET|RESET|BEGIN|"
        "START|COMMIT|PREPARE|ANALYZE|VACUUM|CALL|DO|GRANT|REVOKE)(?: [A-Z]+)*"
        "|(?:SELECT|INSERT|UPDATE|DELETE|MERGE|COPY)(?: \\d+)+)$"_s);
    const auto is = [](const QRegularExpression &pattern) {
        return [&pattern](const QString &line) { return pattern.match(line).hasMatch(); };
    };
    const bool isAddition = below.size() <= kFew || is(kAddition)(below.constFirst());
    return isAddition && std::ranges::none_of(below, is(kMessage))
        && std::ranges::none_of(below, is(kTag));
}

/// Whether the byte was written just before the command ended; also when nobody noted the times.
bool isOfTheEnd(const QString &logFile, qint64 offset, qint64 ranMs)
{
    constexpr std::chrono::seconds kTidyingUp{5};
    LogTiming timing;
    timing.open(QFileInfo(logFile).dir().filePath(u"timing"_s));
    const std::optional<std::chrono::microseconds> at = timing.timeAt(offset);
    return ranMs < 0 || !at || *at + kTidyingUp >= std::chrono::milliseconds(ranMs);
}

} // namespace

QString clientWordsIn(const QString &fileName, qint64 ranMs)
{
    QFile log(fileName);
    if (fileName.isEmpty() || !log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - kTail));
    const qint64 from = log.pos();
    const QByteArray tail = log.readAll();
    static const QRegularExpression kEnded(
        u"canceling statement due to|terminating connection (?:due to|because of)"_s);
    const QStringList lines = QString::fromUtf8(tail).split(u'\n', Qt::SkipEmptyParts);
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        const qsizetype at = lines.at(i).indexOf(kEnded);
        if (at < 0)
            continue;
        const QString words = lines.at(i).sliced(at).trimmed();
        const qsizetype offset = tail.lastIndexOf(words.toUtf8());
        return isTheLast(lines.mid(i + 1)) && isOfTheEnd(fileName, from + offset, ranMs)
            ? words
            : QString();
    }
    return {};
}

} // namespace runsheet
