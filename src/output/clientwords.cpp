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

/// What clients and tools add to an error on their way out: its context, a stack, what became of
/// the connection, that they failed. Anything else is about other work.
bool isAftermath(const QString &line)
{
    static const QRegularExpression kAftermath(
        u"^(?:\\s|[\\[\\](){}/\"]|\\^C|(?:CONTEXT|DETAIL|HINT|LINE \\d+|QUERY|STATEMENT|LOCATION):?"
        "|ROLLBACK$|(?:psql:[^ ]* )?(?:error: )?(?:server closed|connection to|SSL )"
        "|Traceback|File |Caused by|Tasks: |The above|Node\\.js|make|not ok|\\w+ failed$)"_s);
    return kAftermath.match(line).hasMatch();
}

/// A context may hold the text of the statement, of which nothing is known but that it is no
/// message and nothing that psql prints when a statement has succeeded.
bool isTheLast(const QStringList &below)
{
    static const QRegularExpression kContext(u"^(?:CONTEXT|DETAIL|HINT|LINE \\d+):?"_s);
    static const QRegularExpression kMessage(u"\\b(?:NOTICE|WARNING|ERROR|FATAL):  "_s);
    static const QRegularExpression kTag(
        u"^(?:(?:ALTER|CREATE|DROP|COMMENT|REINDEX|REFRESH|CLUSTER|LOCK|TRUNCATE|SET|RESET|BEGIN|"
        "START|COMMIT|PREPARE|ANALYZE|VACUUM|CALL|DO|GRANT|REVOKE)(?: [A-Z]+)*"
        "|(?:SELECT|INSERT|UPDATE|DELETE|MERGE|COPY)(?: \\d+)+)$"_s);
    const auto is = [](const QRegularExpression &pattern) {
        return [&pattern](const QString &line) { return pattern.match(line).hasMatch(); };
    };
    if (std::ranges::all_of(below, isAftermath))
        return std::ranges::none_of(below, is(kMessage));
    return is(kContext)(below.constFirst()) && std::ranges::none_of(below, is(kMessage))
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
    const QStringList lines =
        QString::fromUtf8(tail).remove(u'\r').split(u'\n', Qt::SkipEmptyParts);
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
