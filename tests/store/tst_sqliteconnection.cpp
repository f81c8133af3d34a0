// SPDX-License-Identifier: Apache-2.0
#include "store/sqliteconnection.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class SqliteConnectionTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;

    QString freshFile() { return m_folder.filePath(u"%1.sqlite"_s.arg(++m_count)); }

private Q_SLOTS:
    void settingsMakeACommitSurviveAPowerCut_data()
    {
        QTest::addColumn<QString>("pragma");
        QTest::addColumn<QString>("value");
        QTest::newRow("journal") << u"journal_mode"_s << u"delete"_s;
        QTest::newRow("sync") << u"synchronous"_s << u"3"_s; // EXTRA
        QTest::newRow("references") << u"foreign_keys"_s << u"1"_s;
        QTest::newRow("schema") << u"trusted_schema"_s << u"0"_s;
        QTest::newRow("memory map") << u"mmap_size"_s << u"0"_s;
        QTest::newRow("wait") << u"busy_timeout"_s << u"5000"_s;
    }
    void settingsMakeACommitSurviveAPowerCut()
    {
        QFETCH(const QString, pragma);
        SqliteConnection connection(freshFile());
        QVERIFY(connection.open());
        const auto value = connection.value(u"PRAGMA "_s + pragma);
        QVERIFY(value);
        QTEST(value->toString(), "value");
    }

    void nothingIsOpenedBeforeItIsAsked()
    {
        const QString file = freshFile();
        SqliteConnection connection(file);
        QVERIFY(!connection.isOpen());
        QVERIFY(!QFile::exists(file));
        QVERIFY(connection.open());
        QVERIFY(connection.open()); // again is fine
        QVERIFY(connection.isOpen());
        connection.close();
        connection.close();
        QVERIFY(!connection.isOpen());
        QVERIFY(connection.open());
    }

    void aNewFileIsPrivateAnOldOneKeepsItsMode()
    {
        const QString file = freshFile();
        const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
        {
            SqliteConnection connection(file);
            QVERIFY(connection.open());
            QVERIFY(connection.run(u"CREATE TABLE t (a)"_s));
        }
        QVERIFY(!(QFileInfo(file).permissions() & others));
        QVERIFY(QFile::setPermissions(file, QFileInfo(file).permissions() | QFile::ReadGroup));
        SqliteConnection connection(file);
        QVERIFY(connection.open());
        QVERIFY(QFileInfo(file).permissions() & QFile::ReadGroup);
    }

    void noConnectionIsLeftBehind()
    {
        const qsizetype before = QSqlDatabase::connectionNames().size();
        {
            SqliteConnection one(freshFile());
            SqliteConnection other(one.fileName());
            QVERIFY(one.open());
            QVERIFY(other.open());
            QCOMPARE(QSqlDatabase::connectionNames().size(), before + 2);
        }
        QCOMPARE(QSqlDatabase::connectionNames().size(), before);
    }

    void valuesAreBoundNotPasted()
    {
        SqliteConnection connection(freshFile());
        QVERIFY(connection.open());
        QVERIFY(connection.run(u"CREATE TABLE t (a)"_s));
        const QString nasty = u"'); DROP TABLE t; --"_s;
        QVERIFY(connection.run(u"INSERT INTO t VALUES (?)"_s, {nasty}));
        QCOMPARE(connection.value(u"SELECT a FROM t"_s)->toString(), nasty);
        QVERIFY(!connection.value(u"SELECT a FROM t WHERE a = ?"_s, {u"x"_s})->isValid());
    }

    void rollingBackTakesItBackAndMayBeRepeated()
    {
        SqliteConnection connection(freshFile());
        QVERIFY(connection.open());
        QVERIFY(connection.run(u"CREATE TABLE t (a)"_s));
        QVERIFY(connection.begin());
        QVERIFY(!connection.begin()); // not within one
        QVERIFY(connection.run(u"INSERT INTO t VALUES (1)"_s));
        connection.rollback();
        connection.rollback();
        QCOMPARE(connection.value(u"SELECT count(*) FROM t"_s)->toInt(), 0);
        QVERIFY(!connection.commit());
        QVERIFY(connection.begin());
        QVERIFY(connection.run(u"INSERT INTO t VALUES (1)"_s));
        QVERIFY(connection.commit());
        QCOMPARE(connection.value(u"SELECT count(*) FROM t"_s)->toInt(), 1);
    }

    void errorsAreToldApart()
    {
        SqliteConnection connection(freshFile());
        QVERIFY(connection.open());
        const auto wrong = connection.run(u"SELECT a FROM nowhere"_s);
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().kind, Error::Kind::Internal);
        QVERIFY2(wrong.error().detail.contains(u"nowhere"_s), // what SQLite said
                 qPrintable(wrong.error().detail));
        QVERIFY(wrong.error().message.contains(connection.fileName()));

        SqliteConnection nowhere(m_folder.filePath(u"missing/journal.sqlite"_s));
        QCOMPARE(nowhere.open().error().kind, Error::Kind::Unwritable);
        QVERIFY(!nowhere.isOpen());

        QFile text(freshFile());
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QByteArray(4096, 'x'));
        text.close();
        SqliteConnection damaged(text.fileName());
        QCOMPARE(damaged.open().error().kind, Error::Kind::Corrupt);
        QVERIFY(!damaged.isOpen());
    }

    void aLockHeldTooLongIsSaid()
    {
        const QString file = freshFile();
        SqliteConnection holder(file);
        QVERIFY(holder.open());
        QVERIFY(holder.run(u"CREATE TABLE t (a)"_s));
        SqliteConnection other(file);
        QVERIFY(other.open());
        QVERIFY(other.run(u"PRAGMA busy_timeout = 50"_s)); // so that the test need not wait
        QVERIFY(holder.begin());
        const auto refused = other.begin();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Unavailable);
        QVERIFY(refused.error().message.contains(u"Another program"_s));
        holder.rollback();
        QVERIFY(other.begin());
    }
};

QTEST_GUILESS_MAIN(SqliteConnectionTest)
#include "tst_sqliteconnection.moc"
