// SPDX-License-Identifier: Apache-2.0
#include "environment/environmentfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

Environment shop()
{
    return {.name = u"shop: “live”, #1"_s,
            .production = true,
            .colour = u"amber"_s,
            .connection = {.service = {},
                           .host = u"db1.example"_s,
                           .port = 5433,
                           .database = u"shop"_s,
                           .user = u"o'neil"_s,
                           .sslMode = u"verify-full"_s},
            .variables = {{u"ACCOUNT"_s, u"a: \"b\" \\ ü"_s}, {u"YES"_s, u"true"_s}},
            .expectedSystemIdentifier = u"7312447109820011"_s,
            .probes = {{.name = u"orders"_s, .sql = u"select 1\nfrom orders"_s}}};
}

QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestEnvironmentFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldComesBack();
    void theRestStaysAsItWas_data();
    void theRestStaysAsItWas();
    void refusals_data();
    void refusals();
    void fileAndFoldersAreMade();
    void theOneBesideTheRunbookWins();
    void unusableFilesAreNamed_data();
    void unusableFilesAreNamed();
    void anUnwritableFileIsLeftAlone();
};

void TestEnvironmentFile::everyFieldComesBack()
{
    const Result<QByteArray> text = withEnvironment({}, u"e.yaml"_s, shop());
    QVERIFY2(text, text ? "" : qPrintable(text.error().message));
    const Result<QList<Environment>> read = parseEnvironments(*text, u"e.yaml"_s);
    QVERIFY(read);
    QCOMPARE(*read, QList<Environment>{shop()});
}

void TestEnvironmentFile::theRestStaysAsItWas_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("two spaces") << QByteArray(
        "# ours\nenvironments:  # by stage\n  # first\n  a:\n    production: true\n");
    QTest::newRow("four spaces") << QByteArray("environments:\n    a: {production: true}\n");
    QTest::newRow("no last line end") << QByteArray("environments:\n  a: {production: true}");
    QTest::newRow("CRLF") << QByteArray("environments:\r\n  a: {production: true}\r\n");
    QTest::newRow("not ASCII") << QByteArray("# für\nenvironments:\n  ä: {production: true}\n");
}

void TestEnvironmentFile::theRestStaysAsItWas()
{
    QFETCH(QByteArray, before);
    const Result<QByteArray> after = withEnvironment(before, u"e.yaml"_s, shop());
    QVERIFY2(after, after ? "" : qPrintable(after.error().message));
    const Result<QList<Environment>> read = parseEnvironments(*after, u"e.yaml"_s);
    QVERIFY(read);
    QCOMPARE(read->size(), 2);
    QCOMPARE(read->constFirst(), shop());
    QVERIFY(read->constLast().production);
    // Every line of before is there, in order.
    qsizetype at = 0;
    for (const QByteArray &line : before.split('\n')) {
        at = after->indexOf(line, at);
        QVERIFY2(at >= 0, line.constData());
        at += line.size();
    }
}

void TestEnvironmentFile::refusals_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("message");
    QTest::newRow("name is taken")
        << QByteArray("environments:\n  'shop: “live”, #1': {}\n") << u"already"_s;
    QTest::newRow("on one line") << QByteArray("environments: {a: {production: true}}\n")
                                 << u"Write this below"_s;
    QTest::newRow("broken") << QByteArray("environments: [\n") << u"not valid YAML"_s;
}

void TestEnvironmentFile::refusals()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, message);
    const Result<QByteArray> result = withEnvironment(before, u"e.yaml"_s, shop());
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(message), qPrintable(result.error().message));

    Environment secret = shop();
    secret.variables = {{u"API_TOKEN"_s, u"x"_s}};
    const Result<QByteArray> refused = withEnvironment({}, u"e.yaml"_s, secret);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"password"_s), qPrintable(refused.error().message));
}

void TestEnvironmentFile::fileAndFoldersAreMade()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"config/runsheet/environments.yaml"_s);
    QVERIFY(addEnvironment(name, shop()));
    Environment other = shop();
    other.name = u"second"_s;
    QVERIFY(addEnvironment(name, other));
    const auto read = parseEnvironments(contents(name), name);
    QVERIFY(read);
    QCOMPARE(*read, (QList<Environment>{other, shop()}));
}

void TestEnvironmentFile::theOneBesideTheRunbookWins()
{
    QTemporaryDir folder;
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(folder.filePath(u"config"_s)));
    const QString runbook = folder.filePath(u"work/runbook.md"_s);
    QCOMPARE(*environmentsFor(runbook), QList<Environment>());
    Environment own = shop();
    own.connection.host = u"own"_s;
    Environment second = shop();
    second.name = u"second"_s;
    QVERIFY(addEnvironment(ownEnvironmentFile(), second));
    QVERIFY(addEnvironment(ownEnvironmentFile(), own));
    QVERIFY(addEnvironment(folder.filePath(u"work/environments.yaml"_s), shop()));
    QCOMPARE(*environmentsFor(runbook), (QList<Environment>{shop(), second}));
    QCOMPARE(*environmentsFor({}), (QList<Environment>{own, second}));
}

void TestEnvironmentFile::unusableFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no YAML") << "environments: [\n"_ba;
    QTest::newRow("password")
        << "environments:\n  a:\n    connection: { host: x, password: y }\n"_ba;
}

void TestEnvironmentFile::unusableFilesAreNamed()
{
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    const QString name = folder.filePath(u"environments.yaml"_s);
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();
    const auto read = environmentsFor(folder.filePath(u"add.md"_s));
    QVERIFY(!read);
    QVERIFY2(describe(read.error()).contains(name), qPrintable(describe(read.error())));
    QVERIFY2(!describe(read.error()).contains(u"password: y"_s), "nor is the password repeated");
    QVERIFY(file.remove());
    QVERIFY(QDir().mkdir(name));
    QVERIFY(!environmentsFor(folder.filePath(u"add.md"_s)));
}

void TestEnvironmentFile::anUnwritableFileIsLeftAlone()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"environments.yaml"_s);
    QVERIFY(QDir().mkpath(name)); // a folder where the file should be: root is refused as well
    const Result<void> result = addEnvironment(name, shop());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Unwritable);
    QVERIFY(result.error().message.contains(name));
}

QTEST_APPLESS_MAIN(TestEnvironmentFile)
#include "tst_environmentfile.moc"
