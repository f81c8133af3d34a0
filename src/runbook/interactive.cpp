// SPDX-License-Identifier: Apache-2.0
#include "runbook/interactive.h"

#include "runbook/shelltools.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kLongestLine = 1'000; ///< no person types what is longer

/// A client that asks for statements unless an option gives them.
struct Client
{
    QLatin1StringView program;
    QRegularExpression givesStatements;
};

const Client *clientNamed(const QString &program)
{
    const auto options = [](const QString &alternatives) {
        return QRegularExpression(u"(?:^|\\s)(?:%1)(?=[\\s=\"']|$)"_s.arg(alternatives));
    };
    static const std::array kClients{
        Client{"psql"_L1,
               options(u"-[A-Za-z]*[cflV]\\S*|--command|--file|--list|--version|--help"_s)},
        Client{"mysql"_L1, options(u"-e\\S*|--execute|-V|--version"_s)},
        Client{"mongosh"_L1, options(u"--eval|--file|-f|--version"_s)},
        Client{"redis-cli"_L1,
               QRegularExpression(u"(?<!-[hpnau] )(?<![\\w./-])[A-Za-z]{2,}(?![\\w.-])"_s)},
        Client{"sqlite3"_L1, QRegularExpression(u"^\\S+\\s+\\S|^-\\S+\\s+\\S+\\s+\\S"_s)},
    };
    const auto *it = std::ranges::find(kClients, program, &Client::program);
    return it == kClients.end() ? nullptr : it;
}

bool isBareClient(const CommandLine &line)
{
    const Client *client = clientNamed(line.program);
    return client != nullptr && !line.arguments.contains(u'<') && !line.arguments.contains(u'|')
        && !client->givesStatements.match(line.arguments).hasMatch();
}

/// ssh to a machine with nothing to run there.
bool isBareSsh(const CommandLine &line)
{
    static const QRegularExpression kOptions(
        u"(?:^|\\s)-(?:[bcDEeFIiJLlmOopQRSWw]\\s*\\S+|\\w+)"_s);
    static const QRegularExpression kNoShell(u"(?:^|\\s)-\\w*[fNV]\\w*"_s);
    if (line.program != u"ssh" || line.arguments.contains(u'<')
        || kNoShell.match(line.arguments).hasMatch())
        return false;
    const QString words = QString(line.arguments).remove(kOptions).simplified();
    return !words.isEmpty() && !words.contains(u' ');
}

bool isEditorOrViewer(const CommandLine &line)
{
    static const QSet<QString> kPrograms{
        u"vi"_s,   u"vim"_s,    u"nvim"_s,   u"nano"_s,        u"emacs"_s, u"pico"_s, u"less"_s,
        u"more"_s, u"htop"_s,   u"tmux"_s,   u"mc"_s,          u"k9s"_s,   u"vipw"_s, u"screen"_s,
        u"atop"_s, u"visudo"_s, u"passwd"_s, u"pg_activity"_s, u"irb"_s,   u"ed"_s};
    static const QRegularExpression kBatch(u"(?:^|\\s)-\\w*b"_s);
    if (line.program == u"top")
        return !kBatch.match(line.arguments).hasMatch();
    return kPrograms.contains(line.program);
}

bool mayAsk(const QString &program)
{
    static const QSet<QString> kPrograms{
        u"kubectl"_s, u"oc"_s,    u"crontab"_s, u"docker"_s, u"docker-compose"_s,
        u"podman"_s,  u"rails"_s, u"git"_s,     u"su"_s,     u"bash"_s,
        u"sh"_s,      u"zsh"_s,   u"python"_s,  u"node"_s,   u"php"_s,
        u"python3"_s};
    return kPrograms.contains(program);
}

/// Programs that wait for a person with certain words or options only.
bool asksWithOptions(const CommandLine &line)
{
    if (!mayAsk(line.program))
        return false;
    static const QRegularExpression kAsking(
        u"^(?:(?:kubectl|oc)\\s(?:.*\\s)?edit(?:\\s|$)|crontab\\s(?:.*\\s)?-e\\b"
        "|\\S+\\s(?:.*\\s)?(?:exec|run|rsh|attach)\\s(?:.*\\s)?"
        "(?:-(?:it|ti)\\b|-i\\s+-t\\b|-t\\s+-i\\b|--stdin\\s+--tty\\b)\\s.*?(?:^|[\\s/])"
        "(?:bash|sh|zsh|ash|psql|mysql|redis-cli|rails c(?:onsole)?)(?:\\s+-[Uhdp]\\s+\\S+)*$"
        "|rails\\s+(?:c|console|db|dbconsole)\\b|git\\s+(?:rebase\\s+-i|add\\s+-p)\\b"
        "|(?:bash|sh|zsh|python3?|node)(?:\\s+-[il]+)?$|php\\s+-a$|su(?:\\s+-)?(?:\\s+\\w+)?$)"_s);
    return kAsking.match((line.program + u' ' + line.arguments).trimmed()).hasMatch();
}

bool waitsForTyping(const QString &line)
{
    static const QRegularExpression kRootShell(
        u"^sudo\\s+(?:-u\\s+\\w+\\s+)?(?:-i|-s)(?:\\s+-u\\s+\\w+)?$"_s);
    if (line.startsWith(u"sudo") && kRootShell.match(line).hasMatch())
        return true;
    const CommandLine parts = commandLineOf(line);
    return isBareClient(parts) || isBareSsh(parts) || isEditorOrViewer(parts)
        || asksWithOptions(parts);
}

} // namespace

bool isInteractive(const QString &text)
{
    if (text.contains(u"<<"))
        return false; // the here-document is what would be typed
    bool continued = false;
    const QString whole = text.contains(u'\\') ? QString(text).replace(u"\\\n"_s, u" "_s) : text;
    for (const QString &line : whole.split(u'\n')) {
        const QString trimmed = line.trimmed();
        if (!continued && !trimmed.isEmpty() && trimmed.size() <= kLongestLine
            && !trimmed.startsWith(u'#') && waitsForTyping(trimmed))
            return true;
        continued = trimmed.endsWith(u'|');
    }
    return false;
}

} // namespace runsheet
