// SPDX-License-Identifier: Apache-2.0
// A million lines of log: into a file, through a terminal, and in the terminal emulators that
// people would otherwise watch them in.
#include "bench/bareterminal.h"
#include "exec/executionfolder.h"
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

using namespace Qt::StringLiterals;
using namespace runsheet;
using bench::Measurement;

namespace
{

constexpr int kLines = 1'000'000;
constexpr int kRuns = 3;
constexpr double kStallAim = 50;
constexpr double kMemoryAim = 60;
constexpr double kFrameAim = 16;
constexpr int kColouredLines = 60'000;
constexpr int kScreens = 30;

/// The source text: about 110 bytes a line, as verbose migration tools print.
bool writeSource(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QByteArray block;
    for (int line = 0; line < kLines; ++line) {
        block += "2026-11-20T02:08:23.114Z INFO migrate batch "
            + QByteArray::number(line).rightJustified(8, '0')
            + " of 01000000 rows copied into notifications, no waits, 12 ms\n";
        if (block.size() > 1 << 20) {
            file.write(block);
            block.clear();
        }
    }
    return file.write(block) == block.size();
}

/// Measures until the process has ended, nobody watching.
double untilEnd(QProcess &process, const std::function<void(QProcess &)> &start)
{
    return bench::milliseconds([&] {
        start(process);
        process.waitForFinished(-1);
    });
}

struct Watched
{
    double shown = 0; ///< ms until the last line was painted
    double stall = 0; ///< longest time the event loop did not turn, ms
};

/// Shows the growing file in the real pane until its last line has been painted.
class Watcher final : public QObject
{
public:
    using Start = std::function<void(QProcess &)>;

    Watcher() { m_pane.resize(520, 700); }

    Watched watch(const QString &file, const Start &start)
    {
        QProcess writer;
        m_pane.show();
        m_pane.showLog(u"bench"_s, file, true, false);
        m_pane.view()->viewport()->installEventFilter(this);
        m_result = {};
        m_ended = false;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, &Watcher::beat);
        m_total.start();
        start(writer);
        m_sinceBeat.start(); // the window starts its commands from another thread
        beat.start(0);
        QCoreApplication::exec();
        m_pane.view()->viewport()->removeEventFilter(this);
        m_pane.setEnded();
        writer.waitForFinished(-1);
        return m_result;
    }

    LogPane &pane() { return m_pane; }

    bool eventFilter(QObject *object, QEvent *event) override
    {
        // Painted, not merely read: seen after the view has handled the event.
        if (event->type() == QEvent::Paint && !m_ended && isLastLineShown()) {
            m_ended = true;
            QTimer::singleShot(0, this, [this] {
                m_result.shown = static_cast<double>(m_total.nsecsElapsed()) / 1e6;
                QCoreApplication::quit();
            });
        }
        return QObject::eventFilter(object, event);
    }

private:
    [[nodiscard]] bool isLastLineShown()
    {
        LogView *const view = m_pane.view();
        return view->log().index().completeLines() == kLines
            && view->firstVisibleLine() + view->rowCount() >= kLines;
    }

    void beat()
    {
        const double gap = static_cast<double>(m_sinceBeat.nsecsElapsed()) / 1e6;
        m_result.stall = std::max(m_result.stall, gap);
        m_sinceBeat.start();
    }

    LogPane m_pane;
    QElapsedTimer m_total;
    QElapsedTimer m_sinceBeat;
    Watched m_result;
    bool m_ended = false;
};

void reportStall(const QString &name, double stall)
{
    bench::report({.name = name,
                   .value = stall,
                   .unit = u"ms"_s,
                   .reference = {},
                   .referenceValue = 0,
                   .aim = u"≤ 50 ms"_s,
                   .met = stall <= kStallAim});
}

/// Floor and watched run by turns, because other programs come and go.
struct Rounds
{
    std::vector<double> floor;
    std::vector<double> shown;
    double stall = 0;

    void add(double floorTime, const Watched &watched)
    {
        floor.push_back(floorTime);
        shown.push_back(watched.shown);
        stall = std::max(stall, watched.stall);
    }
};

