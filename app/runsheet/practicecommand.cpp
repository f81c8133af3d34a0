// SPDX-License-Identifier: Apache-2.0
#include "practicecommand.h"

#include "base/log.h"
#include "commandline.h"
#include "practice/practice.h"
#include "practicerun.h"
#include "runexport.h"
#include "session.h"
#include "unattended.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr auto kHelp =
    R"(Usage: runsheet practice [--no-window | --unattended [--result FOLDER] | --stop]

Starts a throw-away PostgreSQL server with a small shop and traffic on it, or finds the one that
runs, and opens the practice runbook on it. It touches nothing outside its own folder under /tmp.

  --no-window        only start the server and print how to connect
  --unattended       carry the runbook out from first item to report without a window or a person,
                     on a server of its own that is removed afterwards
  --result FOLDER    where --unattended leaves the report (default: practice-result)
  --stop             stop the server and remove its folder
  --help             this text
)";

int fail(QTextStream &err, const Error &error, int code)
{
    complain(err, u"practice", describe(error));
    return code;
}

int startServer(QTextStream &out, QTextStream &err)
{
    const Result<Practice> practice = startPractice();
    if (!practice)
        return fail(err, practice.error(), Usage);
    const Connection &connection = practice->environment.connection;
    out << (practice->reused ? "The practice server is running.\n"
                             : "The practice server was started.\n")
        << "  psql -h " << connection.host << " -p " << connection.port << " -U " << connection.user
        << ' ' << connection.database << '\n'
        << "Stop and remove it with: runsheet practice --stop\n";
    return Fine;
}

int stopServer(QTextStream &out, QTextStream &err)
{
    const Result<bool> stopped = stopPractice();
    if (!stopped)
        return fail(err, stopped.error(), Findings);
    out << (*stopped ? "The practice server was stopped and its folder removed.\n"
                     : "No practice server is running.\n");
    return Fine;
}

/// Its own server, so that a practice run somebody has open is left alone.
PracticeOptions unattendedOptions()
{
    PracticeOptions options = PracticeOptions::standard();
    options.folder += u"-auto"_s;
    return options;
}

Result<void> prepareResult(const QString &folder)
{
    if (QDir().mkpath(folder) && QFileInfo(folder).isWritable())
        return {};
    return Error{
        .kind = Error::Kind::Unwritable,
        .message = u"The folder %1 cannot be written. Choose another with --result."_s.arg(folder),
        .detail = {}};
}

Result<void> exportAll(Session &session, const QString &folder, QTextStream &out)
{
    out << "\nReport:\n";
    for (const QString &suffix : {u"json"_s, u"html"_s, u"pdf"_s}) {
        const QString file = QDir(folder).filePath(u"report."_s + suffix);
        Result<void> written = exportRun(session.paths(), session.controller().state().id, file);
        if (!written)
            return written;
        out << file << '\n';
    }
    return {};
}

int carryOut(const Practice &practice, const Paths &paths, const QString &folder, QTextStream &out,
             QTextStream &err)
{
    const Result<RunRequest> request = practiceRunRequest(practice);
    if (!request)
        return fail(err, request.error(), Usage);

    Session session(paths);
    UnattendedRun run(session.controller(), out);
    run.setExaminer([&](const ExecutionId &id) { return session.tools().isExamined(id); });
    QObject::connect(&session.tools(), &ToolRecorder::examined, &run, &UnattendedRun::look);
    QObject::connect(&run, &UnattendedRun::finished, QCoreApplication::instance(),
                     [](bool success) { QCoreApplication::exit(success ? Fine : Findings); });
    run.start(*request);
    const int code = QCoreApplication::exec();
    if (session.controller().state().id.isEmpty())
        return code; // nothing was recorded; why was said above
    if (const Result<void> exported = exportAll(session, folder, out); !exported)
        return fail(err, exported.error(), Findings);
    return code;
}

int runUnattended(const Paths &paths, const QString &folder, QTextStream &out, QTextStream &err)
{
    // What would stop it at its end is better said before a server is started.
    if (const Result<void> usable = Session::check(paths); !usable)
        return fail(err, usable.error(), Usage);
    if (const Result<void> usable = prepareResult(folder); !usable)
        return fail(err, usable.error(), Usage);
    log::start(paths.logFile());
    const PracticeOptions options = unattendedOptions();
    // What an interrupted run left behind would be half migrated: begin afresh.
    if (const Result<bool> cleared = stopPractice(options); !cleared)
        return fail(err, cleared.error(), Usage);
    const Result<Practice> practice = startPractice(options);
    if (!practice)
        return fail(err, practice.error(), Usage);
    const int code = carryOut(*practice, paths, folder, out, err);
    if (const Result<bool> stopped = stopPractice(options); !stopped)
        return fail(err, stopped.error(), Findings);
    return code;
}

Error usage(const QString &message)
{
    return {.kind = Error::Kind::Invalid,
            .message = message + u" Try runsheet practice --help."_s,
            .detail = {}};
}

} // namespace

Result<PracticeRequest> parsePracticeRequest(const QStringList &arguments)
{
    using Mode = PracticeRequest::Mode;
    static const QHash<QString, Mode> kModes{
        {u"--no-window"_s, Mode::ServerOnly},
        {u"--unattended"_s, Mode::Unattended},
        {u"--stop"_s, Mode::Stop},
        {u"--help"_s, Mode::Help},
        {u"-h"_s, Mode::Help},
    };
    PracticeRequest request{.mode = Mode::Window, .resultFolder = u"practice-result"_s};
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (argument == u"--result"_s && i + 1 < arguments.size()) {
            request.resultFolder = arguments.at(++i);
        } else if (argument == u"--theme"_s && i + 1 < arguments.size()) {
            ++i; // for the window
        } else if (!kModes.contains(argument)) {
            return usage(u"“%1” is not understood."_s.arg(argument));
        } else if (request.mode != Mode::Window && request.mode != kModes.value(argument)) {
            return usage(u"“%1” does not go with the option before it."_s.arg(argument));
        } else {
            request.mode = kModes.value(argument);
        }
    }
    return request;
}

int runPracticeCommand(const QStringList &arguments, const Paths &paths, QTextStream &out,
                       QTextStream &err)
{
    const Result<PracticeRequest> request = parsePracticeRequest(arguments);
    if (!request)
        return fail(err, request.error(), Usage);
    switch (request->mode) {
    case PracticeRequest::Mode::ServerOnly:
        return startServer(out, err);
    case PracticeRequest::Mode::Unattended:
        return runUnattended(paths, request->resultFolder, out, err);
    case PracticeRequest::Mode::Stop:
        return stopServer(out, err);
    case PracticeRequest::Mode::Window:
    case PracticeRequest::Mode::Help:
        out << kHelp;
        return Fine;
    }
    return Usage;
}

} // namespace runsheet
