// SPDX-License-Identifier: Apache-2.0
#include "runbook/shelltools.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QSet<QString> wordsOf(QLatin1StringView text)
{
    const QStringList words = QString(text).simplified().split(u' ');
    return {words.begin(), words.end()};
}

bool standsBeforeProgram(QStringView word)
{
    return word == u"sudo" || word == u"time" || word == u"nohup" || word == u"exec"
        || word == u"command" || word == u"env" || word.contains(u'=');
}

CommandLine splitAtSpace(const QString &line)
{
    qsizetype end = 0;
    while (end < line.size() && !line.at(end).isSpace())
        ++end;
    return {line.left(end).section(u'/', -1), line.mid(end).trimmed()};
}

} // namespace

CommandLine commandLineOf(const QString &line)
{
    const QString trimmed = line.trimmed();
    CommandLine plain = splitAtSpace(trimmed);
    if (!standsBeforeProgram(plain.program) && !trimmed.left(trimmed.indexOf(u' ')).contains(u'='))
        return plain; // as nearly always
    static const QRegularExpression kLead(
        u"^\\s*(?:(?:sudo(?:\\s+-[nEH]+|\\s+-u\\s+\\S+)*|time|nohup|exec|command|env)\\s+"
        "|[A-Za-z_]\\w*=(?:\"[^\"]*\"|'[^']*'|\\$\\([^)]*\\)|[^\\s\"'])*+\\s+)*"_s);
    return splitAtSpace(trimmed.mid(kLead.match(trimmed).capturedLength()).trimmed());
}

QString withoutQuotedText(QString shell)
{
    static const QRegularExpression kQuoted(u"'[^']*'|\"(?:\\\\.|[^\"\\\\])*\""_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    return shell.replace(kQuoted, u"x"_s);
}

bool isWellKnownTool(const QString &program)
{
    static const QSet<QString> kTools = wordsOf(R"(
        psql pg_dump pg_dumpall pg_restore pg_basebackup pg_ctl pg_isready pg_verifybackup pgbench pgbackrest
        createdb dropdb vacuumdb reindexdb initdb barman wal-g mysql mysqldump mongosh mongodump mongorestore
        redis-cli sqlite3 kubectl oc helm docker docker-compose podman systemctl journalctl
        aws az gcloud gsutil doctl heroku fly flyctl vercel supabase eksctl terraform ansible ansible-playbook
        npm npx pnpm yarn bun node python python3 pip pip3 poetry ruby rake rails bundle php composer java mvn
        gradle cargo rustup alembic flyway liquibase sqitch dbmate prisma knex goose
        curl wget ssh scp rsync sftp git gh glab jq yq sed awk grep egrep zgrep gzip gunzip zcat tar unzip
        ls cd cp mv rm mkdir rmdir ln chmod chown df du ps pgrep pkill lsof ss netstat nc dig nslookup ping
        echo printf export cat unset sudo su crontab vi vim nano htop pg_activity tmux
        apt apt-get yum dnf apk brew openssl sha256sum md5sum base64 xargs tee)"_L1);
    return kTools.contains(program);
}

bool isWordAndTool(const QString &program)
{
    static const QSet<QString> kWords = wordsOf(R"(
        make find watch test sort kill cut head tail touch date time service source less more
        top screen read wait diff split join go deno just task env set which type sleep id who
        bash sh zsh stat mount umount install)"_L1);
    return kWords.contains(program);
}

} // namespace runsheet
