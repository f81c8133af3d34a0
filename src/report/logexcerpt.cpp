// SPDX-License-Identifier: Apache-2.0
#include "report/logexcerpt.h"

#include "base/sha256.h"
#include "report/wording.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kHeadLines = 8;
constexpr qsizetype kTailLines = 16;
constexpr qsizetype kMaxLine = 400;
constexpr qsizetype kKeptBytes = 64 * 1024; // at each end
constexpr qsizetype kBlock = 1024 * 1024;

QStringList plainLines(const QByteArray &bytes)
{
    QStringList lines;
    for (const QByteArray &line : bytes.split('\n'))
        lines += plainLogLine(line);
    if (!lines.isEmpty() && lines.constLast().isEmpty())
        lines.removeLast();
    return lines;
}

QString compare(const LogExcerpt &excerpt, const ReportCommand &command)
{
    if (command.outputSha256.isEmpty())
        return {}; // still running, or never started: nothing was recorded
    if (excerpt.sha256 == command.outputSha256)
        return {};
    return u"This is not the log that was recorded: its SHA-256 was %1, its size %2 bytes."_s
        .arg(command.outputSha256)
        .arg(command.outputBytes);
}

} // namespace

QString plainLogLine(const QByteArray &line)
{
    // CSI … final byte; OSC, DCS, APC, PM, SOS … BEL or ST; other two-character escapes.
    static const QRegularExpression kEscape(
        u"\\x1b\\[[0-?]*[ -/]*[@-~]|\\x1b[\\]PX^_][^\\x07\\x1b]*(\\x07|\\x1b\\\\)?|\\x1b[ -/]*[0-~]"_s);
    QString text = QString::fromUtf8(line.left(4 * kMaxLine + kKeptBytes));
    text.remove(kEscape);
    while (text.endsWith(u'\r'))
        text.chop(1);
    text = text.mid(text.lastIndexOf(u'\r') + 1);
    if (text.size() > kMaxLine)
        text = text.left(kMaxLine) + u" …"_s;
    return visible(text);
}

LogExcerpt readLogExcerpt(const QString &fileName, const ReportCommand &command)
{
    LogExcerpt excerpt{.execution = command.execution};
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        if (command.outputBytes > 0 || !command.outputSha256.isEmpty())
            excerpt.problem = u"The log could not be read: %1."_s.arg(file.errorString());
        return excerpt;
    }
    Sha256 hash;
    QByteArray head;
    QByteArray tail;
    while (!file.atEnd()) {
        const QByteArray block = file.read(kBlock);
        if (block.isEmpty())
            break;
        hash.add(block);
        excerpt.bytes += block.size();
        if (head.size() < kKeptBytes)
            head += block.left(kKeptBytes - head.size());
        tail = (tail + block).right(kKeptBytes);
    }
    excerpt.sha256 = hash.hex();
    excerpt.head = plainLines(head);
    excerpt.isWhole = excerpt.bytes <= kKeptBytes && excerpt.head.size() <= kHeadLines + kTailLines;
    if (!excerpt.isWhole) {
        excerpt.head = excerpt.head.mid(0, kHeadLines);
        excerpt.tail = plainLines(tail);
        excerpt.tail = excerpt.tail.mid(std::max<qsizetype>(0, excerpt.tail.size() - kTailLines));
    }
    excerpt.problem = compare(excerpt, command);
    return excerpt;
}

} // namespace runsheet
