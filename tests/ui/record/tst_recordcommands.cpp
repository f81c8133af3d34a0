// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "report/reportsample.h"
#include "reportcommand.h"
#include "runscommand.h"
#include "store/journaldatabase.h"
#include "verifycommand.h"

#include <QBuffer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::SampleRun;

namespace
{

struct Outcome
{
    int code = -1;
    QString out;
    QString err;
};

using SubCommand = int (*)(const QStringList &, const Paths &, QTextStream &, QTextStream &);

Outcome call(SubCommand command, const Paths &paths, const QStringList &arguments)
{
    QBuffer out;
    QBuffer err;
    out.open(QIODevice::WriteOnly);
    err.open(QIODevice::WriteOnly);
    Outcome outcome;
    {
        QTextStream outStream(&out);
        QTextStream errStream(&err);
        outcome.code = command(arguments, paths, outStream, errStream);
    }
    outcome.out = QString::fromUtf8(out.data());
    outcome.err = QString::fromUtf8(err.data());
    return outcome;
}

} // namespace

class RecordCommandsTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    SampleRun m_run;
    SampleRun m_broken;

    [[nodiscard]] Paths paths() const { return Paths(m_folder.filePath(u"data"_s)); }
    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }
    void breakSecondRun() const;

private Q_SLOTS:
    void initTestCase();
    void runsAreListed();
    void runsOfAnEmptyFolderMakeNoJournal();
    void helpAndUsage_data();
    void helpAndUsage();
    void reportGoesToStandardOutput();
    void reportGoesToFilesBySuffix();
    void unfinishedOrBrokenRunsAreExportedToo();
    void verifyTellsIntactFromBroken();
    void exportedReportVerifiesOnItsOwn();
    void unreadableInputsAreErrors_data();
    void unreadableInputsAreErrors();
};

void RecordCommandsTest::initTestCase()
{
    JournalDatabase journal(paths());
    for (const RunEvent &event : test::reportEvents(m_run))
        QVERIFY(journal.append(event));
    for (const RunEvent &event : test::reportEvents(m_broken, false))
        QVERIFY(journal.append(event));
    breakSecondRun();
}

void RecordCommandsTest::breakSecondRun() const
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        database.setDatabaseName(paths().journal());
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(u"DROP TRIGGER event_never_changes"_s));
        QVERIFY(
            query.exec(u"UPDATE event SET body = replace(body, 'closed', 'open') WHERE run = 2"_s));
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
}

void RecordCommandsTest::runsAreListed()
{
    const Outcome text = call(runRuns, paths(), {});
    QCOMPARE(text.code, 0);
    QCOMPARE(text.out.count(u'\n'), 2);
    QVERIFY(text.out.contains(u"Add notifications"_s));

    const Outcome json = call(runRuns, paths(), {u"--json"_s});
    QCOMPARE(json.code, 0);
    const QJsonArray runs = QJsonDocument::fromJson(json.out.toUtf8()).array();
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs[0]["number"_L1].toInteger(), 2);
    QCOMPARE(runs[0]["status"_L1].toString(), u"in progress"_s);
    QCOMPARE(runs[1]["status"_L1].toString(), u"completed"_s);
    QCOMPARE(runs[1]["id"_L1].toString(), m_run.id.value);
    QCOMPARE(runs[1]["closed_steps"_L1].toInteger(), 4);
}

void RecordCommandsTest::runsOfAnEmptyFolderMakeNoJournal()
{
    const Paths empty(file(u"empty"_s));
    const Outcome outcome = call(runRuns, empty, {});
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out.startsWith(u"No runs yet."_s));
    QCOMPARE(call(runReport, empty, {u"1"_s}).code, 2);
    QVERIFY(!QFile::exists(empty.journal()));
}

void RecordCommandsTest::helpAndUsage_data()
{
    QTest::addColumn<int>("command");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("report help") << 0 << QStringList{u"--help"_s} << 0;
    QTest::newRow("verify help") << 1 << QStringList{u"-h"_s} << 0;
    QTest::newRow("runs help") << 2 << QStringList{u"--help"_s} << 0;
    QTest::newRow("report without a run") << 0 << QStringList{} << 2;
    QTest::newRow("report of two") << 0 << QStringList{u"1"_s, u"2"_s} << 2;
    QTest::newRow("report format") << 0 << QStringList{u"1"_s, u"--format"_s, u"docx"_s} << 2;
    QTest::newRow("report suffix") << 0 << QStringList{u"1"_s, u"-o"_s, u"x.docx"_s} << 2;
    QTest::newRow("report option") << 0 << QStringList{u"1"_s, u"--colour"_s} << 2;
    QTest::newRow("verify without") << 1 << QStringList{} << 2;
    QTest::newRow("verify option") << 1 << QStringList{u"--fast"_s} << 2;
    QTest::newRow("runs with a name") << 2 << QStringList{u"3"_s} << 2;
}

