// SPDX-License-Identifier: Apache-2.0
//
// Starts a command through a ProcessRunner and waits to be killed: the window in the tests that
// kill it. Arguments: data folder, run id, execution id, script.
#include "exec/processrunner.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 5)
        return 2;
    runsheet::ProcessRunner runner(runsheet::Paths(arguments.at(1)),
                                   QStringLiteral(RUNSHEET_EXEC_PROGRAM));
    QObject::connect(&runner, &runsheet::CommandRunner::started, &runner, [] {
        std::puts("started");
        std::fflush(stdout);
    });
    runsheet::CommandRequest request;
    request.run = {arguments.at(2)};
    request.execution = {arguments.at(3)};
    request.script = arguments.at(4).toUtf8();
    runner.start(request);
    return QCoreApplication::exec();
}
