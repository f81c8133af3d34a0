// SPDX-License-Identifier: Apache-2.0
#include "output/linestamps.h"

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

using Time = std::chrono::microseconds;

struct KindWord
{
    StampKind kind;
    QLatin1StringView word;
    int columns;
};

constexpr std::array<KindWord, 4> kWords{{
    {StampKind::Off, QLatin1StringView("off"), 0},
    {StampKind::Absolute, QLatin1StringView("absolute"), 12},
    {StampKind::SinceStart, QLatin1StringView("since-start"), 13},
    {StampKind::SincePrevious, QLatin1StringView("since-previous"), 10},
}};

QString twoDigits(qint64 number)
{
    return QString::number(number).rightJustified(2, u'0');
}

QString sinceStart(Time time)
{
    const qint64 millis = time / 1ms;
    return u"+%1:%2:%3.%4"_s.arg(twoDigits(millis / 3'600'000), twoDigits(millis / 60'000 % 60),
                                 twoDigits(millis / 1000 % 60),
                                 QString::number(millis % 1000).rightJustified(3, u'0'));
}

QString sincePrevious(Time time)
{
    return u"+"_s + QString::number(static_cast<double>(time / 1ms) / 1000, 'f', 3);
}

} // namespace

QString stampWord(StampKind kind)
{
    return kWords[static_cast<size_t>(kind)].word;
}

StampKind stampKindOf(const QString &word)
{
    for (const KindWord &known : kWords)
        if (known.word == word)
            return known.kind;
    return StampKind::Off;
}

void LineStamps::open(const QString &timingFile, const QDateTime &started)
{
    m_timing.open(timingFile);
    m_started = started.toUTC();
}

void LineStamps::close()
{
    m_timing.close();
    m_started = {};
}

int LineStamps::columns()
{
    if (m_kind == StampKind::Off || !m_timing.isAvailable()
        || (m_kind == StampKind::Absolute && !m_started.isValid()))
        return 0;
    return kWords[static_cast<size_t>(m_kind)].columns;
}

QString LineStamps::textFor(const LogFile &log, qint64 line)
{
    const auto time = m_timing.timeAt(log.index().lineStart(line));
    if (!time)
        return {};
    switch (m_kind) {
    case StampKind::Off:
        return {};
    case StampKind::Absolute:
        return m_started.addMSecs(*time / 1ms).toString(u"HH:mm:ss.zzz"_s);
    case StampKind::SinceStart:
        return sinceStart(*time);
    case StampKind::SincePrevious:
        break;
    }
    const qint64 before = line > 0 ? log.index().lineStart(line - 1) : 0;
    const Time previous = line > 0 ? m_timing.timeAt(before).value_or(*time) : Time{};
    return sincePrevious(*time - previous);
}

} // namespace runsheet
