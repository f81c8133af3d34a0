// SPDX-License-Identifier: Apache-2.0
//
// runsheet-exec FOLDER: runs the one command that FOLDER/spec.json describes, keeps its output and
// records how it ended, whatever becomes of the program that asked for it.
#include "supervisor.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>

using namespace runsheet::exec;

namespace
{

constexpr int kUsageError = 2;

/// What could end this process by accident. The command gets its own handling back before it runs.
void ignoreSignals()
{
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2,
                             SIGTSTP, SIGTTIN, SIGTTOU, SIGXFSZ})
        ::signal(number, SIG_IGN);
}

/// Nothing of the starting program is kept open: no pipe of its can block, no file of its leaks.
void closeInherited()
{
    const int null = ::open("/dev/null", O_RDWR);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::dup2(null, standard);
    ::close_range(3, UINT_MAX, 0);
}

/// A session of its own, so that no terminal's hang-up reaches it.
void leadSession()
{
    if (::setsid() >= 0 || ::getsid(0) == ::getpid())
        return;
    const pid_t child = ::fork();
    if (child != 0)
        ::_exit(child < 0 ? EXIT_FAILURE : EXIT_SUCCESS);
    ::setsid();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("Usage: runsheet-exec FOLDER\n", stderr);
        return kUsageError;
    }
    std::optional<Folder> folder = Folder::open(argv[1]);
    std::optional<Spec> spec = folder ? readSpec(*folder) : std::nullopt;
    if (!spec) {
        std::fprintf(stderr, "runsheet-exec: %s holds no spec.json that can be read.\n", argv[1]);
        return kUsageError;
    }
    folder.reset();
    ignoreSignals();
    closeInherited();
    leadSession();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    folder = Folder::open(argv[1]);
    return folder ? Supervisor(std::move(*folder), std::move(*spec)).run() : EXIT_FAILURE;
}
