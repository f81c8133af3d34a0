// SPDX-License-Identifier: Apache-2.0
#include "startcontent.h"

#include "runbook/parser.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

void put(const QString &name, const QByteArray &content)
{
    QVERIFY(QDir().mkpath(QFileInfo(name).path()));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QStringList namesOf(const QList<Environment> &environments)
{
    QStringList names;
    for (const Environment &environment : environments)
        names += environment.name;
    return names;
}

constexpr char kOwn[] = R"(environments:
  staging:
    connection: { host: own, database: shop }
  production:
    connection: { host: own, database: shop }
)";

} // namespace

class TestStartContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bundledRunbooksAreOffered();
    void withoutAJournalTheRunbooksAreThere();
    void runsAreCounted_data();
    void runsAreCounted();
    void cardNamesWhatIsInTheRunbook();
    void environmentsComeFromBothPlaces();
    void withoutFilesThereAreNone();
    void unusableFilesAreNamed_data();
    void unusableFilesAreNamed();

private:
    std::unique_ptr<QTemporaryDir> m_home; ///< of the configuration
    std::unique_ptr<QTemporaryDir> m_runbooks;
};

void TestStartContent::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_runbooks = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_home->path()));
}

void TestStartContent::bundledRunbooksAreOffered()
{
    const StartContent content = startContent({});
    QVERIFY(content.runbooks.size() >= 5);
    for (const RunbookCard &card : content.runbooks) {
        QVERIFY2(!card.title.isEmpty() && !card.subtitle.isEmpty() && card.items > 0,
                 qPrintable(card.file));
        QVERIFY2(card.file.startsWith(u":/"_s) && QFile::exists(card.file), qPrintable(card.file));
    }
}

void TestStartContent::withoutAJournalTheRunbooksAreThere()
{
    const StartContent content = startContentWithoutRuns();
    QCOMPARE(content.runbooks, startContent({}).runbooks);
    QVERIFY(!content.runbooks.isEmpty());
    QVERIFY(!content.journalRead);
    QVERIFY(startContent({}).journalRead);
}

void TestStartContent::runsAreCounted_data()
{
    QTest::addColumn<int>("runs");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << 0 << u"0 runs"_s;
    QTest::newRow("one") << 1 << u"1 run"_s;
    QTest::newRow("two") << 2 << u"2 runs"_s;
}

void TestStartContent::runsAreCounted()
{
    QFETCH(int, runs);
    QFETCH(QString, words);
    const StartContent content = startContent(QList<RunSummary>(runs));
    QCOMPARE(content.runs.size(), runs);
    QVERIFY2(content.journalLine.endsWith(words), qPrintable(content.journalLine));
}

void TestStartContent::cardNamesWhatIsInTheRunbook()
{
    const QString file = m_runbooks->filePath(u"add.md"_s);
    put(file,
        "# Add a table\n\n## 1 Hour Before\n\n- [ ] Tell people\n\n## Execution\n\n### Step 1: "
        "Go\n\n"
        "```bash\ntrue\n```\n\n## Rollback\n\n### Scenario 1: Broken\n\n- [ ] Drop it\n\n"
        "## Contacts\n\nAda\n");
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook);
    const RunbookCard card = cardOf(*runbook);
    QCOMPARE(card.title, u"Add a table"_s);
    QCOMPARE(card.file, file);
    QCOMPARE(card.items, runbook->signableSteps());
    QVERIFY2(card.subtitle.endsWith(u"1 rollback scenario"_s), qPrintable(card.subtitle));
    QVERIFY2(!card.subtitle.contains(u"Contacts"_s), qPrintable(card.subtitle));
}

/// What stands beside the runbook goes before what is the person's own.
void TestStartContent::environmentsComeFromBothPlaces()
{
    put(m_home->filePath(u"runsheet/environments.yaml"_s), kOwn);
    put(m_runbooks->filePath(u"environments.yaml"_s),
        "environments:\n  production:\n    connection: { host: beside, database: shop }\n");
    const auto own = environmentsFor({});
    QVERIFY2(own, own ? "" : qPrintable(describe(own.error())));
    QStringList names = namesOf(*own);
    names.sort();
    QCOMPARE(names, QStringList({u"production"_s, u"staging"_s}));
    const auto both = environmentsFor(m_runbooks->filePath(u"add.md"_s));
    QVERIFY(both);
    QCOMPARE(both->size(), 2);
    QCOMPARE(both->constFirst().name, u"production"_s);
    QCOMPARE(both->constFirst().connection.host, u"beside"_s);
    QCOMPARE(both->constLast().connection.host, u"own"_s);
}

void TestStartContent::withoutFilesThereAreNone()
{
    const auto none = environmentsFor(m_runbooks->filePath(u"add.md"_s));
    QVERIFY(none);
    QVERIFY(none->isEmpty());
    QVERIFY(environmentsFor(u":/runbooks/practice.md"_s));
}

void TestStartContent::unusableFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no YAML") << "environments: [\n"_ba;
    QTest::newRow("password")
        << "environments:\n  a:\n    connection: { host: x, password: y }\n"_ba;
}

void TestStartContent::unusableFilesAreNamed()
{
    QFETCH(QByteArray, content);
    const QString file = m_runbooks->filePath(u"environments.yaml"_s);
    put(file, content);
    const auto read = environmentsFor(m_runbooks->filePath(u"add.md"_s));
    QVERIFY(!read);
    QVERIFY2(describe(read.error()).contains(file), qPrintable(describe(read.error())));
    QVERIFY2(!describe(read.error()).contains(u"password: y"_s), "nor is the password repeated");
    QFile::remove(file);
    QVERIFY(QDir().mkdir(file));
    QVERIFY(!environmentsFor(m_runbooks->filePath(u"add.md"_s)));
}

QTEST_GUILESS_MAIN(TestStartContent)
#include "tst_startcontent.moc"
