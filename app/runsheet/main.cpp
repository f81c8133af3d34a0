// SPDX-License-Identifier: Apache-2.0
#include "application.h"
#include "base/log.h"
#include "base/paths.h"
#include "commandline.h"
#include "practicecommand.h"
#include "theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QMap>

#include <csignal>
#include <optional>

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

void dropMessage(QtMsgType, const QMessageLogContext &, const QString &) { }

/// PDF needs Qt Gui, which needs a platform; sub-commands never need a display. What only reads
/// writes no log either, and Qt's remarks on the platform are no answer to what was asked.
int runSubCommand(const SubCommand &command, int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(dropMessage);
    const Paths paths = Paths::standard();
    const QGuiApplication application(argc, argv);
    nameTheApplication();
    QTextStream out(stdout);
    QTextStream err(stderr);
    if (command.readsRuns) {
        if (const Result<void> usable = checkDataFolder(paths); !usable)
            return complain(err, command.name, usable.error().message);
    }
    return command.run(QCoreApplication::arguments().mid(2), paths, out, err);
}

bool opensPracticeWindow(const QStringList &arguments)
{
    if (arguments.value(1) != u"practice"_s)
        return false;
    const Result<PracticeRequest> request = parsePracticeRequest(arguments.mid(2));
    return request && request->mode == PracticeRequest::Mode::Window;
}

std::optional<ThemeChoice> themeNamed(const QString &name)
{
    static const QMap<QString, ThemeChoice> kThemes{{u"system"_s, ThemeChoice::System},
                                                    {u"light"_s, ThemeChoice::Light},
                                                    {u"dark"_s, ThemeChoice::Dark}};
    const auto found = kThemes.constFind(name);
    return found == kThemes.constEnd() ? std::nullopt : std::optional(*found);
}

/// What is wrong with the window's arguments; empty when nothing is.
QString objection(const QCommandLineParser &parser)
{
    if (!parser.errorText().isEmpty())
        return parser.errorText();
    if (parser.isSet(u"theme"_s) && !themeNamed(parser.value(u"theme"_s)))
        return u"The theme “%1” is not known: it is system, light or dark."_s.arg(
            parser.value(u"theme"_s));
    if (parser.positionalArguments().size() > 1)
        return u"The window opens one runbook, not several."_s;
    return {};
}

int runWindow(int argc, char **argv)
{
    const Paths paths = Paths::standard();
    log::start(paths.logFile());
    QApplication qtApplication(argc, argv);
    nameTheApplication();
    QCommandLineParser parser;
    parser.addOptions({{u"theme"_s, {}, u"name"_s, {}}, {u"exit-when-painted"_s, {}}});
    parser.parse(QCoreApplication::arguments());
    if (const QString problem = objection(parser); !problem.isEmpty()) {
        QTextStream(stderr) << "runsheet: " << problem << " Try runsheet --help.\n";
        return Usage;
    }
    Application application(paths);
    if (const std::optional<ThemeChoice> theme = themeNamed(parser.value(u"theme"_s)))
        application.showTheme(*theme);
    application.show();
    if (parser.isSet(u"exit-when-painted"_s))
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

// What is thrown up to here is a defect: its core dump says more than a message would.
int main(int argc, char **argv) // NOLINT(bugprone-exception-escape)
{
    // Before any thread: neither a socket that goes away nor a file-size limit may end the program.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    return runsheet::run(argc, argv);
}
