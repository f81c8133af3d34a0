// SPDX-License-Identifier: Apache-2.0
#include "metrics/scale.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kMicrosPerMs = 1000;
constexpr qint64 kMicrosPerSecond = 1'000'000;
constexpr qint64 kShownAsSecond = 999'500; // what three digits round to a whole second
constexpr qint64 kSecondsFrom = 10 * kMicrosPerSecond; // an axis up to here is in milliseconds
constexpr qint64 kSecond = 1000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

constexpr std::array<qint64, 21> kTimeSteps{
    kSecond,     2 * kSecond, 5 * kSecond,  10 * kSecond, 15 * kSecond, 30 * kSecond, kMinute,
    2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute, kHour,        2 * kHour,
    3 * kHour,   6 * kHour,   12 * kHour,   kDay,         2 * kDay,     7 * kDay,     28 * kDay,
};

/// Smallest of 1, 2, 2.5, 5 times a power of ten that is at least the given step. In whole
/// microseconds, so 2.5 starts at 25.
qint64 roundStep(double atLeast)
{
    for (double power = 1;; power *= 10) {
        for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
            const double step = factor * power;
            if (step >= atLeast && std::floor(step) == step)
                return static_cast<qint64>(step);
        }
    }
}

QString number(double value)
{
    return QString::number(value, 'g', 6);
}

QString threeDigits(double value)
{
    const int decimals = value >= 100 || value == 0 ? 0 : value >= 10 ? 1 : 2;
    QString text = QString::number(value, 'f', decimals);
    while (text.contains(u'.') && (text.endsWith(u'0') || text.endsWith(u'.')))
        text.chop(1);
    return text;
}

} // namespace

QList<Tick> durationTicks(qint64 maximumMicros, int maxTicks)
{
    const qint64 maximum = std::max<qint64>(maximumMicros, 1);
    const int intervals = std::max(maxTicks - 1, 1);
    const qint64 step = roundStep(static_cast<double>(maximum) / intervals);
    const bool inSeconds = maximum >= kSecondsFrom;
    const auto unit = static_cast<double>(inSeconds ? kMicrosPerSecond : kMicrosPerMs);
    QList<Tick> ticks;
    for (qint64 value = 0; value < maximum + step; value += step)
        ticks.append({.value = value, .label = number(static_cast<double>(value) / unit)});
    ticks.last().label += inSeconds ? u" s"_s : u" ms"_s;
    return ticks;
}

QList<Tick> timeTicks(TimeRange range, int maxTicks, const QTimeZone &zone)
{
    QList<Tick> ticks;
    if (range.length() < 1 || maxTicks < 1)
        return ticks;
    const auto fits = [&](qint64 step) { return range.length() / step < maxTicks; };
    const auto found = std::ranges::find_if(kTimeSteps, fits);
    const qint64 step = found == kTimeSteps.end()
        ? kTimeSteps.back() * (range.length() / kTimeSteps.back() / maxTicks + 1)
        : *found;
    const QString format = step < kMinute ? u"HH:mm:ss"_s : step < kDay ? u"HH:mm"_s : u"d MMM"_s;
    // Round in local time: an hour's tick stands on the clock's hour, a day's on midnight.
    const QDateTime start = QDateTime::fromMSecsSinceEpoch(range.fromMs, zone);
    const qint64 offset = start.offsetFromUtc() * kSecond;
    for (qint64 time = ((range.fromMs + offset + step - 1) / step) * step - offset;
         time <= range.toMs; time += step) {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(time, zone);
        ticks.append({.value = time, .label = QLocale::c().toString(at, format)});
    }
    return ticks;
}

QString formatMicros(qint64 micros)
{
    if (micros < kShownAsSecond)
        return threeDigits(static_cast<double>(micros) / kMicrosPerMs) + u" ms"_s;
    return threeDigits(static_cast<double>(micros) / kMicrosPerSecond) + u" s"_s;
}

} // namespace runsheet
