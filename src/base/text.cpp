// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kMaxFileName = 80;
// From here on a rounded number would read "10.0" or "1000".
constexpr double kRoundsToTen = 9.95;
constexpr double kRoundsToThousand = 999.5;

QString twoDigits(qint64 value)
{
    return u"%1"_s.arg(value, 2, 10, QLatin1Char('0'));
}

bool isAsciiWord(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

} // namespace

QString formatDuration(std::chrono::milliseconds duration)
{
    const qint64 ms = duration.count();
    if (ms < 1000)
        return u"%1 ms"_s.arg(ms);
    if (ms < 10'000)
        return u"%1.%2 s"_s.arg(ms / 1000).arg(ms % 1000 / 100);
    const qint64 seconds = (ms + 500) / 1000;
    if (seconds < 60)
        return u"%1 s"_s.arg(seconds);
    if (seconds < 3600)
        return u"%1 min %2 s"_s.arg(seconds / 60).arg(twoDigits(seconds % 60));
    if (seconds < 86'400)
        return u"%1 h %2 min"_s.arg(seconds / 3600).arg(twoDigits(seconds % 3600 / 60));
    return u"%1 d %2 h"_s.arg(seconds / 86'400).arg(twoDigits(seconds % 86'400 / 3600));
}

QString formatSpan(std::chrono::seconds span)
{
    constexpr std::array<std::pair<qint64, QStringView>, 4> kUnits{
        {{86'400, u"d"}, {3600, u"h"}, {60, u"min"}, {1, u"s"}}};
    qint64 rest = std::max<qint64>(0, span.count());
    QStringList parts;
    for (const auto &[seconds, unit] : kUnits) {
        if (rest >= seconds && parts.size() < 2)
            parts += u"%1 %2"_s.arg(rest / seconds).arg(unit);
        rest %= seconds;
    }
    return parts.isEmpty() ? u"0 s"_s : parts.join(u' ');
}

QString formatClock(std::chrono::seconds duration)
{
    const qint64 total = duration.count();
    const qint64 seconds = total < 0 ? -total : total;
    return (total < 0 ? u"-"_s : QString()) + twoDigits(seconds / 3600) + u':'
        + twoDigits(seconds % 3600 / 60) + u':' + twoDigits(seconds % 60);
}

QString formatBytes(qint64 bytes)
{
    if (bytes < 1000)
        return u"%1 B"_s.arg(bytes);
    static constexpr std::array<const char16_t *, 5> kUnits{u"kB", u"MB", u"GB", u"TB", u"PB"};
    double value = static_cast<double>(bytes) / 1000;
    size_t unit = 0;
    while (value >= kRoundsToThousand && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    return QString::number(value, 'f', value < kRoundsToTen ? 1 : 0) + u' '
        + QString::fromUtf16(kUnits.at(unit));
}

QString formatCount(qint64 count)
{
    QString digits = QString::number(count);
    const qsizetype first = count < 0 ? 1 : 0;
    for (qsizetype at = digits.size() - 3; at > first; at -= 3)
        digits.insert(at, u',');
    return digits;
}

QString countOf(qint64 count, const QString &singular)
{
    return formatCount(count) + u' ' + singular + (count == 1 ? QString() : u"s"_s);
}

QString firstLine(const QString &text)
{
    for (const QString &line : text.split(u'\n')) {
        if (QString trimmed = line.trimmed(); !trimmed.isEmpty())
            return trimmed;
    }
    return {};
}

QString slug(const QString &text, int maxLength)
{
    QString out;
    out.reserve(std::min<qsizetype>(text.size(), maxLength));
    for (const QChar character : text) {
        const QChar c = character.toLower();
        if (isAsciiWord(c))
            out += c;
        else if (!out.isEmpty() && !out.endsWith(u'-'))
            out += u'-';
        if (out.size() >= maxLength)
            break;
    }
    while (out.endsWith(u'-'))
        out.chop(1);
    return out.isEmpty() ? u"section"_s : out;
}

QString safeFileName(const QString &text)
{
    QString out;
    for (const QChar c : text)
        out += isAsciiWord(c) || c == u'.' || c == u'_' || c == u'-' ? c : QChar(u'-');
    out.truncate(kMaxFileName);
    while (out.startsWith(u'.'))
        out.remove(0, 1);
    return out.isEmpty() ? u"file"_s : out;
}

QString dotted(const QStringList &parts)
{
    QStringList present = parts;
    present.removeAll(QString());
    return present.join(u" · "_s);
}

} // namespace runsheet
