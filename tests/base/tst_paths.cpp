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

    void newFoldersAboveArePrivateToo()
    {
        const QTemporaryDir folder;
        QVERIFY(QFile::setPermissions(folder.path(),
                                      QFile::Permissions(0x7755))); // others may look in
        QVERIFY(ensurePrivateFolder(folder.filePath(u"a/b/../c/"_s)).hasValue());
        const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther;
        for (const QString &made : {u"a"_s, u"a/c"_s})
            QVERIFY(!(QFileInfo(folder.filePath(made)).permissions() & others));
        // What was there keeps its mode: it belongs to somebody.
        QVERIFY(QFileInfo(folder.path()).permissions() & QFile::ReadOther);
    }

    void aFolderThatIsThereIsUsedAsItIs()
    {
        const QTemporaryDir folder;
        const QFile::Permissions shared = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
            | QFile::ReadUser | QFile::WriteUser | QFile::ExeUser | QFile::ReadGroup;
        QVERIFY(QFile::setPermissions(folder.path(), shared));
        QVERIFY(ensurePrivateFolder(folder.path()).hasValue());
        QVERIFY(QFileInfo(folder.path()).permissions() & QFile::ReadGroup);
    }

    void aFileInTheWayIsNamed()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"x"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(!ensurePrivateFolder(file.fileName()));
        QVERIFY(!ensurePrivateFolder(file.fileName() + u"/below"_s));
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
