// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "control.h"
#include "redaction/redactor.h"
#include "status.h"
#include "terminalstate.h"

#include <deque>

namespace runsheet::exec
{

/// Owns one command from start to recorded end. One thread, one poll loop.
class Supervisor
{
public:
    /// The secrets are masked in everything that is kept of the output.
    Supervisor(Folder folder, Spec spec, std::vector<redaction::Secret> secrets = {});

    /// Returns when the command has ended, its status is recorded and nothing it left behind needs
    /// its terminal any more. The process's exit code: 0 unless nothing could be recorded.
    [[nodiscard]] int run();

private:
    [[nodiscard]] bool claimFolder();
    [[nodiscard]] bool startCommand();
    void superviseUntilEnd();
    void recordEnd();
    /// Background processes keep their terminal, and what they print a file, until the last of them
    /// has ended or become a daemon.
    void serveLeftovers();

    [[nodiscard]] bool isOutputOpen() const;
    [[nodiscard]] bool isSessionAlive();
    void waitForSomething(int timeoutMs);
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] int timeoutMs() const;
    void readOutput();
    void showPrompt();
    void noteReadFailure(ssize_t result, int error);
    void writeInput();
    void reapChildren();
    void carryOut(const ControlRequest &request);
    void signalCommand(int signal) const;
    /// What a person types where it does not show is masked from now on.
    void learnTyped(const std::string &input);
    void nameUnmaskable();
    void hideLeftSecrets() const;
    void writeRunningStatus() const;
    void writeFinalStatus(const std::string &content) const;

    Folder m_folder;
    Spec m_spec;
    std::vector<redaction::Secret> m_secrets;
    UniqueFd m_owner; ///< held by this process alone: whether somebody watches the command
    UniqueFd m_lock; ///< shared with the command: whether anything of it lives
    UniqueFd m_childEvents;
    std::optional<OutputLog> m_log;
    std::optional<redaction::Redactor> m_redactor; ///< made while the command starts
    int64_t m_lastOutput = 0; ///< monotonic
    std::optional<ControlServer> m_control;
    Child m_child;
    Status m_status;
    TerminalWatch m_terminal;
    std::optional<Ending> m_ending;
    bool m_hungUp = false; ///< at the moment nobody has the other end of the output open
    bool m_drained = false; ///< since the command's end there was a moment without output
    std::string m_input; ///< not yet taken by the terminal
    std::string m_typed; ///< of a line that does not show, until its end
    std::vector<pollfd> m_set;
    std::vector<char> m_buffer;
};

} // namespace runsheet::exec
