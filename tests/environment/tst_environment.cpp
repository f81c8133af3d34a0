// SPDX-License-Identifier: Apache-2.0
#include "environment/environment.h"
#include "environment/serveridentity.h"

#include <QTest>

#include <libpq-fe.h>

#include <memory>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

/// What libpq itself understands of a conninfo string or URL.
QMap<QString, QString> asLibpqReadsIt(const QString &text)
{
    char *problem = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(text.toUtf8().constData(), &problem), &PQconninfoFree);
    QMap<QString, QString> result;
    if (problem) {
        result.insert(u"problem"_s, QString::fromUtf8(problem));
        PQfreemem(problem);
    }
    for (const PQconninfoOption *option = options.get(); option && option->keyword; ++option) {
        if (option->val)
            result.insert(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    }
    return result;
}

const Connection kAwkward{
    .service = {},
    .host = u"/tmp/so cket/it's"_s,
    .port = 5433,
    .database = u"sh'op\\ &?="_s,
    .user = u"re:l@ease/1"_s,
    .sslMode = u"prefer"_s,
};

} // namespace

class TestEnvironment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectionIsNamedForPeople_data()
    {
        QTest::addColumn<Connection>("connection");
        QTest::addColumn<QString>("name");
        QTest::newRow("nothing") << Connection{} << u"no server"_s;
        QTest::newRow("host and port")
            << Connection{.host = u"db1"_s, .port = 5432, .database = u"shop"_s}
            << u"shop @ db1:5432"_s;
        QTest::newRow("host") << Connection{.host = u"db1"_s, .database = u"shop"_s}
                              << u"shop @ db1"_s;
        QTest::newRow("socket folder")
            << Connection{.host = u"/tmp/x"_s, .port = 1, .database = u"shop"_s}
            << u"shop @ local socket"_s;
        QTest::newRow("service") << Connection{.service = u"prod"_s} << u"service prod"_s;
        QTest::newRow("no database") << Connection{.host = u"db1"_s} << u"db1"_s;
    }
    void connectionIsNamedForPeople()
    {
        QFETCH(Connection, connection);
        QTEST(connection.displayName(), "name");
    }

    void libpqReadsTheConninfoAsItWasMeant()
    {
        const auto read = asLibpqReadsIt(conninfo(kAwkward, u"runsheet 'quoted'"_s));
        QCOMPARE(read.value(u"host"_s), kAwkward.host);
        QCOMPARE(read.value(u"port"_s), u"5433"_s);
        QCOMPARE(read.value(u"dbname"_s), kAwkward.database);
        QCOMPARE(read.value(u"user"_s), kAwkward.user);
        QCOMPARE(read.value(u"sslmode"_s), u"prefer"_s);
        QCOMPARE(read.value(u"application_name"_s), u"runsheet 'quoted'"_s);
        QCOMPARE(read.value(u"connect_timeout"_s), u"5"_s);
    }

    void conninfoLeavesOutWhatIsNotSet()
    {
        QCOMPARE(conninfo({.service = u"prod"_s}, u"a"_s),
                 u"service='prod' application_name='a' connect_timeout=5"_s);
    }

    void libpqReadsTheDatabaseUrlAsItWasMeant_data()
    {
        QTest::addColumn<Connection>("connection");
        QTest::newRow("socket folder and awkward names") << kAwkward;
        QTest::newRow("host") << Connection{
            .host = u"db1.example"_s, .port = 5432, .database = u"shop"_s, .user = u"app"_s};
        QTest::newRow("address of version 6")
            << Connection{.host = u"::1"_s, .port = 5432, .database = u"shop"_s};
        QTest::newRow("host without port")
            << Connection{.host = u"db1"_s, .database = u"shop"_s, .sslMode = u"verify-full"_s};
        QTest::newRow("service") << Connection{.service = u"prod"_s};
    }
    void libpqReadsTheDatabaseUrlAsItWasMeant()
    {
        QFETCH(Connection, connection);
        const QString url = commandEnvironment({.connection = connection}).value(u"DATABASE_URL"_s);
        const auto read = asLibpqReadsIt(url);
        QCOMPARE(read.value(u"problem"_s), QString());
        QCOMPARE(read.value(u"host"_s), connection.host);
        QCOMPARE(read.value(u"port"_s),
                 connection.port ? QString::number(connection.port) : QString());
        QCOMPARE(read.value(u"dbname"_s), connection.database);
        QCOMPARE(read.value(u"user"_s), connection.user);
        QCOMPARE(read.value(u"sslmode"_s), connection.sslMode);
        QCOMPARE(read.value(u"service"_s), connection.service);
    }

    void commandsGetTheConnectionAndTheVariables()
    {
        const Environment environment{
            .name = u"staging"_s,
            .connection = {.host = u"db1"_s, .port = 5432, .database = u"shop"_s, .user = u"app"_s},
            .variables = {{u"SLOT"_s, u"blue"_s}},
        };
        const QMap<QString, QString> expected{
            {u"PGHOST"_s, u"db1"_s},
            {u"PGPORT"_s, u"5432"_s},
            {u"PGDATABASE"_s, u"shop"_s},
            {u"PGUSER"_s, u"app"_s},
            {u"DATABASE_URL"_s, u"postgresql://app@db1:5432/shop"_s},
            {u"SLOT"_s, u"blue"_s},
        };
        QCOMPARE(commandEnvironment(environment), expected);
    }

    void variablesOfTheEnvironmentWin()
    {
        const Environment environment{
            .connection = {.database = u"shop"_s},
            .variables = {{u"DATABASE_URL"_s, u"mine"_s}},
        };
        QCOMPARE(commandEnvironment(environment).value(u"DATABASE_URL"_s), u"mine"_s);
    }

    void withoutServerCommandsGetOnlyTheVariables()
    {
        QCOMPARE(commandEnvironment({.variables = {{u"A"_s, u"1"_s}}}),
                 (QMap<QString, QString>{{u"A"_s, u"1"_s}}));
    }

    void environmentSurvivesTheJournal()
    {
        const Environment environment{
            .name = u"production"_s,
            .production = true,
            .colour = u"red"_s,
            .connection = kAwkward,
            .variables = {{u"A"_s, u"1"_s}, {u"B"_s, QString()}},
            .expectedSystemIdentifier = u"7312447109821234567"_s,
            .probes = {{u"orders"_s, u"SELECT 1"_s}, {u"users"_s, u"SELECT 2"_s}},
        };
        QCOMPARE(Environment::fromJson(environment.toJson()), environment);
    }

    void identitySurvivesTheJournal()
    {
        const ServerIdentity identity{
            .database = u"shop"_s,
            .user = u"app"_s,
            .host = u"/tmp/x"_s,
            .port = 5432,
            .version = u"15.18"_s,
            .versionNumber = 150018,
            .systemIdentifier = u"7312447109821234567"_s,
            .inRecovery = true,
        };
        QCOMPARE(ServerIdentity::fromJson(identity.toJson()), identity);
    }
};

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
