// SPDX-License-Identifier: Apache-2.0
#include "folder.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>

namespace runsheet::exec
{

namespace
{

constexpr int kLockAttempts = 200;
constexpr int kLockPauseMs = 10;

} // namespace

bool writeAll(int fd, const char *data, size_t size)
{
    while (size > 0) {
        const ssize_t written = ::write(fd, data, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        data += written;
        size -= static_cast<size_t>(written);
    }
    return true;
}

std::optional<Folder> Folder::open(const char *path)
{
    UniqueFd fd(::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.isValid())
        return std::nullopt;
    return Folder(std::move(fd));
}

std::optional<std::string> Folder::read(const char *name) const
{
    const UniqueFd file(::openat(m_fd.get(), name, O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return std::nullopt;
    std::string content;
    std::array<char, 4096> block{};
    ssize_t got = 0;
    while ((got = ::read(file.get(), block.data(), block.size())) > 0)
        content.append(block.data(), static_cast<size_t>(got));
    if (got < 0)
        return std::nullopt;
    return content;
}

bool Folder::contains(const char *name) const
{
    return ::faccessat(m_fd.get(), name, F_OK, 0) == 0;
}

UniqueFd Folder::openLog(const char *name) const
{
    return UniqueFd(
        ::openat(m_fd.get(), name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
}

UniqueFd Folder::lock(const char *name) const
{
    UniqueFd file(::openat(m_fd.get(), name, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
    for (int attempt = 0; file.isValid() && attempt < kLockAttempts; ++attempt) {
        if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0)
            return file;
        ::poll(nullptr, 0, kLockPauseMs);
    }
    return {};
}

bool Folder::isLocked(const char *name) const
{
    const UniqueFd file(::openat(m_fd.get(), name, O_RDONLY | O_CLOEXEC));
    return file.isValid() && ::flock(file.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

bool Folder::replace(const char *name, const std::string &content, Durability durability) const
{
    const std::string temporary = std::string(name) + ".tmp";
    const UniqueFd file(::openat(m_fd.get(), temporary.c_str(),
                                 O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.isValid() || !writeAll(file.get(), content.data(), content.size())
        || (durability == Durability::Content && ::fsync(file.get()) != 0))
        return false;
    if (::renameat(m_fd.get(), temporary.c_str(), m_fd.get(), name) != 0)
        return false;
    if (durability != Durability::None)
        ::fsync(m_fd.get());
    return true;
}

void Folder::remove(const char *name) const
{
    ::unlinkat(m_fd.get(), name, 0);
}

} // namespace runsheet::exec
