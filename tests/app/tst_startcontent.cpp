// SPDX-License-Identifier: Apache-2.0
#include "startcontent.h"

#include "environment/environmentfile.h"
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

QTEST_GUILESS_MAIN(TestStartContent)
#include "tst_startcontent.moc"
