// SPDX-License-Identifier: Apache-2.0
#include "runbook/attributes.h"

#include "runbook/duration.h"
#include "runbook/suggestion.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

enum class ValueKind
{
    Switch,
    Count,
    Time, ///< with a unit, before or after T0
    Length, ///< a time, or seconds without a unit
    Interval, ///< a length, or a switch
    Text,
    Foreign ///< Runme's; means nothing here
};

struct Key
{
    QLatin1StringView name;
    ValueKind kind = ValueKind::Text;
    bool ofStep = false;
    bool ofCommand = false;
    bool inherited = false; ///< may stand above, and then holds for all below
};

constexpr std::array kKeys = {
    Key{"signoffs"_L1, ValueKind::Count, true, false, true},
    Key{"role"_L1, ValueKind::Text, true, false, true},
    Key{"required"_L1, ValueKind::Switch, true, false, true},
    Key{"due"_L1, ValueKind::Time, true, false, false},
    Key{"timeout"_L1, ValueKind::Length, false, true, true},
    Key{"tty"_L1, ValueKind::Switch, false, true, true},
    Key{"confirm"_L1, ValueKind::Switch, false, true, true},
    Key{"once"_L1, ValueKind::Switch, false, true, true},
    Key{"cancel"_L1, ValueKind::Switch, false, true, true},
    Key{"clientcheck"_L1, ValueKind::Switch, false, true, true},
    Key{"check"_L1, ValueKind::Text, false, true, false},
    Key{"cwd"_L1, ValueKind::Text, false, true, true},
    Key{"background"_L1, ValueKind::Switch, false, true, true},
    Key{"interactive"_L1, ValueKind::Switch, false, true, true},
    Key{"name"_L1, ValueKind::Text, false, true, false},
    Key{"label"_L1, ValueKind::Text, false, true, false},
    Key{"probe"_L1, ValueKind::Interval, false, true, false},
    Key{"expect"_L1, ValueKind::Text, false, true, false},
    Key{"id"_L1, ValueKind::Foreign, false, true, false},
    Key{"category"_L1, ValueKind::Foreign, false, true, false},
    Key{"tag"_L1, ValueKind::Foreign, false, true, false},
    Key{"mimeType"_L1, ValueKind::Foreign, false, true, false},
    Key{"excludeFromRunAll"_L1, ValueKind::Foreign, false, true, false},
    Key{"interpreter"_L1, ValueKind::Foreign, false, true, false},
    Key{"terminalRows"_L1, ValueKind::Foreign, false, true, false},
    Key{"promptEnv"_L1, ValueKind::Foreign, false, true, false},
    Key{"closeTerminalOnSuccess"_L1, ValueKind::Foreign, false, true, false},
};

constexpr int kMaxSignOffs = 9;

const Key *keyNamed(const QString &name)
{
    const auto *it =
        std::ranges::find_if(kKeys, [&name](const Key &key) { return name == key.name; });
    return it == kKeys.end() ? nullptr : it;
}

bool mayStandIn(const Key &key, AttributePlace place)
{
    switch (place) {
    case AttributePlace::Runbook:
        return key.inherited;
    case AttributePlace::Step:
        return key.ofStep || key.inherited;
    case AttributePlace::Command:
        return key.ofCommand;
    }
    return false;
}

/// "yes" and "true" are the same; a null string for anything that is no switch.
QString switchOf(const QString &value)
{
    const QString lower = value.toLower();
    if (lower == u"true" || lower == u"yes" || lower == u"on" || lower == u"1")
        return u"true"_s;
    if (lower == u"false" || lower == u"no" || lower == u"off" || lower == u"0")
        return u"false"_s;
    return {};
}

QString lengthOf(const QString &value)
{
    bool isNumber = false;
    const qlonglong seconds = value.toLongLong(&isNumber);
    const std::optional<qint64> length =
        isNumber ? std::optional<qint64>(seconds) : durationIn(value);
    return length && *length > 0 ? QString::number(*length) + u's' : QString();
}

/// The value in its one spelling; a null string when it is wrong.
QString normalised(ValueKind kind, const QString &value)
{
    switch (kind) {
    case ValueKind::Switch:
        return switchOf(value);
    case ValueKind::Count: {
        const int count = value.toInt();
        return count >= 1 && count <= kMaxSignOffs ? QString::number(count) : QString();
    }
    case ValueKind::Time:
        return durationIn(value) ? value : QString();
    case ValueKind::Length:
        return lengthOf(value);
    case ValueKind::Interval: {
        const QString length = lengthOf(value);
        return value == u"1" || length.isNull() ? switchOf(value) : length;
    }
    case ValueKind::Text:
        return value.trimmed().isEmpty() ? QString() : value;
    case ValueKind::Foreign:
        return value.isNull() ? u""_s : value;
    }
    return {};
}

QString wantedBy(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Switch:
        return u"true or false"_s;
    case ValueKind::Count:
        return u"a number from 1 to 9"_s;
    case ValueKind::Time:
        return u"a time from the start of the window, such as -7d or 30m"_s;
    case ValueKind::Length:
        return u"a time such as 30s or 15m"_s;
    case ValueKind::Interval:
        return u"true or a time such as 15s"_s;
    case ValueKind::Text:
    case ValueKind::Foreign:
        return u"some text"_s;
    }
    return {};
}

QStringList namesFor(AttributePlace place)
{
    QStringList names;
    for (const Key &key : kKeys) {
        if (mayStandIn(key, place) && key.kind != ValueKind::Foreign)
            names << key.name;
    }
    return names;
}

