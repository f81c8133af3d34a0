// SPDX-License-Identifier: Apache-2.0
#include "runbook/fenceinfo.h"

#include "runbook/shelltext.h"
#include "runbook/transcript.h"

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

/// What the first word behind the fence says about the block.
struct LanguageName
{
    QLatin1StringView name;
    CommandLanguage language = CommandLanguage::Shell;
    bool mustReadAsShell = false;
    bool isSession = false;
};

constexpr std::array kLanguages = {
    LanguageName{"bash"_L1},
    LanguageName{"sh"_L1},
    LanguageName{"shell"_L1},
    LanguageName{"zsh"_L1},
    LanguageName{"ksh"_L1},
    LanguageName{"shellscript"_L1},
    LanguageName{"sql"_L1, CommandLanguage::Sql},
    LanguageName{"psql"_L1, CommandLanguage::Sql},
    LanguageName{"pgsql"_L1, CommandLanguage::Sql},
    LanguageName{"plpgsql"_L1, CommandLanguage::Sql},
    LanguageName{"postgresql"_L1, CommandLanguage::Sql},
    LanguageName{""_L1, CommandLanguage::Shell, true, false},
    LanguageName{"cmd"_L1, CommandLanguage::Shell, true, false},
    LanguageName{"command"_L1, CommandLanguage::Shell, true, false},
    LanguageName{"console"_L1, CommandLanguage::Shell, true, true},
    LanguageName{"terminal"_L1, CommandLanguage::Shell, true, true},
    LanguageName{"shell-session"_L1, CommandLanguage::Shell, true, true},
    LanguageName{"shellsession"_L1, CommandLanguage::Shell, true, true},
    LanguageName{"sh-session"_L1, CommandLanguage::Shell, true, true},
};

void readLanguage(const QString &words, FenceInfo &fence)
{
    const QString name = words.section(u' ', 0, 0).toLower();
    const auto *it = std::ranges::find_if(
        kLanguages, [&name](const LanguageName &known) { return name == known.name; });
    if (it == kLanguages.end())
        return;
    fence.language = it->language;
    fence.mustReadAsShell = it->mustReadAsShell;
    fence.isSession = it->isSession;
    const QString rest = words.section(u' ', 1).trimmed();
    if (rest.startsWith(u'#'))
        fence.comment = rest.mid(1).trimmed();
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
    readLanguage(info.left(open).trimmed(), fence);
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

std::optional<CommandLanguage> runnableLanguage(const FenceInfo &fence, const QString &text)
{
    if (!fence.mustReadAsShell)
        return fence.language;
    const bool isShell = readsAsShell(text)
        || !readTranscript(text, CommandLanguage::Shell, fence.isSession).isEmpty();
    return isShell ? std::optional(CommandLanguage::Shell) : std::nullopt;
}

} // namespace runsheet
