// SPDX-License-Identifier: Apache-2.0
#include "support/benchreport.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace runsheet::bench
{

void report(const Measurement &m)
{
    const double ratio = m.referenceValue > 0 ? m.value / m.referenceValue : 0;
    QString line = u"%1  %2 %3"_s.arg(m.name, -46).arg(m.value, 10, 'f', 2).arg(m.unit, -8);
    if (!m.reference.isEmpty())
        line += u"  %1 %2 (%3×)"_s.arg(m.reference)
                    .arg(m.referenceValue, 0, 'f', 2)
                    .arg(ratio, 0, 'f', 2);
    if (!m.aim.isEmpty())
        line += u"  aim %1: %2"_s.arg(m.aim, m.met ? u"met"_s : u"MISSED"_s);
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);

    QFile file(qEnvironmentVariable("RUNSHEET_BENCH_JSON"));
    if (file.fileName().isEmpty() || !file.open(QIODevice::Append))
        return;
    const QJsonObject object{
        {u"name"_s, m.name},
        {u"value"_s, m.value},
        {u"unit"_s, m.unit},
        {u"reference"_s, m.reference},
        {u"reference_value"_s, m.referenceValue},
        {u"ratio"_s, ratio},
        {u"aim"_s, m.aim},
        {u"met"_s, m.met},
    };
    file.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

double milliseconds(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

double peakMemoryMb()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

} // namespace runsheet::bench