void measureFile(Watcher &watcher, const QString &source, const QTemporaryDir &folder)
{
    const QString log = folder.filePath(u"output.log"_s);
    const auto start = [&](QProcess &process) {
        QFile::remove(log);
        process.setStandardOutputFile(log);
        process.start(u"cat"_s, {source});
    };
    Rounds rounds;
    for (int round = 0; round < kRuns; ++round) {
        QProcess alone;
        const double floor = untilEnd(alone, start);
        rounds.add(floor, watcher.watch(log, start));
    }
    bench::report({.name = u"a million lines into a file, last one shown"_s,
                   .value = bench::median(rounds.shown),
                   .unit = u"ms"_s,
                   .reference = u"the writer alone"_s,
                   .referenceValue = bench::median(rounds.floor),
                   .aim = u"no aim: the disk cache is faster than any view"_s});
    reportStall(u"longest stall while a file grows at full speed"_s, rounds.stall);
}

/// What the window does: runsheet-exec on a folder that holds the approved command.
void startExecution(QProcess &process, const ExecutionFolder &folder, const QString &source)
{
    CommandRequest request;
    request.run = RunId::create();
    request.execution = ExecutionId::create();
    request.script = "cat "_ba + QFile::encodeName(source);
    request.workingDirectory = u"/"_s;
    request.terminal = true;
    if (!folder.prepare(request))
        qFatal("cannot prepare %s", qPrintable(folder.path()));
    process.setProcessEnvironment(commandEnvironment(request, folder.path()));
    process.start(QStringLiteral(RUNSHEET_EXEC_PROGRAM), {folder.path()});
}

/// Returns how long it took until the last line was shown.
double measureTerminal(Watcher &watcher, const QString &source, const QTemporaryDir &folder)
{
    Rounds rounds;
    const QString bare = folder.filePath(u"bare.log"_s);
    for (int round = 0; round < kRuns; ++round) {
        const double floor = bench::milliseconds([&] {
            if (!bench::drainTerminal({u"bash"_s, u"-c"_s, u"cat "_s + source}, bare))
                qFatal("the bare terminal failed");
        });
        const ExecutionFolder execution(folder.filePath(u"execution%1"_s.arg(round)));
        rounds.add(floor, watcher.watch(execution.outputFile(), [&](QProcess &process) {
            startExecution(process, execution, source);
        }));
    }
    const double shown = bench::median(rounds.shown);
    const double floor = bench::median(rounds.floor);
    bench::report({.name = u"a million log lines through the terminal, last one shown"_s,
                   .value = shown,
                   .unit = u"ms"_s,
                   .reference = u"bare terminal drain"_s,
                   .referenceValue = floor,
                   .aim = u"≤ 1.2×"_s,
                   .met = shown <= 1.2 * floor});
    reportStall(u"longest stall while a terminal writes at full speed"_s, rounds.stall);
    return shown;
}

void measureSearch(Watcher &watcher)
{
    LogFile log;
    if (!log.open(watcher.pane().file()))
        return;
    const double index = bench::milliseconds([&] {
        while (log.advance(QDeadlineTimer(QDeadlineTimer::Forever)) == LogFile::Progress::More) { }
    });
    const double megabytes = static_cast<double>(log.index().size()) / 1e6;
    const auto rate = [&](double ms) { return megabytes / ms * 1000; };
    bench::report({.name = u"line index"_s, .value = rate(index), .unit = u"MB/s"_s});
    const auto search = [&](const QString &name, std::unique_ptr<LineMatcher> matcher) {
        LogSearch finder(std::move(matcher));
        const double ms = bench::milliseconds([&] {
            while (finder.advance(log, QDeadlineTimer(QDeadlineTimer::Forever))) { }
        });
        bench::report({.name = name,
                       .value = rate(ms),
                       .unit = u"MB/s"_s,
                       .reference = {},
                       .referenceValue = 0,
                       .aim = u"≥ 300 MB/s"_s,
                       .met = rate(ms) >= 300});
    };
    search(u"find, ignoring case"_s,
           std::make_unique<TextMatcher>(u"deadlock"_s, Qt::CaseInsensitive));
    search(u"find, exact"_s, std::make_unique<TextMatcher>(u"deadlock"_s, Qt::CaseSensitive));
    search(u"find error lines"_s, std::make_unique<ErrorMatcher>());
}

