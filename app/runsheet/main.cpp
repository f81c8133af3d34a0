// SPDX-License-Identifier: Apache-2.0
#include "application.h"
#include "base/log.h"
#include "base/paths.h"
#include "commandline.h"
#include "practicecommand.h"
#include "theme.h"

#include <QApplication>
#include <QCommandLineParser>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

void nameTheApplication()
{
    QCoreApplication::setApplicationName(u"runsheet"_s);
    QCoreApplication::setOrganizationName(u"runsheet"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(RUNSHEET_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.runsheet.Runsheet"_s);
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

/// PDF needs Qt Gui, which needs a platform; sub-commands never need a display.
int runSubCommand(const SubCommand &command, int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const Paths paths = Paths::standard();
    log::start(paths.logFile());
    const QGuiApplication application(argc, argv);
    nameTheApplication();
    QTextStream out(stdout);
    QTextStream err(stderr);
    return command.run(QCoreApplication::arguments().mid(2), paths, out, err);
}

bool opensPracticeWindow(const QStringList &arguments)
{
    if (arguments.value(1) != u"practice"_s)
        return false;
    const Result<PracticeRequest> request = parsePracticeRequest(arguments.mid(2));
    return request && request->mode == PracticeRequest::Mode::Window;
}

ThemeChoice themeNamed(const QString &name)
{
    if (name == u"light"_s)
        return ThemeChoice::Light;
    return name == u"dark"_s ? ThemeChoice::Dark : ThemeChoice::System;
}

int runWindow(int argc, char **argv)
{
    const Paths paths = Paths::standard();
    log::start(paths.logFile());
    QApplication qtApplication(argc, argv);
    nameTheApplication();
    QCommandLineParser parser;
    const QCommandLineOption theme(u"theme"_s, {}, u"name"_s, {});
    const QCommandLineOption exitWhenPainted(u"exit-when-painted"_s);
    parser.addOptions({theme, exitWhenPainted});
    if (!parser.parse(QCoreApplication::arguments()) || parser.positionalArguments().size() > 2) {
        std::fprintf(stderr, "runsheet: %s Try runsheet --help.\n", qPrintable(parser.errorText()));
        return Usage;
    }
    Application application(paths);
    if (parser.isSet(theme))
        application.chooseTheme(themeNamed(parser.value(theme)));
    application.show();
    if (parser.isSet(exitWhenPainted))
        application.quitWhenPainted();
    if (opensPracticeWindow(QCoreApplication::arguments()))
        application.openPractice();
    else if (!parser.positionalArguments().isEmpty())
        application.openRunbook(parser.positionalArguments().constFirst());
    return QApplication::exec();
}

int run(int argc, char **argv)
{
    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (first == u"--help"_s || first == u"-h"_s) {
        QTextStream(stdout) << helpText();
        return Fine;
    }
    if (first == u"--version"_s) {
        QTextStream(stdout) << "runsheet " RUNSHEET_VERSION "\n";
        return Fine;
    }
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    const SubCommand *command = findSubCommand(first);
    if (command != nullptr && !opensPracticeWindow(arguments))
        return runSubCommand(*command, argc, argv);
    if (!hasDisplay()) {
        QTextStream(stderr)
            << "runsheet: there is no display for the window. The commands check, runs, "
               "report, verify and practice --unattended work without one.\n";
        return Usage;
    }
    return runWindow(argc, argv);
}

} // namespace

} // namespace runsheet

int main(int argc, char **argv)
{
    // Before any thread: neither a socket that goes away nor a file-size limit may end the program.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    return runsheet::run(argc, argv);
}
