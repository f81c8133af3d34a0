// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"
#include "practicecommand.h"

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
Answer runsheet(const QStringList &arguments, const QTemporaryDir &data)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
        environment.remove(name);
    environment.insert(u"RUNSHEET_DATA"_s, data.path());
    environment.insert(u"RUNSHEET_PRACTICE"_s, data.filePath(u"p"_s));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(RUNSHEET_BINARY_DIR "/app/runsheet/runsheet"), arguments);
    process.waitForFinished();
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            .out = QString::fromUtf8(process.readAllStandardOutput()),
            .err = QString::fromUtf8(process.readAllStandardError())};
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
        QTest::addRow("no display") << QStringList{} << 2;
        QTest::addRow("practice stopped twice") << QStringList{u"practice"_s, u"--stop"_s} << 0;
    }
    void exitCodesAreAsDocumented()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const QTemporaryDir data;
        const Answer answer = runsheet(arguments, data);
        QVERIFY2(answer.code == code, qPrintable(answer.out + answer.err));
        // One channel speaks: results on standard output, problems on standard error.
        QCOMPARE(answer.err.isEmpty(), code != 2);
    }

    void bundledRunbookPassesItsCheck()
    {
        const QTemporaryDir data;
        const Answer answer = runsheet(
            {u"check"_s, QStringLiteral(RUNSHEET_SOURCE_DIR "/runbooks/practice.md")}, data);
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