AttributeProblem unknownKey(const QString &name, AttributePlace place)
{
    const QString close = nearestTo(name, namesFor(place));
    return {u"unknown-attribute"_s,
            u"“%1” is not known here and has no effect. "_s.arg(name)
                + (close.isEmpty() ? u"Known are %1."_s.arg(namesFor(place).join(u", "_s))
                                   : u"Did you mean “%1”?"_s.arg(close))};
}

AttributeProblem misplacedKey(const QString &name, AttributePlace place)
{
    return {u"misplaced-attribute"_s,
            place == AttributePlace::Command
                ? u"“%1” is said of a step, not of a command. Write it in a comment before the "
                  u"item or heading: <!-- runsheet: %1=… -->."_s.arg(name)
                : u"“%1” is said of one step or command and cannot hold for several. Write it "
                  u"where it belongs."_s.arg(name)};
}

QString textOf(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.toVariant().toString();
}

Attributes fromJson(const QJsonObject &object)
{
    Attributes attributes;
    for (auto it = object.begin(); it != object.end(); ++it)
        attributes.insert(it.key(), textOf(it.value()));
    return attributes;
}

/// One word or one quoted value starting at `at`; leaves `at` behind it.
QString takeValue(const QString &text, qsizetype &at)
{
    QString value;
    const QChar quote = at < text.size() ? text.at(at) : QChar();
    if (quote != u'"' && quote != u'\'') {
        while (at < text.size() && !text.at(at).isSpace())
            value += text.at(at++);
        return value.endsWith(u',') ? value.chopped(1) : value;
    }
    for (++at; at < text.size() && text.at(at) != quote; ++at) {
        if (text.at(at) == u'\\' && at + 1 < text.size())
            ++at;
        value += text.at(at);
    }
    ++at;
    return value;
}

void skipSpace(const QString &text, qsizetype &at)
{
    while (at < text.size() && text.at(at).isSpace())
        ++at;
}

Attributes fromPairs(const QString &text)
{
    Attributes attributes;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text.at(at).isSpace() || text.at(at) == u',') {
            ++at;
            continue;
        }
        QString key;
        while (at < text.size() && !text.at(at).isSpace() && text.at(at) != u'='
               && text.at(at) != u',')
            key += text.at(at++);
        qsizetype sign = at;
        skipSpace(text, sign); // "cwd = x" is meant like "cwd=x"
        const bool hasValue = sign < text.size() && text.at(sign) == u'=';
        if (hasValue) {
            at = sign + 1;
            skipSpace(text, at);
        }
        const QString value = hasValue ? takeValue(text, at) : u"true"_s;
        if (!key.isEmpty())
            attributes.insert(key, value);
    }
    return attributes;
}

constexpr QLatin1StringView kOpen = "<!--"_L1;
constexpr QLatin1StringView kClose = "-->"_L1;
constexpr QLatin1StringView kMark = "runsheet:"_L1;

bool beginsAnnotation(const QString &html)
{
    return html.startsWith(kOpen)
        && QStringView(html).mid(kOpen.size()).trimmed().startsWith(kMark);
}

template <typename Test>
Attributes filtered(const Attributes &attributes, Test test)
{
    Attributes result;
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        if (const Key *key = keyNamed(it.key()); key != nullptr && test(*key))
            result.insert(it.key(), it.value());
    }
    return result;
}

} // namespace

Attributes parseAttributes(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(u'{') || !trimmed.endsWith(u'}'))
        return fromPairs(trimmed);
    const QJsonDocument json = QJsonDocument::fromJson(trimmed.toUtf8());
    return json.isObject() ? fromJson(json.object()) : fromPairs(trimmed.mid(1).chopped(1));
}

CheckedAttributes checkAttributes(const Attributes &written, AttributePlace place)
{
    CheckedAttributes checked;
    for (auto it = written.begin(); it != written.end(); ++it) {
        const Key *key = keyNamed(it.key());
        if (key == nullptr) {
            checked.problems.append(unknownKey(it.key(), place));
            continue;
        }
        if (!mayStandIn(*key, place)) {
            checked.problems.append(misplacedKey(it.key(), place));
            continue;
        }
        const QString value = normalised(key->kind, it.value());
        if (value.isNull())
            checked.problems.append(
                {u"wrong-attribute-value"_s,
                 u"“%1” must be %2, not “%3”. It has no effect like this."_s.arg(
                     it.key(), wantedBy(key->kind), it.value())});
        else
            checked.values.insert(it.key(), value);
    }
    return checked;
}

QString annotationText(const QString &html)
{
    const QString trimmed = html.trimmed();
    if (!beginsAnnotation(trimmed) || !trimmed.endsWith(u"-->") || isUnclosedAnnotation(trimmed))
        return {};
    const QString inside = trimmed.mid(kOpen.size()).chopped(kClose.size()).trimmed();
    return inside.mid(kMark.size()).trimmed() + u' ';
}

bool isUnclosedAnnotation(const QString &html)
{
    const QString trimmed = html.trimmed();
    if (!beginsAnnotation(trimmed))
        return false;
    const qsizetype close = trimmed.indexOf(kClose, kOpen.size());
    const qsizetype next = trimmed.indexOf(kOpen, kOpen.size());
    return close < 0 || (next >= 0 && next < close);
}

Attributes inheritable(const Attributes &attributes)
{
    return filtered(attributes, [](const Key &key) { return key.inherited; });
}

Attributes forCommands(const Attributes &attributes)
{
    return filtered(attributes, [](const Key &key) { return key.ofCommand; });
}

} // namespace runsheet
