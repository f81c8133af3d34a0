// SPDX-License-Identifier: Apache-2.0
#include "exec/detachedprocess.h"

#include <QFile>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

Error failure(const QString &detail)
{
    return {.kind = Error::Kind::Unavailable,
            .message = u"The program could not be started."_s,
            .detail = detail};
}

Error failure(int error)
{
    return failure(QString::fromLocal8Bit(std::strerror(error)));
}

/// Null-terminated pointers into `texts`, as exec wants them.
std::vector<char *> pointers(QByteArrayList &texts)
{
    std::vector<char *> out;
    for (QByteArray &text : texts)
        out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

/// Standard streams from and to nowhere, and the pipe.
class FileActions
{
public:
    explicit FileActions(int pipe)
    {
        ::posix_spawn_file_actions_init(&m_actions);
        for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::posix_spawn_file_actions_addopen(&m_actions, standard, "/dev/null", O_RDWR, 0);
        ::posix_spawn_file_actions_adddup2(&m_actions, pipe, kInputDescriptor);
    }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&m_actions); }
    Q_DISABLE_COPY_MOVE(FileActions)

    [[nodiscard]] const posix_spawn_file_actions_t *get() const { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions{};
};

/// A reader that is gone shows in its exit code.
void writeAndClose(int pipe, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written =
            ::send(pipe, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
        if (written < 0 && errno != EINTR)
            break;
        bytes = bytes.sliced(std::max<ssize_t>(written, 0));
    }
    ::close(pipe);
}

Result<void> waitUntilDetached(pid_t pid)
{
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno == ECHILD)
            return {}; // whoever started this program has children waited for; the folder will tell
        if (errno != EINTR)
            return failure(errno);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    return failure(WIFEXITED(status) ? u"It ended with exit code %1."_s.arg(WEXITSTATUS(status))
                                     : u"It was ended by signal %1."_s.arg(WTERMSIG(status)));
}

} // namespace

Result<void> startDetached(const DetachedProgram &program)
{
    QByteArrayList words{QFile::encodeName(program.program)};
    for (const QString &argument : program.arguments)
        words += QFile::encodeName(argument);
    QByteArrayList environment = program.environment;
    std::array<int, 2> pipe{};
    // A pair of sockets, because writing to it raises no signal when the program is gone.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pipe.data()) != 0)
        return failure(errno);
    const FileActions actions(pipe[0]);
    pid_t pid = -1;
    const int problem = ::posix_spawn(&pid, words.constFirst().constData(), actions.get(), nullptr,
                                      pointers(words).data(), pointers(environment).data());
    ::close(pipe[0]);
    if (problem != 0) {
        ::close(pipe[1]);
        return failure(problem);
    }
    writeAndClose(pipe[1], program.input);
    return waitUntilDetached(pid);
}

} // namespace runsheet
