// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "folder.h"

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace runsheet::exec
{

/// What a silent command is doing.
struct TerminalState
{
    bool echo = true; ///< what is typed shows
    bool waiting = false; ///< it reads its terminal, or asks for a password
    bool stopped = false; ///< by SIGSTOP or Ctrl-Z: it will say nothing until it is continued

    bool operator==(const TerminalState &) const = default;
};

/// Of the processes that this one started, and theirs. `terminal` is the master side, or a pipe,
/// on which nobody waits for input.
///
/// A process counts as waiting when the kernel says that it is in read() on this terminal, or in
/// poll() or select() while the terminal is in the mode in which line editors put it. Where the
/// kernel does not tell (another user's process, as sudo's), a terminal that takes whole lines
/// without showing them is taken for a password prompt.
[[nodiscard]] TerminalState terminalState(int terminal, pid_t command);

/// Whole lines are taken without being shown: what is typed now is a secret.
[[nodiscard]] bool hidesTyping(int terminal);

/// The file "terminal": written when a command has been silent for a moment and its state has
/// changed.
class TerminalWatch
{
public:
    /// Output or input: look again when it has been silent.
    void noteActivity(int64_t nowMicros);
    [[nodiscard]] int64_t nextLook() const { return m_nextLook; }
    void look(const Folder &folder, int terminal, pid_t command, int64_t nowMicros);

private:
    int64_t m_nextLook = 0;
    TerminalState m_written;
};

} // namespace runsheet::exec
