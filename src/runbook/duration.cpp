// SPDX-License-Identifier: Apache-2.0
#include "runbook/duration.h"

#include <QRegularExpression>

#include <algorithm>

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

/// " hour", " minute" or " day" begins at the space.
bool namesUnit(QStringView text)
{
    return text.startsWith(u" hour") || text.startsWith(u" minute") || text.startsWith(u" day");
}

/// A unit's first letter stands behind the digit: "5m", "5 minutes", "5-minute".
bool hasUnit(QStringView text)
{
    const bool joins = text.size() > 1 && QStringView(u" -+").contains(text.at(1));
    const qsizetype at = joins ? 2 : 1;
    return at < text.size() && QStringView(u"mhsd").contains(text.at(at));
}

bool namesTimeAt(QStringView text)
{
    const char16_t c = text.front().unicode();
    return c == u' ' ? namesUnit(text) : c >= u'0' && c <= u'9' && hasUnit(text);
}

/// All bits or none.
char16_t isSame(char16_t a, char16_t b)
{
    return static_cast<char16_t>(-static_cast<int>(a == b));
}

/// A digit, or " hou", " min", " day". In letters' own width and without branches, so that the
/// compiler looks at many at once.
char16_t mayBeginTime(const char16_t *at)
{
    const int isDigit = static_cast<int>(static_cast<char16_t>(at[0] - u'0') <= 9);
    const int beginsUnit = (isSame(at[1], u'h') & isSame(at[2], u'o') & isSame(at[3], u'u'))
        | (isSame(at[1], u'm') & isSame(at[2], u'i') & isSame(at[3], u'n'))
        | (isSame(at[1], u'd') & isSame(at[2], u'a') & isSame(at[3], u'y'));
    return static_cast<char16_t>(-isDigit | (isSame(at[0], u' ') & beginsUnit));
}

/// All text of every runbook goes through it.
bool mayNameTime(QStringView text)
{
    constexpr qsizetype kAtOnce = 32;
    constexpr qsizetype kSeen = 3; // behind the letter looked at
    for (qsizetype from = 0; from < text.size(); from += kAtOnce) {
        const qsizetype count = std::min(kAtOnce, text.size() - from);
        if (from + kAtOnce + kSeen <= text.size()) {
            const char16_t *at = text.utf16() + from;
            char16_t found = 0;
            for (qsizetype i = 0; i < kAtOnce; ++i)
                found |= mayBeginTime(at + i);
            if (found == 0)
                continue;
        }
        for (qsizetype i = 0; i < count; ++i) {
            if (namesTimeAt(text.sliced(from + i)))
                return true;
        }
    }
    return false;
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
        "(?:(?:[^.;\\n]|\\.(?=\\d)){0,160}?\\b(?:(?:for|over|during|in)\\s+(?:the )?(?:next |first "
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
