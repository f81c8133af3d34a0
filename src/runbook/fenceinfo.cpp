// SPDX-License-Identifier: Apache-2.0
#include "runbook/fenceinfo.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Ours and those Runme documents, so that a file written for Runme raises no warning.
constexpr std::array kKnownKeys = {
    "name"_L1,
    "id"_L1,
    "cwd"_L1,
    "background"_L1,
    "timeout"_L1,
    "tty"_L1,
    "confirm"_L1,
    "once"_L1,
    "cancel"_L1,
    "interactive"_L1,
    "category"_L1,
    "tag"_L1,
    "mimeType"_L1,
    "excludeFromRunAll"_L1,
    "interpreter"_L1,
    "label"_L1,
    "terminalRows"_L1,
    "promptEnv"_L1,
    "closeTerminalOnSuccess"_L1,
};

std::optional<CommandLanguage> languageOf(const QString &name)
{
    const QString lower = name.toLower();
    if (lower == u"bash" || lower == u"sh" || lower == u"shell")
        return CommandLanguage::Shell;
    if (lower == u"sql" || lower == u"psql")
        return CommandLanguage::Sql;
    return std::nullopt;
}

QString textOf(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.toVariant().toString();
}

QMap<QString, QString> fromJson(const QJsonObject &object)
{
    QMap<QString, QString> attributes;
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
        return value;
    }
    for (++at; at < text.size() && text.at(at) != quote; ++at) {
        if (text.at(at) == u'\\' && at + 1 < text.size())
            ++at;
        value += text.at(at);
    }
    ++at;
    return value;
}

QMap<QString, QString> fromPairs(const QString &text)
{
    QMap<QString, QString> attributes;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text.at(at).isSpace() || text.at(at) == u',') {
            ++at;
            continue;
        }
        QString key;
        while (at < text.size() && !text.at(at).isSpace() && text.at(at) != u'=')
            key += text.at(at++);
        const bool hasValue = at < text.size() && text.at(at) == u'=';
        if (hasValue)
            ++at;
        const QString value = hasValue ? takeValue(text, at) : u"true"_s;
        if (!key.isEmpty())
            attributes.insert(key, value);
    }
    return attributes;
}

} // namespace

FenceInfo parseFenceInfo(const QString &info)
{
    FenceInfo fence;
    const qsizetype open = info.indexOf(u'{');
    fence.language = languageOf(info.left(open).trimmed().section(u' ', 0, 0));
    const qsizetype close = info.lastIndexOf(u'}');
    if (open < 0 || close < open)
        return fence;
    const QString braces = info.mid(open, close - open + 1);
    const QJsonDocument json = QJsonDocument::fromJson(braces.toUtf8());
    fence.attributes =
        json.isObject() ? fromJson(json.object()) : fromPairs(braces.mid(1, braces.size() - 2));
    for (const QString &key : fence.attributes.keys()) {
        if (std::ranges::find(kKnownKeys, key) == kKnownKeys.end())
            fence.unknownKeys.append(key);
    }
    return fence;
}

} // namespace runsheet
