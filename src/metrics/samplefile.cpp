// SPDX-License-Identifier: Apache-2.0
#include "metrics/samplefile.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kTailBytes = 4096; // longer than any line of ours
constexpr qint64 kMaxBytesPerSample = 128; // what is read back for a sample, at most on average

QByteArray escaped(const QString &name)
{
    QByteArray bytes = name.toUtf8();
    return bytes.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n");
}

QString unescaped(const QByteArray &bytes)
{
    QByteArray result;
    result.reserve(bytes.size());
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char next = i + 1 < bytes.size() ? bytes[i + 1] : '\0';
        if (bytes[i] != '\\' || next == '\0') {
            result += bytes[i];
            continue;
        }
        result += next == 't' ? '\t' : next == 'n' ? '\n' : next;
        ++i;
    }
    return QString::fromUtf8(result);
}

std::optional<ProbeSample> parseLine(const QByteArray &line)
{
    const QList<QByteArray> fields = line.split('\t');
    if (fields.size() != 3)
        return std::nullopt;
    bool timeOk = false;
    bool microsOk = false;
    ProbeSample sample{
        .timeMs = fields[0].toLongLong(&timeOk),
        .probe = unescaped(fields[1]),
        .micros = fields[2].toLongLong(&microsOk),
    };
    if (!timeOk || !microsOk || sample.timeMs < 0 || sample.micros < -1)
        return std::nullopt;
    return sample;
}

Error failure(Error::Kind kind, const QString &message, const QFile &file)
{
    return {.kind = kind, .message = message.arg(file.fileName()), .detail = file.errorString()};
}

/// Cuts the file after its last whole line.
bool removeTornLine(QFile &file)
{
    const qint64 size = file.size();
    const qint64 start = std::max<qint64>(0, size - kTailBytes);
    if (!file.seek(start))
        return false;
    const QByteArray tail = file.read(kTailBytes);
    const qsizetype end = tail.lastIndexOf('\n') + 1;
    if (end < tail.size() && !file.resize(start + end))
        return false;
    return file.seek(file.size());
}

} // namespace

Result<void> SampleWriter::open(const QString &fileName)
{
    close();
    m_file.setFileName(fileName);
    if (!m_file.open(QIODevice::ReadWrite) || !removeTornLine(m_file)) {
        const Error error = failure(Error::Kind::Unwritable,
                                    u"The query durations cannot be kept in %1; the chart will be "
                                    "empty when this run is opened again."_s,
                                    m_file);
        m_file.close();
        return error;
    }
    return {};
}

void SampleWriter::close()
{
    m_file.close();
}

Result<void> SampleWriter::append(const QList<ProbeSample> &samples)
{
    QByteArray lines;
    for (const ProbeSample &sample : samples) {
        lines += QByteArray::number(sample.timeMs) + '\t' + escaped(sample.probe) + '\t'
            + QByteArray::number(sample.micros) + '\n';
    }
    if (m_file.write(lines) == lines.size() && m_file.flush())
        return {};
    return failure(Error::Kind::Unwritable, u"The query durations can no longer be kept in %1."_s,
                   m_file);
}

Result<QList<ProbeSample>> readSamples(const QString &fileName, qsizetype maxSamples)
{
    QFile file(fileName);
    if (!file.exists())
        return QList<ProbeSample>{};
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Unreadable, u"The query durations in %1 cannot be read."_s,
                       file);

    const qint64 limit = maxSamples * kMaxBytesPerSample;
    if (file.size() > limit) {
        file.seek(file.size() - limit);
        file.readLine(); // the rest of a line whose start was left out
    }
    QList<ProbeSample> samples;
    while (!file.atEnd()) {
        QByteArray line = file.readLine(kTailBytes);
        if (!line.endsWith('\n'))
            continue;
        line.chop(1);
        if (const auto sample = parseLine(line))
            samples.append(*sample);
    }
    if (samples.size() > maxSamples)
        samples.remove(0, samples.size() - maxSamples);
    return samples;
}

} // namespace runsheet