void RecordCommandsTest::helpAndUsage()
{
    QFETCH(const int, command);
    QFETCH(const QStringList, arguments);
    QFETCH(const int, code);
    const SubCommand commands[] = {runReport, runVerify, runRuns};
    const Outcome outcome = call(commands[command], paths(), arguments);
    QCOMPARE(outcome.code, code);
    QCOMPARE(outcome.out.startsWith(u"Usage: runsheet "_s), code == 0);
    QCOMPARE(outcome.err.isEmpty(), code == 0);
    if (code == 0)
        QVERIFY(outcome.out.contains(u"Exit: "_s));
}

void RecordCommandsTest::reportGoesToStandardOutput()
{
    const Outcome html = call(runReport, paths(), {u"1"_s});
    QCOMPARE(html.code, 0);
    QVERIFY(html.out.startsWith(u"<!DOCTYPE html>"_s));
    const Outcome json = call(runReport, paths(),
                              {m_run.id.value.left(8), u"--format"_s, u"json"_s, u"-o"_s, u"-"_s});
    QCOMPARE(json.code, 0);
    QVERIFY(parseJsonObject(json.out.toUtf8()));
}

void RecordCommandsTest::reportGoesToFilesBySuffix()
{
    for (const auto &[name, start] : {std::pair{u"r.html"_s, QByteArray("<!DOCTYPE")},
                                      std::pair{u"r.json"_s, QByteArray("{\"chain\"")},
                                      std::pair{u"r.pdf"_s, QByteArray("%PDF-")}}) {
        const Outcome outcome = call(runReport, paths(), {u"1"_s, u"-o"_s, file(name)});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
        QCOMPARE(outcome.out, u"Written: %1\n"_s.arg(file(name)));
        QVERIFY(outcome.err.isEmpty());
        QFile written(file(name));
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.readAll().startsWith(start));
    }
}

void RecordCommandsTest::unfinishedOrBrokenRunsAreExportedToo()
{
    const Outcome outcome = call(runReport, paths(), {u"2"_s, u"--format"_s, u"html"_s});
    QCOMPARE(outcome.code, 1);
    QVERIFY(outcome.err.contains(u"event 11"_s));
    QVERIFY(outcome.out.contains(u"INCOMPLETE"_s));
    QVERIFY(outcome.out.contains(u"Chain BROKEN at event 11"_s));
}

void RecordCommandsTest::verifyTellsIntactFromBroken()
{
    const Outcome intact = call(runVerify, paths(), {u"1"_s});
    QCOMPARE(intact.code, 0);
    QVERIFY(intact.out.contains(u"is intact"_s));
    const Outcome broken = call(runVerify, paths(), {u"2"_s});
    QCOMPARE(broken.code, 1);
    QVERIFY(broken.out.contains(u"BROKEN at event 11"_s));
    const QJsonObject json =
        *parseJsonObject(call(runVerify, paths(), {u"2"_s, u"--json"_s}).out.toUtf8());
    QCOMPARE(json["holds"_L1].toBool(true), false);
    QCOMPARE(json["first_bad"_L1].toInteger(), 11);
}

void RecordCommandsTest::exportedReportVerifiesOnItsOwn()
{
    const QString name = file(u"alone.json"_s);
    QCOMPARE(call(runReport, paths(), {u"1"_s, u"-o"_s, name}).code, 0);
    const Paths elsewhere(file(u"elsewhere"_s));
    const Outcome fine = call(runVerify, elsewhere, {name});
    QVERIFY2(fine.code == 0, qPrintable(fine.out + fine.err));

    QFile report(name);
    QVERIFY(report.open(QIODevice::ReadWrite));
    QByteArray bytes = report.readAll();
    report.resize(0);
    report.seek(0);
    report.write(bytes.replace("1.2 GB", "9.9 GB"));
    report.close();
    const Outcome changed = call(runVerify, elsewhere, {name});
    QCOMPARE(changed.code, 1);
    QVERIFY(changed.out.contains(u"BROKEN at event 10"_s));
}

void RecordCommandsTest::unreadableInputsAreErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no such run") << QStringList{u"77"_s};
    QTest::newRow("no such file") << QStringList{u"/nonexistent/report.json"_s};
    QTest::newRow("no report") << QStringList{
        QStringLiteral(RUNSHEET_SOURCE_DIR "/CMakeLists.txt")};
}

void RecordCommandsTest::unreadableInputsAreErrors()
{
    QFETCH(const QStringList, arguments);
    const Outcome outcome = call(runVerify, paths(), arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY(!outcome.err.isEmpty());
    QVERIFY(outcome.out.isEmpty());
}

QTEST_MAIN(RecordCommandsTest)
#include "tst_recordcommands.moc"
