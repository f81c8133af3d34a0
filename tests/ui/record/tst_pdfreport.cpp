// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "base/sha256.h"
#include "record/pdfreport.h"
#include "record/reportexport.h"
#include "report/reportjson.h"
#include "report/reportsample.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <future>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::SampleRun;

namespace
{

/// What pdftotext reads, a string for each page.
QStringList pagesOf(const QByteArray &pdf)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"report.pdf"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(pdf) != pdf.size())
        return {};
    file.close();
    QProcess reader;
    reader.start(u"pdftotext"_s, {u"-layout"_s, file.fileName(), u"-"_s});
    if (!reader.waitForFinished())
        return {};
    QStringList pages = QString::fromUtf8(reader.readAllStandardOutput()).split(u'\f');
    if (!pages.isEmpty() && pages.constLast().isEmpty())
        pages.removeLast();
    return pages;
}

Report longReport(bool finished)
{
    SampleRun run;
    Report report = buildReport(test::reportInput(test::reportEvents(run, finished)));
    QStringList lines;
    for (int i = 0; i < 150; ++i)
        lines += u"log line number %1"_s.arg(i);
    report.logs = {{.execution = report.commands.constFirst().execution, .head = lines}};
    report.deviations[0].reason = QString(200, u'w') + u" "_s + u"long reason "_s.repeated(700);
    return report;
}

} // namespace

class PdfReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void textCanBeSearched();
    void longContentGoesOnOverPagesWithNumbersAndHash();
    void unfinishedRunIsStampedOnEveryPage();
    void chartIsDrawnAsLinesNotAsAPicture();
    void workerThreadsDrawTheSamePagesAtTheSameTime();
    void fullDiskKeepsTheOldReport();
    void exportKeepsTheOldFileWhenItCannotWrite();
    void namesAndFormats();
};

void PdfReportTest::init()
{
    if (QStandardPaths::findExecutable(u"pdftotext"_s).isEmpty())
        QSKIP("pdftotext is not installed (package poppler-utils)");
}

void PdfReportTest::textCanBeSearched()
{
    SampleRun run;
    const auto pdf = renderPdf(buildReport(test::reportInput(test::reportEvents(run))));
    QVERIFY(pdf);
    QVERIFY(pdf->startsWith("%PDF-"));
    const QString text = pagesOf(*pdf).join(u'\n').simplified();
    for (const QString &expected :
         {u"PRODUCTION"_s, u"Add notifications"_s, u"completed with 4 deviations"_s,
          u"Run 14 · change CHG-2231"_s, u"Deviations"_s, u"support is closed"_s,
          u"Create a backup"_s, u"Rosa"_s, u"Deniz"_s, u"pg_dump -Fc shop > shop.dump"_s,
          u"exit 0"_s, u"7312447109820011"_s, u"Not proven:"_s, u"runsheet verify run-14.json"_s})
        QVERIFY2(text.contains(expected), qPrintable(expected + u"\n"_s + text));
}

void PdfReportTest::longContentGoesOnOverPagesWithNumbersAndHash()
{
    const Report report = longReport(true);
    const QString hash = sha256Hex(reportToJson(report));
    const auto pdf = renderPdf(report);
    QVERIFY(pdf);
    const QStringList pages = pagesOf(*pdf);
    QVERIFY(pages.size() >= 4);
    for (qsizetype i = 0; i < pages.size(); ++i) {
        QVERIFY(pages.at(i).contains(u"%1 of %2"_s.arg(i + 1).arg(pages.size())));
        QVERIFY2(pages.at(i).contains(hash.left(16)), qPrintable(hash + u'\n' + pages.at(i)));
    }
    const QString text = pages.join(u'\n');
    QVERIFY(text.contains(u"log line number 0"_s));
    QVERIFY(text.contains(u"log line number 149"_s));
    QCOMPARE(text.count(u"long reason"_s) + text.count(QRegularExpression(u"long *\n"_s)) > 300,
             true);
}

