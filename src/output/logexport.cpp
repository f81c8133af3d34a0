// SPDX-License-Identifier: Apache-2.0
#include "output/logexport.h"

#include "output/linedecoder.h"
#include "output/logtiming.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr qint64 kBlock = 1024 * 1024;
constexpr qsizetype kLongestPiece = 256 * 1024; // of a longer line each piece is decoded alone
constexpr qint64 kLongestEvent = 64 * 1024; // of an asciicast

Error readError(const QFile &file)
{
    const QString text = QCoreApplication::translate(
        "runsheet::LogFile",
        "The log cannot be read: %1. Check that the file is there and that you may read it.");
    return Error{Error::Kind::Unreadable, text.arg(file.fileName()), file.errorString()};
}

Error writeError(const QString &target, const QString &why)
{
    const QString text = QCoreApplication::translate(
        "runsheet::LogFile",
        "The log was not saved to %1. Check that the folder is there, that you may write to it and "
        "that the disk is not full; or choose another place.");
    return Error{Error::Kind::Unwritable, text.arg(target), why};
}

/// Opens both, lets `copy` do the work, and puts the result in its place.
template <typename Copy>
Result<void> save(const QString &log, const QString &target, Copy copy)
{
    QFile from(log);
    if (!from.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return readError(from);
    QSaveFile to(target);
    if (!to.open(QIODevice::WriteOnly))
        return writeError(target, to.errorString());
    copy(from, to);
    if (from.error() != QFileDevice::NoError) {
        to.cancelWriting();
        return readError(from);
    }
    if (!to.commit())
        return writeError(target, to.errorString());
    return {};
}

QByteArray asText(QByteArrayView line)
{
    while (line.endsWith('\r'))
        line.chop(1);
    return decodeText(line).toUtf8();
}

/// Takes bytes in pieces of any size and gives text in whole lines.
class TextWriter
{
public:
    explicit TextWriter(QIODevice &to)
        : m_to(to)
    {
    }

    void take(QByteArrayView bytes)
    {
        m_rest.append(bytes);
        qsizetype at = 0;
        for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n', at)) {
            m_to.write(asText(QByteArrayView(m_rest).sliced(at, end - at)) + '\n');
            at = end + 1;
        }
        while (m_rest.size() - at > kLongestPiece) {
            const QByteArrayView rest = QByteArrayView(m_rest).sliced(at);
            const qsizetype length = wholeUtf8Length(rest, kLongestPiece);
            m_to.write(asText(rest.first(length)));
            at += length;
        }
        m_rest.remove(0, at);
    }

    void finish() { m_to.write(asText(m_rest)); }

private:
    QIODevice &m_to;
    QByteArray m_rest;
};

/// A terminal needs a return as well as a newline; logs of pipes have the newline alone.
QByteArray withReturns(QByteArrayView bytes, char before)
{
    QByteArray result;
    result.reserve(bytes.size() + bytes.size() / 32);
    for (const char c : bytes) {
        if (c == '\n' && before != '\r')
            result.append('\r');
        result.append(c);
        before = c;
    }
    return result;
}

QByteArray castHeader(const CastInfo &info)
{
    QJsonObject header{{u"version"_s, 2},
                       {u"width"_s, info.columns},
                       {u"height"_s, info.rows},
                       {u"env"_s, QJsonObject{{u"TERM"_s, u"xterm-256color"_s}}}};
    if (info.started.isValid())
        header.insert(u"timestamp"_s, info.started.toSecsSinceEpoch());
    if (!info.title.isEmpty())
        header.insert(u"title"_s, info.title);
    return QJsonDocument(header).toJson(QJsonDocument::Compact) + '\n';
}

/// Writes events; a character that is cut in two waits for its other half.
class CastWriter
{
public:
    explicit CastWriter(QIODevice &to)
        : m_to(to)
    {
    }

    void take(QByteArrayView bytes, std::chrono::microseconds time)
    {
        m_rest.append(withReturns(bytes, m_last));
        m_last = bytes.isEmpty() ? m_last : bytes.back();
        const qsizetype whole = m_rest.size() - halfCharacter();
        write(m_rest.first(whole), time);
        m_rest.remove(0, whole);
    }

    void finish(std::chrono::microseconds time) { write(m_rest, time); }

private:
    /// Bytes at the end that begin a character and do not finish it.
    [[nodiscard]] qsizetype halfCharacter() const
    {
        const qsizetype most = std::min<qsizetype>(3, m_rest.size());
        for (qsizetype back = 1; back <= most; ++back) {
            const auto byte = static_cast<quint8>(m_rest[m_rest.size() - back]);
            if ((byte & 0xc0) == 0x80) // goes on with one before it
                continue;
            const qsizetype length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
            return length > back ? back : 0;
        }
        return 0;
    }

    void write(const QByteArray &bytes, std::chrono::microseconds time)
    {
        if (bytes.isEmpty())
            return;
        const double seconds = static_cast<double>(time.count()) / 1e6;
        const QJsonArray event{seconds, u"o"_s, QString::fromUtf8(bytes)};
        m_to.write(QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n');
    }

    QIODevice &m_to;
    QByteArray m_rest;
    char m_last = 0;
};

} // namespace

Result<void> saveLogAsText(const QString &log, const QString &target)
{
    return save(log, target, [](QFile &from, QIODevice &to) {
        TextWriter writer(to);
        for (QByteArray bytes = from.read(kBlock); !bytes.isEmpty(); bytes = from.read(kBlock))
            writer.take(bytes);
        writer.finish();
    });
}

Result<void> saveLogAsCast(const QString &log, const QString &timing, const QString &target,
                           const CastInfo &info)
{
    return save(log, target, [&](QFile &from, QIODevice &to) {
        LogTiming times;
        times.open(timing);
        to.write(castHeader(info));
        CastWriter writer(to);
        std::chrono::microseconds time{};
        qint64 offset = 0;
        for (;;) {
            const qint64 next = times.nextAfter(offset).value_or(offset + kLongestEvent);
            const QByteArray bytes = from.read(std::min(next - offset, kLongestEvent));
            if (bytes.isEmpty())
                break;
            time = std::max(time, times.timeAt(offset).value_or(time)); // it never goes back
            writer.take(bytes, time);
            offset += bytes.size();
        }
        writer.finish(time);
    });
}

} // namespace runsheet
