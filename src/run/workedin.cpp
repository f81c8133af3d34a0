// SPDX-License-Identifier: Apache-2.0
#include "run/workedin.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Neither a connection nor a database among psql's options, and no word that could be one.
bool namesNoServer(CommandLanguage language, const QString &text)
{
    static const QRegularExpression kPlain(
        u"^(?:\\s*#[^\\n]*\\n)*\\s*(?:exec\\s+)?(?:env(?:\\s+--block-signal=\\w+)*\\s+)?psql"
        "(?:\\s+(?:-[XqeEatbwWA1]+|-[vPF]\\s*\\S+|--(?:set|variable|pset)[= ]\\S+"
        "|--(?:no-psqlrc|quiet|echo-all|echo-errors|single-transaction)))*"
        "(?:\\s-c\\s*|\\s--command[= ])(['\"])(?:(?!\\1).)*\\1"
        "(?:\\s*\\d?>+&?\\s*[\\w./-]+)*\\s*$"_s,
        QRegularExpression::DotMatchesEverythingOption);
    return language == CommandLanguage::Sql || kPlain.match(text).hasMatch();
}

/// A shell variable or the environment may name another server or database than the connection.
bool isLedElsewhere(const RunState &state)
{
    static const QStringList kNames{u"PGHOST"_s,     u"PGHOSTADDR"_s, u"PGPORT"_s,
                                    u"PGDATABASE"_s, u"PGSERVICE"_s,  u"PGSERVICEFILE"_s};
    const QMap<QString, QString> home =
        commandEnvironment({.connection = state.environment.connection});
    return std::ranges::any_of(kNames, [&](const QString &name) {
        const QString own = state.environment.variables.value(name, home.value(name));
        const auto variable = state.variables.constFind(name);
        return (variable == state.variables.constEnd() ? own : variable->value) != home.value(name);
    });
}

} // namespace

std::optional<QString> databaseWorkedIn(const RunState &state, const Execution &execution,
                                        CommandLanguage language, const QStringList &seenIn)
{
    if (seenIn.size() == 1)
        return seenIn.constFirst();
    const bool isHome =
        seenIn.isEmpty() && namesNoServer(language, execution.text) && !isLedElsewhere(state);
    return isHome ? std::optional(QString()) : std::nullopt;
}

} // namespace runsheet
