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
        QTest::newRow("a token") << QByteArray(
            "environments:\n  a:\n    variables: {API_TOKEN: x}\n")
                                 << 3;
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

    void aSecondDocumentIsRefused_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::newRow("another environment")
            << QByteArray("environments: {a: {}}\n---\nenvironments: {b: {}}\n");
        QTest::newRow("a password") << QByteArray("environments: {a: {}}\n---\npassword: x\n");
    }
    void aSecondDocumentIsRefused()
    {
        QFETCH(QByteArray, yaml);
        const auto result = parseEnvironments(yaml, u"e.yaml"_s);
        QVERIFY(!result);
        QCOMPARE(result.error().message,
                 u"e.yaml, line 3: The file has a second YAML document, which nothing reads. "
                 "Join them."_s);
    }

    void oneDocumentMayBeMarkedAsSuch()
    {
        QVERIFY(parseEnvironments("---\nenvironments: {a: {}}\n...\n", u"e.yaml"_s));
        QVERIFY(parseEnvironments("\xef\xbb\xbf"
                                  "environments: {a: {}}\n",
                                  u"e.yaml"_s));
        QVERIFY(parseEnvironments("environments:\r\n  a: {}\r\n", u"e.yaml"_s));
    }

    void aPasswordInAKeyIsRefused()
    {
        const auto result = parseEnvironments(
            "environments:\n  a:\n    variables:\n      \"postgres://a:b@c\": 1\n", u"e.yaml"_s);
        QVERIFY(!result);
        QVERIFY2(result.error().message.startsWith(u"e.yaml, line 4: A password"_s),
                 qPrintable(result.error().message));
    }

    void aliasesThatMultiplyAreRefusedInTime()
    {
        QByteArray yaml("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; ++i) {
            const QByteArray before = "*a" + QByteArray::number(i - 1);
            const QByteArray name = QByteArray::number(i);
            yaml += "a" + name + ": &a" + name + " [" + (before + ",").repeated(9) + before + "]\n";
        }
        const auto result = parseEnvironments(yaml, u"e.yaml"_s);
        QVERIFY(!result);
        QVERIFY2(result.error().message.contains(u"nested too deeply or repeats itself"_s),
                 qPrintable(result.error().message));
    }

    void whatIsNestedWithoutEndIsRefused()
    {
        const auto result = parseEnvironments(QByteArray(100'000, '['), u"e.yaml"_s);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Invalid);
    }

    void everyColourAndPortOfTheFormatIsTaken()
    {
        for (const char *colour : {"red", "amber", "teal"}) {
            const auto result = parseEnvironments(
                QByteArray("environments: {a: {colour: ") + colour + "}}", u"e.yaml"_s);
            QVERIFY(result);
            QCOMPARE(result->first().colour, QString::fromLatin1(colour));
        }
        for (const char *port : {"1", "65535"})
            QVERIFY(parseEnvironments(
                QByteArray("environments: {a: {connection: {port: ") + port + "}}}", u"e.yaml"_s));
        for (const char *port : {"0", "-1", "65536", "5432x", "", "[1]"})
            QVERIFY(!parseEnvironments(
                QByteArray("environments: {a: {connection: {port: ") + port + "}}}", u"e.yaml"_s));
    }

    void anEnvironmentMayBeCalledLikeASecret()
    {
        const auto result =
            parseEnvironments("environments:\n  token-service:\n    production: true\n", u"e"_s);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->first().name, u"token-service"_s);
        QVERIFY(!parseEnvironments("environments:\n  a:\n    password: {x: y}\n", u"e"_s));
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
        QTest::newRow("a list where a value stands")
            << QByteArray("environments:\n  a:\n    connection: {host: [db1, db2]}\n")
            << u"line 3: “host” must be a single value"_s;
        QTest::newRow("no connection behind its key")
            << QByteArray("environments:\n  a:\n    connection:\n")
            << u"the connection of “a” must be a map"_s;
        QTest::newRow("empty identifier")
            << QByteArray("environments:\n  a:\n    system_identifier: \"\"\n")
            << u"line 3: “system_identifier” must not be empty"_s;
        QTest::newRow("empty sql")
            << QByteArray("environments:\n  a:\n    probes: [{name: x, sql: \" \"}]\n")
            << u"line 3: “sql” must not be empty"_s;
        QTest::newRow("probe with another key")
            << QByteArray("environments:\n  a:\n    probes: [{name: x, sql: y, every: 5s}]\n")
            << u"line 3: “every” is not known in a probe of “a”"_s;
        QTest::newRow("yes is not true") << QByteArray("environments:\n  a:\n    production: yes\n")
                                         << u"line 3: “production” must be true or false"_s;
        QTest::newRow("variable with a newline in its name")
            << QByteArray("environments:\n  a:\n    variables: {\"A\\n\\nB\": x}\n")
            << u"is not a variable name"_s;
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
