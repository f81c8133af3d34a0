// SPDX-License-Identifier: Apache-2.0
#include "monitor/connectmessages.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Monitor)
};

struct KnownFailure
{
    const char *sqlState;
    MonitorStatus::State state;
    const char *message; ///< %1 server, %2 user, %3 database
};

constexpr auto kRefused = MonitorStatus::State::Refused;
constexpr auto kLost = MonitorStatus::State::Lost;

constexpr std::array kKnownFailures{
    KnownFailure{"28P01", kRefused,
                 QT_TRANSLATE_NOOP("Monitor",
                                   "The server at %1 does not accept the password for %2. Enter "
                                   "the right one, or put it into ~/.pgpass and choose Retry.")},
    KnownFailure{"28000", kRefused,
                 QT_TRANSLATE_NOOP("Monitor",
                                   "The server at %1 does not let %2 in; name another user in the "
                                   "environment, or have pg_hba.conf changed, and choose Retry.")},
    KnownFailure{"3D000", kRefused,
                 QT_TRANSLATE_NOOP("Monitor",
                                   "The server at %1 has no database “%3”; name the right one in "
                                   "the environment and choose Retry.")},
    KnownFailure{"42501", kRefused,
                 QT_TRANSLATE_NOOP("Monitor",
                                   "The server at %1 does not let %2 into the database “%3”; have "
                                   "CONNECT granted and choose Retry.")},
    KnownFailure{"53300", kLost,
                 QT_TRANSLATE_NOOP("Monitor",
                                   "The server at %1 has no free connection left. It is tried "
                                   "again by itself.")},
    KnownFailure{"57P03", kLost,
                 QT_TRANSLATE_NOOP("Monitor",
                                   "The server at %1 is starting or shutting down. It is tried "
                                   "again by itself.")},
};

QString filledIn(const char *message, const ConnectFailure &failure)
{
    // Not arg(): it counts on every place being in the text.
    return Text::tr(message)
        .replace("%1"_L1, failure.server)
        .replace("%2"_L1, failure.user)
        .replace("%3"_L1, failure.database);
}

QString named(const QString &server)
{
    return server.isEmpty() ? Text::tr("The server") : Text::tr("The server at %1").arg(server);
}

MonitorStatus refusal(const QString &message, const ConnectFailure &failure)
{
    const QString problem = passwordFileProblem(passwordFile());
    MonitorStatus status;
    status.state = kRefused;
    status.wantsPassword = true;
    status.message = problem.isEmpty() ? message : message + u' ' + problem;
    status.detail = failure.text;
    return status;
}

} // namespace

QString passwordFile()
{
    const QString named = qEnvironmentVariable("PGPASSFILE");
    return named.isEmpty() ? QDir::homePath() + u"/.pgpass"_s : named;
}

QString passwordFileProblem(const QString &fileName)
{
    constexpr auto kOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther
        | QFileDevice::ExeOther;
    const QFileInfo file(fileName);
    if (!file.exists() || !(file.permissions() & kOthers))
        return {};
    return Text::tr("The file %1 is ignored because others may read it: chmod 600 it.")
        .arg(fileName);
}

MonitorStatus statusOf(const ConnectFailure &failure)
{
    if (failure.lacksPassword && failure.sqlState.isEmpty()) {
        return refusal(Text::tr("The server at %1 asks for the password of %2. Enter it, or "
                                "put it into ~/.pgpass and choose Retry.")
                           .arg(failure.server, failure.user),
                       failure);
    }
    const auto *known = std::ranges::find_if(kKnownFailures, [&failure](const KnownFailure &entry) {
        return failure.sqlState == QLatin1StringView(entry.sqlState);
    });
    if (known == kKnownFailures.end())
        return lostStatus(failure.server, failure.text);
    const QString message = filledIn(known->message, failure);
    if (known->state == kRefused && failure.sqlState == "28P01"_L1)
        return refusal(message, failure);
    MonitorStatus status;
    status.state = known->state;
    status.message = message;
    status.detail = failure.text;
    return status;
}

MonitorStatus lostStatus(const QString &server, const QString &detail)
{
    MonitorStatus status;
    status.state = kLost;
    status.message =
        Text::tr("%1 does not answer. It is tried again by itself.").arg(named(server));
    status.detail = detail;
    return status;
}

} // namespace runsheet
