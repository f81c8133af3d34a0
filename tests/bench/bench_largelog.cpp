// SPDX-License-Identifier: Apache-2.0
// Logs of the sizes that go wrong elsewhere: a finished one of a gigabyte, a line of 100 MB, lines
// of ten thousand escape sequences.
#include "log/logpane.h"
#include "log/logview.h"
#include "support/benchreport.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr qint64 kGigabyte = 1'000'000'000;
constexpr qint64 kLongLine = 100'000'000;
constexpr int kEscapeLines = 3000;
constexpr int kEscapes = 10'000;
constexpr double kShowAim = 300; // ms
constexpr double kMemoryAim = 80; // MB
constexpr double kFindAim = 1000; // MB/s
constexpr double kStallAim = 50; // ms

/// Writes until the size is reached what `line` gives for each line number.
bool write(const QString &path, qint64 size, const std::function<QByteArray(int)> &line)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QByteArray block;
    for (int number = 0; file.size() + block.size() < size; ++number) {
        block += line(number);
        if (block.size() > 1 << 20)
            file.write(std::exchange(block, {}));
    }
    return file.write(block) == block.size();
}

QByteArray usualLine(int number)
{
    return "2026-11-20T02:08:23.114Z INFO migrate batch "
        + QByteArray::number(number).rightJustified(8, '0')
        + " of 10000000 rows copied into notifications, no waits, 12 ms\n";
}

/// Turns the event loop until something has happened and measures the longest time it stood still.
class Loop final : public QObject
{
public:
    struct Watched
    {
        double total = 0; ///< ms
        double stall = 0; ///< ms
    };

    /// The wish is spoken, then the loop turns until done() holds.
    Watched run(const std::function<void()> &wish, const std::function<bool()> &done)
    {
        Watched watched;
        QElapsedTimer total;
        QElapsedTimer sinceBeat;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] {
            watched.stall = std::max(watched.stall, milliseconds(sinceBeat));
            sinceBeat.start();
            if (done())
                QCoreApplication::quit();
        });
        total.start();
        sinceBeat.start();
        wish();
        beat.start(0);
        QCoreApplication::exec();
        watched.total = milliseconds(total);
        return watched;
    }

private:
    static double milliseconds(const QElapsedTimer &timer)
    {
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }
};

void report(const QString &name, double value, const QString &unit, const QString &aim, bool met)
{
    bench::report({.name = name,
                   .value = value,
                   .unit = unit,
                   .reference = {},
                   .referenceValue = 0,
                   .aim = aim,
                   .met = met});
}

void reportStall(const QString &name, double stall)
{
    report(u"longest stall, "_s + name, stall, u"ms"_s, u"≤ 50 ms"_s, stall <= kStallAim);
}

/// How long it takes to read the file and do nothing with it.
double readingTime(const QString &path)
{
    QFile file(path);
    QByteArray block(256 * 1024, Qt::Uninitialized);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return 0;
    return bench::milliseconds([&] {
        while (file.read(block.data(), block.size()) > 0) { }
    });
}

void measureFind(Loop &loop, LogView &view, const QString &name, const LogQuery &query,
                 double reading, bool hasAim)
{
    const auto found =
        loop.run([&] { view.setSearch(query); }, [&] { return !view.tail().isSearching(); });
    const double rate = static_cast<double>(view.log().index().size()) / 1e3 / found.total;
    bench::report({.name = name,
                   .value = rate,
                   .unit = u"MB/s"_s,
                   .reference = u"reading alone"_s,
                   .referenceValue = static_cast<double>(view.log().index().size()) / 1e3 / reading,
                   .aim = hasAim ? u"≥ 1,000 MB/s"_s : QString(),
                   .met = !hasAim || rate >= kFindAim});
    reportStall(name, found.stall);
}