void PdfReportTest::unfinishedRunIsStampedOnEveryPage()
{
    const auto open = renderPdf(longReport(false));
    QVERIFY(open);
    for (const QString &page : pagesOf(*open)) {
        // Turned text comes out letter by letter.
        QString letters = page;
        letters.remove(QRegularExpression(u"\\s"_s));
        for (const QChar c : u"INCOMPLETE"_s)
            QVERIFY(letters.contains(c));
    }
    const auto closed = renderPdf(longReport(true));
    QVERIFY(open->size() != closed->size());
}

void PdfReportTest::chartIsDrawnAsLinesNotAsAPicture()
{
    SampleRun run;
    const auto pdf = renderPdf(buildReport(test::reportInput(test::reportEvents(run))));
    QVERIFY(pdf);
    QVERIFY(!pdf->contains("/Subtype /Image"));
    const QString text = pagesOf(*pdf).join(u'\n');
    for (const QString &label : {u"p50"_s, u"p95"_s, u"p99"_s})
        QVERIFY(text.contains(label));
}

/// The window exports on a worker thread while it draws itself on its own.
void PdfReportTest::workerThreadsDrawTheSamePagesAtTheSameTime()
{
    const Report report = longReport(false);
    const auto expected = renderPdf(report);
    QVERIFY(expected);
    const QStringList pages = pagesOf(*expected);
    constexpr int kThreads = 4;
    std::array<std::future<Result<QByteArray>>, kThreads> workers;
    for (auto &worker : workers)
        worker = std::async(std::launch::async, [&report] { return renderPdf(report); });
    QImage window(400, 300, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&window);
    for (int size = 6; size < 60; ++size) {
        painter.setFont(QFont(size % 2 == 0 ? u"monospace"_s : u"sans"_s, size));
        painter.drawText(10, 100, u"drawn meanwhile %1"_s.arg(size));
    }
    painter.end();
    for (auto &worker : workers) {
        const Result<QByteArray> pdf = worker.get();
        QVERIFY(pdf);
        QCOMPARE(pdf->size(), expected->size());
        QCOMPARE(pagesOf(*pdf), pages);
    }
}

void PdfReportTest::fullDiskKeepsTheOldReport()
{
    QTemporaryDir folder;
    SampleRun run;
    const Report report = buildReport(test::reportInput(test::reportEvents(run)));
    const QString target = folder.filePath(u"report.json"_s);
    QVERIFY(exportReport(report, ReportFormat::Json, target));
    const auto contents = [&target] {
        QFile file(target);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray before = contents();
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit small{.rlim_cur = 1000, .rlim_max = limit.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto refused = exportReport(report, ReportFormat::Json, target);
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, previous);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Unwritable);
    QVERIFY(refused.error().message.contains(u"free there"_s));
    QCOMPARE(contents(), before);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"report.json"_s});
}

void PdfReportTest::exportKeepsTheOldFileWhenItCannotWrite()
{
    QTemporaryDir folder;
    SampleRun run;
    const Report report = buildReport(test::reportInput(test::reportEvents(run)));
    const auto nowhere =
        exportReport(report, ReportFormat::Html, folder.filePath(u"missing/report.html"_s));
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().kind, Error::Kind::Unwritable);
    QVERIFY(nowhere.error().message.contains(u"missing/report.html"_s));

    const QString target = folder.filePath(u"report.json"_s);
    QVERIFY(exportReport(report, ReportFormat::Json, target));
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    QCOMPARE(before, reportToJson(report));
    // A full device: the file that is there must survive. /dev/full cannot be renamed onto.
    QVERIFY(!exportReport(report, ReportFormat::Json, folder.path()));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"report.json"_s});
    file.seek(0);
    QCOMPARE(file.readAll(), before);
}

void PdfReportTest::namesAndFormats()
{
    QCOMPARE(defaultReportName(14, u"009 Add: notification/system"_s, ReportFormat::Html),
             u"run-14-009-add-notification-system.html"_s);
    QCOMPARE(reportFormatOf(u"/x/a.HTM"_s), ReportFormat::Html);
    QCOMPARE(reportFormatOf(u"a.pdf"_s), ReportFormat::Pdf);
    QVERIFY(!reportFormatOf(u"a.docx"_s));
    QVERIFY(!reportFormat(u"markdown"_s));
}

QTEST_MAIN(PdfReportTest)
#include "tst_pdfreport.moc"
