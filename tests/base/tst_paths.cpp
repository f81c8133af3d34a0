// SPDX-License-Identifier: Apache-2.0
#include "base/paths.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void environmentChoosesTheDataFolder()
    {
        qputenv("RUNSHEET_DATA", "/tmp/somewhere/../else");
        QCOMPARE(Paths::standard().data(), u"/tmp/else"_s);
        qunsetenv("RUNSHEET_DATA");
        QVERIFY(Paths::standard().data().endsWith(u"/runsheet"_s));
    }

    void everythingLivesBelowTheDataFolder()
    {
        const Paths paths(u"/d"_s);
        const RunId run{u"r"_s};
        QCOMPARE(paths.journal(), u"/d/journal.sqlite"_s);
        QCOMPARE(paths.samples(run), u"/d/runs/r/samples.tsv"_s);
        QCOMPARE(paths.execution(run, {u"e"_s}), u"/d/runs/r/executions/e"_s);
    }

    void newFoldersArePrivate()
    {
        const QTemporaryDir folder;
        const QString fresh = folder.filePath(u"a"_s);
        QVERIFY(ensurePrivateFolder(fresh).hasValue());
        const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther;
        QVERIFY(!(QFileInfo(fresh).permissions() & others));
    }

    void unusableFolderIsNamed()
    {
        const Result<void> made = ensurePrivateFolder(u"/proc/nothing/here"_s);
        QVERIFY(!made);
        QCOMPARE(made.error().kind, Error::Kind::Unwritable);
        QVERIFY(made.error().message.contains(u"/proc/nothing/here"_s));
    }
};

QTEST_GUILESS_MAIN(TestPaths)
#include "tst_paths.moc"