void measureGigabyte(Loop &loop, LogPane &pane, const QString &path)
{
    LogView &view = *pane.view();
    bool isCaughtUp = false;
    QObject::connect(&view.tail(), &LogTail::caughtUp, &view, [&] { isCaughtUp = true; });
    const double reading = readingTime(path);
    const auto shown = loop.run([&] { pane.showLog(u"bench"_s, path, false, false); },
                                [&] {
                                    const QStringList lines = view.visibleText();
                                    return !lines.isEmpty() && lines.last().contains(u"12 ms"_s)
                                        && view.firstVisibleLine() > 0;
                                });
    const double frame = bench::milliseconds([&] { pane.grab(); });
    report(u"open a log of 1 GB and show its end"_s, shown.total + frame, u"ms"_s, u"≤ 300 ms"_s,
           shown.total + frame <= kShowAim);
    QElapsedTimer timer;
    timer.start();
    const auto counted = loop.run([] {}, [&] { return view.log().isWhole(); });
    bench::report({.name = u"… until every line has its number"_s,
                   .value = counted.total,
                   .unit = u"ms"_s,
                   .reference = u"reading alone"_s,
                   .referenceValue = reading});
    const auto searched = loop.run([] {}, [&] { return isCaughtUp; });
    bench::report({.name = u"… until every error line is known"_s,
                   .value = searched.total,
                   .unit = u"ms"_s,
                   .reference = u"reading alone"_s,
                   .referenceValue = reading});
    reportStall(u"opening a log of 1 GB"_s, std::max({shown.stall, counted.stall, searched.stall}));
    measureFind(loop, view, u"find in 1 GB, ignoring case"_s, {u"deadlock"_s, false, false},
                reading, true);
    measureFind(loop, view, u"find in 1 GB, exact"_s, {u"deadlock"_s, true, false}, reading, true);
    measureFind(loop, view, u"find in 1 GB, last line"_s, {u"batch 09"_s, true, false}, reading,
                true);
    const double memory = bench::peakMemoryMb();
    report(u"peak memory with a log of 1 GB open"_s, memory, u"MB"_s, u"≤ 80 MB"_s,
           memory <= kMemoryAim);
}

/// Opened as growing, scrolled through, searched: whatever a person does with it.
void measureStalls(Loop &loop, LogPane &pane, const QString &path, const QString &name)
{
    LogView &view = *pane.view();
    const qint64 size = QFileInfo(path).size();
    const auto opened = loop.run([&] { pane.showLog(u"bench"_s, path, true, true); },
                                 [&] { return view.log().index().size() == size; });
    double stall = opened.stall;
    for (int step = 0; step < 40; ++step) {
        const qint64 line = step * 7919 % std::max<qint64>(1, view.log().lineCount());
        const double taken = bench::milliseconds([&] {
            view.goToLine(line);
            view.viewport()->grab();
        });
        stall = std::max(stall, taken);
    }
    const auto found = loop.run(
        [&] {
            view.setSearch({u"not there"_s, false, false});
        },
        [&] { return !view.tail().isSearching(); });
    stall = std::max({stall, found.stall, bench::milliseconds([&] { view.expandLine(); }),
                      bench::milliseconds([&] { view.viewport()->grab(); })});
    reportStall(name, stall);
}

/// The pager for logs that people know, without its screen: until it has read the whole.
void measureLnav(const QString &path)
{
    if (QStandardPaths::findExecutable(u"lnav"_s).isEmpty()) {
        std::puts("lnav is not installed: no peer for opening a large log");
        return;
    }
    QProcess lnav;
    lnav.setStandardOutputFile(QProcess::nullDevice());
    const double opened = bench::milliseconds([&] {
        lnav.start(u"lnav"_s, {u"-n"_s, u"-c"_s, u":goto 100%"_s, path});
        lnav.waitForFinished(120'000);
    });
    report(u"the same log in lnav"_s, opened, u"ms"_s, {}, true);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const QTemporaryDir folder;
    const QString large = folder.filePath(u"large.log"_s);
    const QString line = folder.filePath(u"line.log"_s);
    const QString escapes = folder.filePath(u"escapes.log"_s);
    const QByteArray escaped = QByteArray("\x1b[31m\x1b[0m").repeated(kEscapes / 2) + "text\n";
    const auto escapedLine = [&](int) { return escaped; };
    if (!write(large, kGigabyte, usualLine)
        || !write(line, kLongLine, [](int) { return QByteArray(1 << 20, 'x'); })
        || !write(escapes, escaped.size() * kEscapeLines, escapedLine)) {
        std::fputs("bench_largelog: there is no room for the logs\n", stderr);
        return 1;
    }
    Loop loop;
    LogPane pane;
    pane.resize(520, 700);
    pane.show();
    measureGigabyte(loop, pane, large);
    measureStalls(loop, pane, line, u"a line of 100 MB"_s);
    measureStalls(loop, pane, escapes, u"10,000 escape sequences per line"_s);
    measureLnav(large);
    return 0;
}