/// A screen of the worst that programs print: each word in another colour, left on at the line end.
void measureColours(const QTemporaryDir &folder)
{
    const QString path = folder.filePath(u"colours.log"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return;
    for (int line = 0; line < kColouredLines; ++line) {
        QByteArray text = QByteArray::number(line);
        for (int word = 0; word < 12; ++word)
            text += " \x1b[1;38;5;" + QByteArray::number((line + word * 7) % 256) + "mword";
        file.write(text + '\n');
    }
    file.close();
    LogView view;
    view.resize(520, 700);
    view.open(path, false);
    QObject::connect(&view.tail(), &LogTail::caughtUp, &view, &QCoreApplication::quit);
    QCoreApplication::exec();
    std::vector<double> times;
    for (int screen = 0; screen < kScreens; ++screen) {
        view.goToLine(screen * 7919 % kColouredLines);
        times.push_back(bench::milliseconds([&] { view.viewport()->grab(); }));
    }
    bench::report({.name = u"paint a screen full of colours"_s,
                   .value = bench::median(times),
                   .unit = u"ms"_s,
                   .reference = {},
                   .referenceValue = 0,
                   .aim = u"≤ 16 ms"_s,
                   .met = bench::median(times) <= kFrameAim});
    view.selectAll();
    QString copied;
    const double copy = bench::milliseconds([&] { copied = view.selectedText(); });
    bench::report({.name = u"copy %1 lines"_s.arg(copied.count(u'\n')),
                   .value = copy,
                   .unit = u"ms"_s,
                   .reference = {},
                   .referenceValue = 0,
                   .aim = u"≤ 50 ms"_s,
                   .met = copy <= kStallAim});
}

/// A terminal that shows what a program prints, and how it is told to run one. tmux draws into the
/// terminal that script gives it.
struct Peer
{
    QString name;
    QStringList start;
    bool takesOneWord = false; ///< the program and its arguments in one
};

QList<Peer> peers()
{
    return {
        {u"konsole"_s, {u"xvfb-run"_s, u"-a"_s, u"konsole"_s, u"-e"_s}},
        {u"xterm"_s, {u"xvfb-run"_s, u"-a"_s, u"xterm"_s, u"-e"_s}},
        {u"tmux"_s, {u"script"_s, u"-qec"_s, u"tmux -L runsheet-bench -f /dev/null new "_s}, true},
    };
}

QStringList commandLine(const Peer &peer, const QStringList &command)
{
    if (!peer.takesOneWord)
        return peer.start + command;
    QStringList words = peer.start;
    words.last() += u"'%1'"_s.arg(command.join(u' '));
    return words << u"/dev/null"_s;
}

void measurePeer(const Peer &peer, const QString &source, double ours)
{
    for (const QString &program : {peer.name, peer.start.first()}) {
        if (QStandardPaths::findExecutable(program).isEmpty()) {
            std::printf("%s is not installed: %s is no peer\n", qPrintable(program),
                        qPrintable(peer.name));
            return;
        }
    }
    const auto run = [&](const QStringList &command) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"QT_QPA_PLATFORM"_s);
        environment.remove(u"TMUX"_s);
        environment.insert(u"TERM"_s, u"xterm-256color"_s);
        process.setProcessEnvironment(environment);
        process.setStandardOutputFile(QProcess::nullDevice());
        return bench::milliseconds([&] {
            QStringList words = commandLine(peer, command);
            process.start(words.takeFirst(), words);
            process.waitForFinished(120'000);
        });
    };
    const double empty = run({u"true"_s}); // starting X and the emulator is not its work
    const double full = run({u"cat"_s, source});
    bench::report({.name = u"the same million lines, beside "_s + peer.name,
                   .value = ours,
                   .unit = u"ms"_s,
                   .reference = peer.name,
                   .referenceValue = full - empty,
                   .aim = u"faster"_s,
                   .met = ours <= full - empty});
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const QTemporaryDir folder;
    const QString source = folder.filePath(u"source.log"_s);
    if (!writeSource(source)) {
        std::fputs("bench_log: cannot write the source file\n", stderr);
        return 1;
    }
    Watcher watcher;
    measureFile(watcher, source, folder);
    const double ours = measureTerminal(watcher, source, folder);
    const double memory = bench::peakMemoryMb();
    bench::report({.name = u"peak memory of a window showing a million lines"_s,
                   .value = memory,
                   .unit = u"MB"_s,
                   .reference = {},
                   .referenceValue = 0,
                   .aim = u"≤ 60 MB"_s,
                   .met = memory <= kMemoryAim});
    measureSearch(watcher);
    measureColours(folder);
    for (const Peer &peer : peers())
        measurePeer(peer, source, ours);
    return 0;
}
