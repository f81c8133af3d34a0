// SPDX-License-Identifier: Apache-2.0
// Start to first painted window: the program against an empty Qt window, each as a whole process.
#include "support/benchreport.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMainWindow>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr int kRuns = 15;

/// The peer: a window with nothing in it that ends once it was painted.
class EmptyWindow final : public QMainWindow
{
protected:
    void paintEvent(QPaintEvent *event) override
    {
        QMainWindow::paintEvent(event);
        QTimer::singleShot(0, this, [] { QApplication::quit(); });
    }
};

double wholeProcess(const QString &program, const QStringList &arguments,
                    const QProcessEnvironment &environment)
{
    std::vector<double> times;
    for (int i = 0; i < kRuns; ++i) {
        QProcess process;
        process.setProcessEnvironment(environment);
        times.push_back(bench::milliseconds([&] {
            process.start(program, arguments);
            process.waitForFinished();
        }));
        if (process.exitCode() != 0)
            qFatal("%s failed: %s", qPrintable(program),
                   process.readAllStandardError().constData());
    }
    return bench::median(times);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (application.arguments().contains(u"--peer"_s)) {
        EmptyWindow window;
        window.resize(1280, 800);
        window.show();
        return QApplication::exec();
    }
    const QTemporaryDir data;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"RUNSHEET_DATA"_s, data.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, data.path());
    const QString program = QStringLiteral(RUNSHEET_BINARY_DIR "/app/runsheet/runsheet");
    wholeProcess(program, {u"--exit-when-painted"_s}, environment); // makes the journal
    const double own = wholeProcess(program, {u"--exit-when-painted"_s}, environment);
    const double peer =
        wholeProcess(QApplication::applicationFilePath(), {u"--peer"_s}, environment);
    bench::report({.name = u"start to painted window, whole process"_s,
                   .value = own,
                   .unit = u"ms"_s,
                   .reference = u"empty Qt window"_s,
                   .referenceValue = peer,
                   .aim = u"≤ 300 ms"_s,
                   .met = own <= 300});
    return 0;
}
