// SPDX-License-Identifier: Apache-2.0
#include "support/serverguard.h"

#include <QFile>
#include <QProcess>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

// The server's process is known by its folder: the number in the file may be somebody else's by
// now. A server that the test has frozen is woken first.
constexpr auto kScript = R"sh(cd /
flock "$1.alive" true
if [ -f "$1/data/postmaster.pid" ]; then
    read -r pid < "$1/data/postmaster.pid"
    if [ "$(readlink "/proc/$pid/cwd")" = "$1/data" ]; then
        kill -CONT "$pid"
        kill -QUIT "$pid"
        timeout 10 tail --pid="$pid" -f /dev/null
    fi
fi
rm -rf "$1" "$1.alive"
)sh"_L1;

} // namespace

ServerGuard::ServerGuard(const QString &folder)
    : m_lockFile(QFile::encodeName(folder + u".alive"_s))
    , m_lock(::open(m_lockFile.constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600))
{
    flock(m_lock, LOCK_EX);
    QProcess guard;
    guard.setProgram(u"sh"_s);
    guard.setArguments({u"-c"_s, kScript, u"runsheet-server-guard"_s, folder});
    guard.setStandardInputFile(QProcess::nullDevice());
    guard.setStandardOutputFile(QProcess::nullDevice());
    guard.setStandardErrorFile(QProcess::nullDevice());
    guard.startDetached();
}

ServerGuard::~ServerGuard()
{
    // Before the shell wakes up, so that a folder around it can be removed at once.
    ::unlink(m_lockFile.constData());
    ::close(m_lock);
}

} // namespace runsheet
