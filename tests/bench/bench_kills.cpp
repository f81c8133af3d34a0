// SPDX-License-Identifier: Apache-2.0
//
// Ends windows and runsheet-exec over and over: how often the outcome is the true one.
#include "exec/runnerfixture.h"
#include "support/benchreport.h"

#include <QCoreApplication>
#include <QTest>

#include <csignal>
#include <functional>

using namespace Qt::StringLiterals;
using namespace runsheet;
using test::RunnerFixture;

namespace
{

constexpr int kRounds = 100;

/// One command, left in the lurch at a moment that differs from round to round.
bool windowGoes(RunnerFixture &fixture, int round)
{
    const CommandRequest request =
        fixture.request("for i in {1..300}; do echo $i; done; exit 7"_ba);
    fixture.start(request);
    QTest::qWait(round % 20);
    fixture.restartRunner();
    fixture.runner().recover(fixture.runId, {request.execution});
    return fixture.waitForEnd(request.execution)
        && fixture.report(request.execution).end.exitCode == 7
        && fixture.report(request.execution).end.outputLines == 300;
}

bool supervisorGoes(RunnerFixture &fixture, const QByteArray &script, bool survives)
{
    const CommandRequest request = fixture.request(script);
    fixture.start(request);
    if (!fixture.waitForOutput(request.execution, "ready\n")
        || !fixture.waitForStart(request.execution))
        return false;
    const qint64 command = fixture.pid(request.execution);
    ::kill(static_cast<pid_t>(fixture.execPid(request.execution)), SIGKILL);
    const bool lived = !survives
        || QTest::qWaitFor([&] { return !fixture.folder(request.execution).look().watched; });
    if (survives && (!test::isAlive(command) || !fixture.folder(request.execution).look().alive))
        return false;
    if (survives)
        ::kill(static_cast<pid_t>(-command), SIGKILL);
    return lived && fixture.waitForEnd(request.execution)
        && fixture.report(request.execution).end.outcome == ExecutionOutcome::Unknown;
}

void benchKill(const QString &name, const std::function<bool(RunnerFixture &, int)> &once)
{
    RunnerFixture fixture;
    int right = 0;
    for (int round = 0; round < kRounds; ++round)
        right += once(fixture, round) ? 1 : 0;
    bench::report({.name = name,
                   .value = double(right),
                   .unit = u"of 100"_s,
                   .reference = {},
                   .aim = u"all"_s,
                   .met = right == kRounds});
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    benchKill(u"window gone: true exit code and whole log"_s, windowGoes);
    benchKill(u"runsheet-exec killed: unknown"_s, [](RunnerFixture &fixture, int) {
        return supervisorGoes(fixture, "echo ready; read -r answer"_ba, false);
    });
    benchKill(u"runsheet-exec killed, command lives: unknown when it ends"_s,
              [](RunnerFixture &fixture, int) {
                  return supervisorGoes(fixture, "trap '' HUP; echo ready; sleep 600"_ba, true);
              });
    return 0;
}
