// SPDX-License-Identifier: Apache-2.0
#include "run/stopladder.h"

#include "run/state.h"

#include <QRegularExpression>

#include <csignal>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kShortId = 8;
constexpr int kMaxApplicationName = 63; // PostgreSQL cuts application_name there

constexpr std::array<std::pair<StopRung, int>, 3> kSignals{{
    {StopRung::Interrupt, SIGINT},
    {StopRung::Terminate, SIGTERM},
    {StopRung::Kill, SIGKILL},
}};

constexpr std::array<std::pair<int, QLatin1StringView>, 18> kSignalNames{{
    {SIGCONT, "SIGCONT"_L1},
    {SIGSTOP, "SIGSTOP"_L1},
    {SIGTSTP, "SIGTSTP"_L1},
    {SIGHUP, "SIGHUP"_L1},
    {SIGINT, "SIGINT"_L1},
    {SIGQUIT, "SIGQUIT"_L1},
    {SIGILL, "SIGILL"_L1},
    {SIGTRAP, "SIGTRAP"_L1},
    {SIGABRT, "SIGABRT"_L1},
    {SIGBUS, "SIGBUS"_L1},
    {SIGFPE, "SIGFPE"_L1},
    {SIGKILL, "SIGKILL"_L1},
    {SIGUSR1, "SIGUSR1"_L1},
    {SIGSEGV, "SIGSEGV"_L1},
    {SIGUSR2, "SIGUSR2"_L1},
    {SIGPIPE, "SIGPIPE"_L1},
    {SIGALRM, "SIGALRM"_L1},
    {SIGTERM, "SIGTERM"_L1},
}};

/// The command says itself which server it talks to.
bool namesServer(const QString &text)
{
    static const QRegularExpression kServer(
        u"(^|\\s)(-h\\s*\\S|--host|--service)|postgres(ql)?://|\\b(host|hostaddr|service)="
        u"|\\bPG(HOST|HOSTADDR|PORT|SERVICE|OPTIONS)="_s);
    return kServer.match(text).hasMatch();
}

} // namespace

int signalOf(StopRung rung)
{
    for (const auto &[candidate, signal] : kSignals) {
        if (candidate == rung)
            return signal;
    }
    return 0;
}

std::optional<StopRung> rungOf(int signal)
{
    for (const auto &[rung, candidate] : kSignals) {
        if (candidate == signal)
            return rung;
    }
    return std::nullopt;
}

QString signalName(int signal)
{
    for (const auto &[candidate, name] : kSignalNames) {
        if (candidate == signal)
            return name;
    }
    return u"signal %1"_s.arg(signal);
}

QString applicationName(const RunId &run, const Execution &execution)
{
    const QString head = u"runsheet:"_s + run.value.left(kShortId) + u':';
    const QString tail = u':' + execution.id.value.left(kShortId);
    const QString step = execution.step.value.section(u'/', -1);
    return head + step.left(kMaxApplicationName - head.size() - tail.size()) + tail;
}

QString sessionOptionsFor(const Command &command, const QString &text, const QString &ownOptions)
{
    const std::optional<bool> wanted = command.wantsClientCheck();
    if (!wanted.value_or(command.canBeCancelled()) || ownOptions.contains(kClientCheckOption))
        return {};
    const bool risky = !ownOptions.isEmpty() || namesServer(text);
    return risky && !wanted.value_or(false) ? QString() : kClientCheckOption.toString();
}

QString ownSessionOptions(const Environment &environment)
{
    return environment.variables.value(u"PGOPTIONS"_s, qEnvironmentVariable("PGOPTIONS"));
}

} // namespace runsheet
