// SPDX-License-Identifier: Apache-2.0
#include "runbook/jsonmatch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// "…" and "..." where an author left members out.
QString withoutEllipses(const QString &text)
{
    static const QRegularExpression kTokens(u"(\"(?:[^\"\\\\]|\\\\.)*\")|,?\\s*(?:…|\\.\\.\\.)"_s);
    QString out;
    qsizetype at = 0;
    for (const QRegularExpressionMatch &match : kTokens.globalMatch(text)) {
        out += QStringView(text).mid(at, match.capturedStart() - at);
        out += match.captured(1);
        at = match.capturedEnd();
    }
    out += QStringView(text).mid(at);
    static const QRegularExpression kOpenedByComma(u"([\\[{])\\s*,"_s);
    return out.replace(kOpenedByComma, u"\\1"_s);
}

/// The document in the text, which other lines may surround.
std::optional<QJsonValue> jsonIn(const QString &text)
{
    const auto parse = [](const QString &piece) -> std::optional<QJsonValue> {
        const QJsonDocument document = QJsonDocument::fromJson(piece.toUtf8());
        if (document.isObject())
            return document.object();
        if (document.isArray())
            return document.array();
        return std::nullopt;
    };
    if (auto whole = parse(text))
        return whole;
    static const QRegularExpression kOpening(u"[\\[{]"_s);
    const qsizetype start = text.indexOf(kOpening);
    const qsizetype end = std::max(text.lastIndexOf(u'}'), text.lastIndexOf(u']'));
    return start < 0 || end < start ? std::nullopt : parse(text.mid(start, end - start + 1));
}

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return u"a number"_s;
    case QJsonValue::String:
        return u"a text"_s;
    case QJsonValue::Array:
        return u"a list"_s;
    case QJsonValue::Object:
        return u"an object"_s;
    case QJsonValue::Undefined:
        break;
    }
    return u"nothing"_s;
}

bool isAnything(const QJsonValue &expected)
{
    const QString text = expected.toString().trimmed();
    return text == u"…" || text == "..."_L1;
}

class Comparison
{
public:
    void compare(const QString &path, const QJsonValue &expected, const QJsonValue &actual)
    {
        if (isAnything(expected) && !actual.isUndefined())
            return add(MatchLine::Kind::Same, path, expected, actual);
        if (actual.isUndefined())
            return add(MatchLine::Kind::Missing, path, expected, actual);
        if (expected.type() != actual.type()
            || (expected.isBool() && expected.toBool() != actual.toBool()))
            return add(MatchLine::Kind::Changed, path, expected, actual);
        if (expected.isObject())
            compareMembers(path, expected.toObject(), actual.toObject());
        else if (expected.isArray())
            compareItems(path, expected.toArray(), actual.toArray());
        else
            add(MatchLine::Kind::Same, path, expected, actual);
    }

    ExpectationMatch match;

private:
    void compareMembers(const QString &path, const QJsonObject &expected, const QJsonObject &actual)
    {
        for (auto it = expected.begin(); it != expected.end(); ++it)
            compare(path.isEmpty() ? it.key() : path + u'.' + it.key(), it.value(),
                    actual.value(it.key()));
    }

    /// The items of a list are examples of what it holds; the last stands for all that follow.
    void compareItems(const QString &path, const QJsonArray &expected, const QJsonArray &actual)
    {
        if (expected.isEmpty())
            return;
        if (actual.isEmpty())
            return add(MatchLine::Kind::Missing, path + u"[0]"_s, expected.at(0),
                       QJsonValue(QJsonValue::Undefined));
        const qsizetype count = std::min(actual.size(), kMaxComparedLines);
        match.wasCut = match.wasCut || count < actual.size();
        for (qsizetype i = 0; i < count; ++i)
            compare(u"%1[%2]"_s.arg(path).arg(i), expected.at(std::min(i, expected.size() - 1)),
                    actual.at(i));
    }

    void add(MatchLine::Kind kind, const QString &path, const QJsonValue &expected,
             const QJsonValue &actual)
    {
        const QString name = path.isEmpty() ? QString() : path + u": "_s;
        const bool there = kind != MatchLine::Kind::Missing;
        match.lines += {.kind = kind,
                        .expected = name + (isAnything(expected) ? u"…"_s : typeName(expected)),
                        .actual = there ? name + typeName(actual) : QString()};
    }
};

} // namespace

std::optional<ExpectationMatch> matchJson(const QString &expected, const QString &actual)
{
    const std::optional<QJsonValue> example = jsonIn(withoutEllipses(expected));
    const std::optional<QJsonValue> value = example ? jsonIn(actual) : std::nullopt;
    if (!value)
        return std::nullopt;
    Comparison comparison;
    comparison.compare({}, *example, *value);
    return comparison.match;
}

} // namespace runsheet
