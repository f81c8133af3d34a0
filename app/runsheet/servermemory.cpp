// SPDX-License-Identifier: Apache-2.0
#include "servermemory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr QByteArrayView kSession = "session";
constexpr QByteArrayView kTransaction = "transaction ";
constexpr QByteArrayView kDatabase = "database="; // percent-encoded
constexpr QByteArrayView kIndexReady = "index ready";
constexpr QByteArrayView kIndexNotReady = "index not ready";

QString fileBeside(const QString &logFile)
{
    return QFileInfo(logFile).dir().filePath(u"server.seen"_s);
}

void take(ServerHistory &history, QByteArrayView line)
{
    if (line == kIndexReady || line == kIndexNotReady) {
        history.indexWasReady = history.indexWasReady.value_or(line == kIndexReady);
        return;
    }
    if (line.startsWith(kDatabase))
        history.databases += QString::fromUtf8(
            QByteArray::fromPercentEncoding(line.sliced(kDatabase.size()).toByteArray()));
    history.wasSeen = history.wasSeen || line == kSession || line.startsWith(kTransaction);
    if (line.startsWith(kTransaction))
        history.transactions += line.sliced(kTransaction.size()).toLongLong();
}

/// A lost line is one piece of evidence less, and no reason to stop anything.
void note(const QString &logFile, const QByteArray &line)
{
    QFile file(fileBeside(logFile));
    if (!logFile.isEmpty() && file.open(QIODevice::WriteOnly | QIODevice::Append))
        file.write(line + '\n');
}

} // namespace

const ServerHistory &ServerMemory::of(const ExecutionId &execution, const QString &logFile)
{
    return known(execution, logFile);
}

ServerHistory &ServerMemory::known(const ExecutionId &execution, const QString &logFile)
{
    const auto there = m_known.find(execution);
    if (there != m_known.end())
        return *there;
    ServerHistory &history = m_known[execution];
    QFile file(fileBeside(logFile));
    if (!logFile.isEmpty() && file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd())
            take(history, file.readLine().trimmed());
    }
    return history;
}

void ServerMemory::saw(const ExecutionId &execution, const QString &logFile, qint64 transaction)
{
    ServerHistory &history = known(execution, logFile);
    if (!history.wasSeen)
        note(logFile, kSession.toByteArray());
    history.wasSeen = true;
    if (transaction <= 0 || history.transactions.contains(transaction))
        return;
    history.transactions += transaction;
    note(logFile, kTransaction.toByteArray() + QByteArray::number(transaction));
}

void ServerMemory::sawIn(const ExecutionId &execution, const QString &logFile,
                         const QString &database)
{
    ServerHistory &history = known(execution, logFile);
    if (history.databases.contains(database))
        return;
    history.databases += database;
    note(logFile, kDatabase.toByteArray() + database.toUtf8().toPercentEncoding());
}

void ServerMemory::sawIndex(const ExecutionId &execution, const QString &logFile, bool isReady)
{
    ServerHistory &history = known(execution, logFile);
    if (history.indexWasReady)
        return;
    history.indexWasReady = isReady;
    note(logFile, (isReady ? kIndexReady : kIndexNotReady).toByteArray());
}

} // namespace runsheet
