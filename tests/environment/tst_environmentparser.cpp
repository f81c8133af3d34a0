// SPDX-License-Identifier: Apache-2.0
#include "environment/environment.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestEnvironmentParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryFieldInFileOrder()
    {
        const auto result = parseEnvironments(R"(# two targets
environments:
  staging:
    connection: {service: stage}
  production:
    production: true
    colour: red
    system_identifier: "7312447109821234567"
    connection:
      host: db1.example
      port: 5432
      database: shop
      user: release
      sslmode: verify-full
    variables:
      SLOT: blue
      EMPTY:
    probes:
      - name: newest orders
        sql: SELECT id FROM orders ORDER BY id DESC LIMIT 20
      - {name: ping, sql: SELECT 1}
)",
                                              u"environments.yaml"_s);
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
        QCOMPARE(result->size(), 2);
        QCOMPARE(result->at(0),
                 (Environment{.name = u"staging"_s, .connection = {.service = u"stage"_s}}));
        const Environment expected{
            .name = u"production"_s,
            .production = true,
            .colour = u"red"_s,
            .connection = {.host = u"db1.example"_s,
                           .port = 5432,
                           .database = u"shop"_s,
                           .user = u"release"_s,
                           .sslMode = u"verify-full"_s},
            .variables = {{u"EMPTY"_s, QString()}, {u"SLOT"_s, u"blue"_s}},
            .expectedSystemIdentifier = u"7312447109821234567"_s,
            .probes = {{u"newest orders"_s, u"SELECT id FROM orders ORDER BY id DESC LIMIT 20"_s},
                       {u"ping"_s, u"SELECT 1"_s}},
        };
        QCOMPARE(result->at(1), expected);
    }

    void aPasswordAnywhereIsRefusedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<int>("line");
        QTest::newRow("key in the connection")
            << QByteArray("environments:\n  a:\n    connection:\n      password: geheim\n") << 4;
        QTest::newRow("variable PGPASSWORD")
            << QByteArray("environments:\n  a:\n    variables:\n      B: 1\n      PGPASSWORD: x\n")
            << 5;
        QTest::newRow("another program's variable")
            << QByteArray("environments:\n  a:\n    variables: {MYSQL_PASSWD: x}\n") << 3;
        QTest::newRow("URL") << QByteArray(
            "environments:\n  a:\n    variables:\n      U: postgres://app:pw@db/shop\n")
                             << 4;
        QTest::newRow("URL without user")
            << QByteArray("environments:\n  a:\n    variables:\n      U: redis://:pw@db\n") << 4;
        QTest::newRow("parameter of a URL") << QByteArray(
            "environments:\n  a:\n    variables:\n      U: postgres://db/s?password=x\n")
                                            << 4;
        QTest::newRow("conninfo") << QByteArray(
            "environments:\n  a:\n    variables:\n      U: host=db password=x\n")
                                  << 4;
        QTest::newRow("under an unknown key")
            << QByteArray("environments:\n  a:\n    extra:\n      - PassWord: x\n") << 4;
    }
    void aPasswordAnywhereIsRefusedWithItsLine()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(int, line);
        const auto result = parseEnvironments(yaml, u"e.yaml"_s);
        QVERIFY(!result);
        const QString message = result.error().message;
        QVERIFY2(message.startsWith(u"e.yaml, line %1: A password"_s.arg(line)),
                 qPrintable(message));
        QVERIFY(message.contains(u"~/.pgpass"_s));
        QVERIFY(!message.contains(u"geheim"_s));
    }

    void aUrlWithoutPasswordIsFine()
    {
        const auto result =
            parseEnvironments("environments:\n  a:\n    variables:\n      U: "
                              "postgres://app@db:5432/shop\n      H: http://x:80/a@b\n",
                              u"e.yaml"_s);
        QVERIFY(result);
        QCOMPARE(result->first().variables.value(u"U"_s), u"postgres://app@db:5432/shop"_s);
    }

    void whatBreaksARuleIsNamedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("message");
        QTest::newRow("misspelt field")
            << QByteArray("environments:\n  a:\n    prodution: true\n")
            << u"line 3: “prodution” is not known in the environment “a”. Known are: production,"_s;
        QTest::newRow("misspelt connection field")
            << QByteArray("environments:\n  a:\n    connection:\n      dbname: x\n")
            << u"line 4: “dbname” is not known in the connection of “a”. Known are: service, host, port, database,"_s;
        QTest::newRow("unknown at the top")
            << QByteArray("environment:\n  a:\n") << u"line 1: “environment” is not known"_s;
        QTest::newRow("twice") << QByteArray(
            "environments:\n  a: {production: true}\n  a: {production: false}\n")
                               << u"line 3: “a” stands twice"_s;
        QTest::newRow("not a yes or no")
            << QByteArray("environments:\n  a:\n    production: maybe\n")
            << u"line 3: “production” must be true or false"_s;
        QTest::newRow("port out of range")
            << QByteArray("environments:\n  a:\n    connection: {port: 70000}\n")
            << u"line 3: “port” must be a number from 1 to 65535"_s;
        QTest::newRow("colour") << QByteArray("environments:\n  a:\n    colour: pink\n")
                                << u"line 3: “colour” must be one of red, amber, teal"_s;
        QTest::newRow("variable name")
            << QByteArray("environments:\n  a:\n    variables:\n      A-B: x\n")
            << u"line 4: “A-B” is not a variable name"_s;
        QTest::newRow("probe without sql")
            << QByteArray("environments:\n  a:\n    probes:\n      - name: x\n")
            << u"line 4: a probe of “a” needs a name and its sql"_s;
        QTest::newRow("probe twice") << QByteArray("environments:\n  a:\n    probes:\n      - "
                                                   "{name: x, sql: s}\n      - {name: x, sql: s}\n")
                                     << u"line 5: Two probes of “a” are named “x”"_s;
        QTest::newRow("probes not a list")
            << QByteArray("environments:\n  a:\n    probes: {x: y}\n")
            << u"line 3: “probes” must be a list"_s;
        QTest::newRow("not a map")
            << QByteArray("environments:\n  - a\n") << u"line 2: “environments” must be a map"_s;
        QTest::newRow("not YAML") << QByteArray("environments:\n  a: [1\n")
                                  << u"This is not valid YAML"_s;
        QTest::newRow("self-referring")
            << QByteArray("environments: &x\n  a: *x\n") << u"nested too deeply"_s;
        QTest::newRow("empty") << QByteArray() << u"must be a map"_s;
        QTest::newRow("nothing named")
            << QByteArray("environments: {}\n") << u"names no environment"_s;
    }
    void whatBreaksARuleIsNamedWithItsLine()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, message);
        const auto result = parseEnvironments(yaml, u"e.yaml"_s);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Invalid);
        QVERIFY2(result.error().message.contains(message), qPrintable(result.error().message));
    }

    void aHugeFileIsRefused()
    {
        const auto result = parseEnvironments(QByteArray(2 << 20, '#'), u"e.yaml"_s);
        QVERIFY(!result);
        QVERIFY(result.error().message.contains(u"larger than 1 MiB"_s));
    }
};

QTEST_GUILESS_MAIN(TestEnvironmentParser)
#include "tst_environmentparser.moc"
