// SPDX-License-Identifier: Apache-2.0
#include "bench/bareterminal.h"

#include <QFile>

#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <vector>

namespace runsheet::bench
{

namespace
{

constexpr size_t kBlock = 65536;

[[noreturn]] void become(const QStringList &command)
{
    termios settings{};
    ::tcgetattr(STDOUT_FILENO, &settings);
    settings.c_oflag &= static_cast<tcflag_t>(~OPOST); // the bytes as they are
    ::tcsetattr(STDOUT_FILENO, TCSANOW, &settings);
    QList<QByteArray> words;
    for (const QString &word : command)
        words.append(QFile::encodeName(word));
    std::vector<char *> arguments;
    for (QByteArray &word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments.front(), arguments.data());
    ::_exit(127);
}

} // namespace

bool drainTerminal(const QStringList &command, const QString &file)
{
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return false;
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0)
        become(command);
    std::vector<char> block(kBlock);
    bool written = child > 0;
    for (ssize_t got = 0; written && (got = ::read(terminal, block.data(), block.size())) > 0;)
        written = out.write(block.data(), got) == got;
    ::close(terminal);
    int status = 0;
    return ::waitpid(child, &status, 0) == child && written && status == 0;
}

} // namespace runsheet::bench
