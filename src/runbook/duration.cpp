// SPDX-License-Identifier: Apache-2.0
#include "runbook/duration.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr auto kAnyCase = QRegularExpression::CaseInsensitiveOption;
constexpr qint64 kDay = 86'400;
constexpr qint64 kLongestWait = 14 * kDay;

qint64 secondsPerUnit(QChar unit)
{
    switch (unit.toLower().unicode()) {
    case u'w':
        return 7 * kDay;
    case u'd':
        return kDay;
    case u'h':
        return 3'600;
    case u'm':
        return 60;
    default:
        return 1;
    }
}

/// "15", "an", "two", "half an".
double numberIn(const QString &word)
{
    const QString lower = word.toLower();
    if (lower.startsWith(u"half"))
        return 0.5;
    if (lower == u"a" || lower == u"an" || lower == u"one")
        return 1;
    if (lower == u"two")
        return 2;
    if (lower == u"three")
        return 3;
    return lower.toDouble();
}

/// A number with a unit behind it, or the name of a unit that may stand behind "an" or "half an".
bool mayNameTime(const QString &text)
{
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (!text.at(i).isDigit())
            continue;
        const QChar next = text.at(i + 1);
        const QChar unit = (next == u' ' || next == u'-' || next == u'+') && i + 2 < text.size()
            ? text.at(i + 2)
            : next;
        if (unit == u'm' || unit == u'h' || unit == u's' || unit == u'd')
            return true;
    }
    return text.contains(u"hour") || text.contains(u"minute") || text.contains(u" day");
}

} // namespace

std::optional<qint64> durationIn(const QString &text)
{
    static const QRegularExpression kDuration(u"^([+-]?\\d{1,6})\\s*([wdhms])[a-z]*$"_s, kAnyCase);
    const QRegularExpressionMatch match = kDuration.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toLongLong() * secondsPerUnit(match.captured(2).front());
}

std::optional<qint64> waitAskedFor(const QString &text)
{
    if (!mayNameTime(text))
        return std::nullopt;
    static const QRegularExpression kWait(
        // a verb of watching, and the time in the same sentence
        u"\\b(?:monitor|watch|wait|observe|soak|bake|keep an eye|hold|let (?:it|them) "
        u"(?:run|settle|bake)|look)(?:s|ing)?\\b"
        "(?:(?:[^.;\\n]|\\.(?=\\d))*?\\b(?:(?:for|over|during|in)\\s+(?:the )?(?:next |first "
        ")?|(?:next|first) )"
        "|\\s+)(?:at least |about |another |up to )?"
        "(half an?|an?|one|two|three|\\d{1,4}(?:\\.\\d)?)(?:\\s*(?:-|–|to)\\s*(\\d{1,4}))?[ -]?\\+?"
        "(minutes?|mins?|hours?|hrs?|h|m|seconds?|secs?|s|days?)\\b"_s,
        kAnyCase);
    // "Error rate stable for 30 minutes", but not how long something is kept, is out or is tried.
    static const QRegularExpression kStable(
        u"\\b(?:stable|steady|normal|quiet|healthy|unchanged|flat|clean|green|no errors|within "
        u"limits|below \\S+|under \\S+)"
        "\\s+for\\s+(?:at least |about )?(half an?|an?|one|two|three|\\d{1,4}(?:\\.\\d)?)()[ -]?"
        "(minutes?|mins?|hours?|hrs?|h|m|days?)\\b"_s,
        kAnyCase);
    for (const QRegularExpression &pattern : {kWait, kStable}) {
        const QRegularExpressionMatch match = pattern.match(text);
        if (!match.hasMatch())
            continue;
        const QString upTo = match.captured(2); // "15-30 minutes": the longer is the safe one
        const double number = numberIn(upTo.isEmpty() ? match.captured(1) : upTo);
        const auto seconds = static_cast<qint64>(
            number * static_cast<double>(secondsPerUnit(match.captured(3).front())));
        if (seconds > 0 && seconds <= kLongestWait)
            return seconds;
    }
    return std::nullopt;
}

} // namespace runsheet
