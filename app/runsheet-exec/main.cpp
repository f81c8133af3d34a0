// SPDX-License-Identifier: Apache-2.0
//
// runsheet-exec [--detach] [--secrets FD] FOLDER: runs the one command that FOLDER/spec.json
// describes, keeps its output and records how it ended, whatever becomes of the program that asked
// for it.
// --detach comes back as soon as it stands on its own; --secrets names an open pipe.
#include "secrets.h"
#include "supervisor.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

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
void leadSession(bool detach)
{
    if (!detach && (::setsid() >= 0 || ::getsid(0) == ::getpid()))
        return;
    const pid_t child = ::fork();
    if (child != 0)
        ::_exit(child < 0 ? EXIT_FAILURE : EXIT_SUCCESS);
    ::setsid();
}

/// What was asked for on the command line.
struct Request
{
    bool detach = false;
    int secrets = -1;
    const char *folder = nullptr;
};

std::optional<Request> parseArguments(int argc, char **argv)
{
    Request request;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--detach")
            request.detach = true;
        else if (word == "--secrets" && i + 1 < argc)
            request.secrets = std::atoi(argv[++i]);
        else if (request.folder == nullptr)
            request.folder = argv[i];
        else
            return std::nullopt;
    }
    return request.folder == nullptr ? std::nullopt : std::optional(request);
}

} // namespace

int main(int argc, char **argv)
{
    const std::optional<Request> request = parseArguments(argc, argv);
    if (!request) {
        std::fputs("Usage: runsheet-exec [--detach] [--secrets FD] FOLDER\n", stderr);
        return kUsageError;
    }
    std::optional<Folder> folder = Folder::open(request->folder);
    std::optional<Spec> spec = folder ? readSpec(*folder) : std::nullopt;
    if (!spec) {
        std::fprintf(stderr, "runsheet-exec: %s holds no spec.json that can be read.\n",
                     request->folder);
        return kUsageError;
    }
    ignoreSignals();
    // No core file and no look from other processes of the same user: secrets are in here.
    ::prctl(PR_SET_DUMPABLE, 0);
    std::optional<GivenSecrets> secrets =
        request->secrets < 0 ? GivenSecrets{} : readSecrets(request->secrets);
    if (!secrets) {
        std::fputs("runsheet-exec: the secrets that were promised did not come.\n", stderr);
        return kUsageError;
    }
    folder.reset();
    closeInherited();
    leadSession(request->detach);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    folder = Folder::open(request->folder);
    if (!folder || ::chdir("/") != 0)
        return EXIT_FAILURE;
    exportSecrets(*secrets);
    return Supervisor(std::move(*folder), std::move(*spec), secretsToMask(*secrets)).run();
}
