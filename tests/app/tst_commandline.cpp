// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"
#include "practicecommand.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

struct Answer
{
    int code = -1;
    QString out;
    QString err;
};

/// The program itself, without any display.
Answer call(const QStringList &arguments, const QString &data,
            const QMap<QString, QString> &added = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
        environment.remove(name);
    environment.insert(u"RUNSHEET_DATA"_s, data);
    environment.insert(u"RUNSHEET_PRACTICE"_s, data + u"/p"_s);
    for (auto it = added.begin(); it != added.end(); ++it)
        environment.insert(it.key(), it.value());
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(RUNSHEET_BINARY_DIR "/app/runsheet/runsheet"), arguments);
    process.waitForFinished();
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            .out = QString::fromUtf8(process.readAllStandardOutput()),
            .err = QString::fromUtf8(process.readAllStandardError())};
}

Answer call(const QStringList &arguments, const QTemporaryDir &data,
            const QMap<QString, QString> &added = {})
{
    return call(arguments, data.path(), added);
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exitCodesAreAsDocumented_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addRow("help") << QStringList{u"--help"_s} << 0;
        QTest::addRow("version") << QStringList{u"--version"_s} << 0;
        for (const QString &name : {u"check"_s, u"runs"_s, u"report"_s, u"verify"_s, u"practice"_s})
            QTest::addRow("%s --help", qPrintable(name)) << QStringList{name, u"--help"_s} << 0;
        QTest::addRow("runs") << QStringList{u"runs"_s} << 0;
        QTest::addRow("check nothing") << QStringList{u"check"_s} << 2;
        QTest::addRow("check missing") << QStringList{u"check"_s, u"/nowhere.md"_s} << 2;
        QTest::addRow("report nothing") << QStringList{u"report"_s} << 2;
        QTest::addRow("report unknown run") << QStringList{u"report"_s, u"99"_s} << 2;
        QTest::addRow("verify unknown run") << QStringList{u"verify"_s, u"99"_s} << 2;
        QTest::addRow("unknown option") << QStringList{u"practice"_s, u"--loud"_s} << 2;
        QTest::addRow("check unknown option") << QStringList{u"check"_s, u"--loud"_s} << 2;
        QTest::addRow("check a folder") << QStringList{u"check"_s, u"/tmp"_s} << 2;
        QTest::addRow("verify missing file")
            << QStringList{u"verify"_s, u"/nowhere/report.json"_s} << 2;
        QTest::addRow("runs with a name") << QStringList{u"runs"_s, u"1"_s} << 2;
        QTest::addRow("practice result unwritable")
            << QStringList{u"practice"_s, u"--unattended"_s, u"--result"_s, u"/proc/x"_s} << 2;
        QTest::addRow("no display") << QStringList{} << 2;
        QTest::addRow("practice stopped twice") << QStringList{u"practice"_s, u"--stop"_s} << 0;
    }
    void exitCodesAreAsDocumented()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const QTemporaryDir data;
        const Answer answer = call(arguments, data);
        QVERIFY2(answer.code == code, qPrintable(answer.out + answer.err));
        // One channel speaks: results on standard output, problems on standard error.
        QCOMPARE(answer.err.count(u'\n'), code == 2 ? 1 : 0);
        QCOMPARE(answer.out.isEmpty(), code == 2);
    }

    void runbookWithoutStepsIsAFinding_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("words") << "# Title\n\nAnd nothing to do.\n"_ba;
        QTest::newRow("no text") << QByteArray("\0\xff\xfe\n\0", 5);
    }
    void runbookWithoutStepsIsAFinding()
    {
        QFETCH(QByteArray, text);
        const QTemporaryDir data;
        QFile file(data.filePath(u"r.md"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const Answer answer = call({u"check"_s, file.fileName()}, data);
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.out.contains(u"no steps"_s), qPrintable(answer.out));
        QVERIFY2(answer.err.isEmpty(), qPrintable(answer.err));
    }

    /// Each with what it says, once, and nothing made or changed.
    void unusableDataIsSaidOnce_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("a file") << u"file"_s << u"no folder that you may read"_s;
        QTest::newRow("damaged journal") << u"damaged"_s << u"is damaged"_s;
        QTest::newRow("journal is a folder") << u"folder"_s << u"journal.sqlite"_s;
    }
    void unusableDataIsSaidOnce()
    {
        QFETCH(QString, kind);
        QFETCH(QString, words);
        const QTemporaryDir base;
        const QString data = base.filePath(u"data"_s);
        const QString journal = data + u"/journal.sqlite"_s;
        QVERIFY(kind == u"file"_s || QDir().mkdir(data));
        if (kind == u"folder"_s)
            QVERIFY(QDir().mkdir(journal));
        QFile file(kind == u"file"_s ? data : journal);
        if (kind != u"folder"_s) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray(8192, 'x'));
            file.close();
        }
        for (const QStringList &arguments :
             {QStringList{u"runs"_s}, {u"report"_s, u"1"_s}, {u"verify"_s, u"1"_s}}) {
            const Answer answer = call(arguments, data);
            QVERIFY2(answer.code == 2, qPrintable(answer.out + answer.err));
            QVERIFY2(answer.err.contains(words), qPrintable(answer.err));
            QCOMPARE(answer.err.count(u'\n'), 1);
            QVERIFY(answer.err.startsWith(u"runsheet %1: "_s.arg(arguments.constFirst())));
            QVERIFY(answer.out.isEmpty());
        }
        QCOMPARE(file.size(), kind == u"folder"_s ? file.size() : 8192);
    }

    void readingMakesNothing()
    {
        const QTemporaryDir base;
        const QString data = base.filePath(u"data"_s);
        for (const QStringList &arguments :
             {QStringList{u"runs"_s}, {u"report"_s, u"1"_s}, {u"verify"_s, u"1"_s}})
            static_cast<void>(call(arguments, data));
        QVERIFY(!QFile::exists(data));
    }

    void windowArgumentsAreChecked_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("words");
        QTest::newRow("option") << QStringList{u"--loud"_s} << u"loud"_s;
        QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s} << u"light or dark"_s;
        QTest::newRow("no theme") << QStringList{u"--theme"_s} << u"theme"_s;
        QTest::newRow("two runbooks") << QStringList{u"a.md"_s, u"b.md"_s} << u"one runbook"_s;
    }
    void windowArgumentsAreChecked()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, words);
        const QTemporaryDir data;
        const Answer answer = call(arguments, data, {{u"QT_QPA_PLATFORM"_s, u"offscreen"_s}});
        QVERIFY2(answer.code == 2, qPrintable(answer.err));
        QVERIFY2(answer.err.contains(words), qPrintable(answer.err));
        QVERIFY(answer.err.contains(u"runsheet --help"_s));
    }

    void bundledRunbookPassesItsCheck()
    {
        const QTemporaryDir data;
        const Answer answer =
            call({u"check"_s, QStringLiteral(RUNSHEET_SOURCE_DIR "/runbooks/practice.md")}, data);
        QVERIFY2(answer.code == 0, qPrintable(answer.out + answer.err));
    }

    void practiceOptionsAreRead_data()
    {
        using Mode = PracticeRequest::Mode;
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<PracticeRequest>("expected");
        const QString folder = u"practice-result"_s;
        QTest::addRow("window") << QStringList() << PracticeRequest{Mode::Window, folder};
        QTest::addRow("server") << QStringList{u"--no-window"_s}
                                << PracticeRequest{Mode::ServerOnly, folder};
        QTest::addRow("unattended") << QStringList{u"--unattended"_s, u"--result"_s, u"/tmp/x"_s}
                                    << PracticeRequest{Mode::Unattended, u"/tmp/x"_s};
        QTest::addRow("stop") << QStringList{u"--stop"_s} << PracticeRequest{Mode::Stop, folder};
        QTest::addRow("theme is the window's")
            << QStringList{u"--theme"_s, u"dark"_s} << PracticeRequest{Mode::Window, folder};
    }
    void practiceOptionsAreRead()
    {
        QFETCH(QStringList, arguments);
        QFETCH(PracticeRequest, expected);
        const Result<PracticeRequest> read = parsePracticeRequest(arguments);
        QVERIFY(read.hasValue());
        QCOMPARE(*read, expected);
    }

    void contradictingPracticeOptionsAreRefused()
    {
        QVERIFY(!parsePracticeRequest({u"--stop"_s, u"--no-window"_s}));
        QVERIFY(!parsePracticeRequest({u"--result"_s}));
        QVERIFY(!parsePracticeRequest({u"loud"_s}));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
