// SPDX-License-Identifier: Apache-2.0
#include "servermemory.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

/// What one window saw on the server, the next one knows.
class TestServerMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nextWindowKnowsIt();
    void executionsAreKeptApart();
};

void TestServerMemory::nextWindowKnowsIt()
{
    const QTemporaryDir folder;
    const QString log = folder.filePath(u"output.log"_s);
    const ExecutionId id{u"e"_s};
    const QString odd = u"an odd\nname=%41 "_s;
    ServerMemory memory;
    QVERIFY(!memory.of(id, log).wasSeen);
    memory.saw(id, log, 0);
    memory.sawIn(id, log, {});
    memory.saw(id, log, 4'294'967'999);
    memory.sawIn(id, log, odd);
    memory.sawIn(id, log, odd);
    memory.sawIndex(id, log, false);
    memory.sawIndex(id, log, true); // by then it may be the command's own work

    ServerMemory next;
    for (const ServerHistory &history : {memory.of(id, log), next.of(id, log)}) {
        QVERIFY(history.wasSeen);
        QCOMPARE(history.transactions, QList<qint64>{4'294'967'999});
        QCOMPARE(history.databases, (QStringList{QString(), odd}));
        QCOMPARE(history.indexWasReady, false);
    }
}

void TestServerMemory::executionsAreKeptApart()
{
    const QTemporaryDir folder;
    ServerMemory memory;
    memory.saw({u"e"_s}, {}, 750);
    QVERIFY(memory.of({u"e"_s}, {}).wasSeen);
    QVERIFY(!memory.of({u"f"_s}, folder.filePath(u"output.log"_s)).wasSeen);
}

QTEST_GUILESS_MAIN(TestServerMemory)
#include "tst_servermemory.moc"
