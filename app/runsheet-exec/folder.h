// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "uniquefd.h"

#include <optional>
#include <string>

namespace runsheet::exec
{

/// The execution's folder. Everything goes through its descriptor, so that it may be renamed or
/// have a path too long for a socket address.
class Folder
{
public:
    [[nodiscard]] static std::optional<Folder> open(const char *path);

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] std::optional<std::string> read(const char *name) const;
    [[nodiscard]] bool contains(const char *name) const;
    /// Appending, made where it is missing; invalid when that failed.
    [[nodiscard]] UniqueFd openLog(const char *name) const;
    /// An exclusive flock on the file, or an invalid descriptor when somebody else keeps it. Waits
    /// a little: whoever looks whether a lock is held takes it for an instant.
    [[nodiscard]] UniqueFd lock(const char *name) const;
    /// Whether another process holds the flock.
    [[nodiscard]] bool isLocked(const char *name) const;
    /// What a power cut right after replace() leaves. Each step costs a wait for the disk.
    enum class Durability
    {
        None, ///< perhaps the file before it
        Name, ///< a file, perhaps an empty one: that something began is known
        Content,
    };
    /// Readers see the old file or the new one, never a part.
    [[nodiscard]] bool replace(const char *name, const std::string &content,
                               Durability durability) const;
    void remove(const char *name) const;

private:
    explicit Folder(UniqueFd fd)
        : m_fd(std::move(fd))
    {
    }

    UniqueFd m_fd;
};

/// All of it, over short writes and interruptions; false with errno.
[[nodiscard]] bool writeAll(int fd, const char *data, size_t size);

} // namespace runsheet::exec
