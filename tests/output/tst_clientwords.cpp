// SPDX-License-Identifier: Apache-2.0
#include "output/clientwords.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const QByteArray kCancelled = "psql:b.sql:4: ERROR:  canceling statement due to user request\n";
const QString kSaid = u"canceling statement due to user request"_s;

} // namespace

class TestClientWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastWordsAreFound_data()
    {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<QString>("words");
        const QByteArray lines = QByteArray("UPDATE 1\n").repeated(20);
        QTest::newRow("nothing") << QByteArray() << QString();
        QTest::newRow("no such words") << lines << QString();
        QTest::newRow("at the end") << lines + "Cancel request sent\n" + kCancelled << kSaid;
        QTest::newRow("with the text of the statement")
            << lines + kCancelled + "CONTEXT:  SQL statement \"with due as (\n"
                + QByteArray("            select id from orders\n").repeated(15)
                + "PL/pgSQL function inline_code_block line 13 at SQL statement\n"
            << kSaid;
        QTest::newRow("with what became of the connection")
            << "psql:b.sql:4: FATAL:  terminating connection due to administrator command\n"
               "psql:b.sql:4: server closed the connection unexpectedly\n"
               "\tThis probably means the server terminated abnormally\n"
               "psql:b.sql:4: error: connection to server was lost\n"_ba
            << u"terminating connection due to administrator command"_s;
        QTest::newRow("of an earlier statement") << kCancelled + lines << QString();
        QTest::newRow("followed by another message")
            << kCancelled + "psql:b.sql:9: ERROR:  relation \"x\" does not exist\n"
            << QString();
        QTest::newRow("followed by a statement that succeeded") << kCancelled
                + "retrying\nALTER TABLE\n" << QString();
        QTest::newRow("followed by the end of its transaction") << kCancelled + "ROLLBACK\n"
                                                                << kSaid;
        QTest::newRow("followed by other work of the tool") << kCancelled
                + "post-check failed: HTTP 500\n" << QString();
        QTest::newRow("with the stack of a program")
            << "error: update t set a = 1 - canceling statement due to user request\n"
               "    at Parser.parseErrorMessage (parser.js:283:98)\n"
               "{\n  length: 107,\n  code: '57014'\n}\n\nNode.js v18.20.4\n"_ba
            << kSaid;
        QTest::newRow("with the statement below it")
            << "(psycopg2.errors.QueryCanceled) canceling statement due to user request\n\n"
               "[SQL: CREATE TABLE t (\n\tid INTEGER\n)\n]\n"
               "(Background on this error at: https://sqlalche.me/e/14/e3q8)\n"_ba
            << kSaid;
        QTest::newRow("with what a tool makes of it") << kCancelled
                + "not ok\r\n\"psql\" unexpectedly returned exit value 3\r\n\r\nDeploy failed\r\n"
                                                      << kSaid;
        QTest::newRow("crash of the server")
            << "WARNING:  terminating connection because of crash of another server process\n"_ba
            << u"terminating connection because of crash of another server process"_s;
        QTest::newRow("another message below its context") << kCancelled
                + "CONTEXT:  PL/pgSQL function f()\n" + lines
                + "psql:b.sql:9: NOTICE:  done\n" << QString();
    }

    void theLastWordsAreFound()
    {
        QFETCH(const QByteArray, log);
        QTemporaryFile file;
        QVERIFY(file.open());
        QCOMPARE(file.write(log), log.size());
        file.close();
        QTEST(clientWordsIn(file.fileName()), "words");
    }

    void wordsLongBeforeTheEndAreOfOtherWork()
    {
        const QTemporaryDir folder;
        const QString log = folder.filePath(u"output.log"_s);
        const auto write = [&](const QString &name, const QByteArray &content) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(content), content.size());
        };
        write(u"output.log"_s, "begin\n" + kCancelled);
        write(u"timing"_s, "0 1000\n6 2000000\n");
        QCOMPARE(clientWordsIn(log, 4000), kSaid);
        QCOMPARE(clientWordsIn(log, 140'000), QString());
        QCOMPARE(clientWordsIn(log), kSaid); // it still runs, or nobody knows for how long it did
    }

    void withoutALogThereAreNone()
    {
        QCOMPARE(clientWordsIn(QString()), QString());
        QCOMPARE(clientWordsIn(u"/nonexistent/output.log"_s), QString());
    }
};

QTEST_GUILESS_MAIN(TestClientWords)
#include "tst_clientwords.moc"
