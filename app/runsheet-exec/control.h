// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "folder.h"

#include <poll.h>

#include <optional>
#include <string>
#include <vector>

namespace runsheet::exec
{

/// One line of the control socket; exactly one member is set.
struct ControlRequest
{
    struct Size
    {
        unsigned short columns = 0;
        unsigned short rows = 0;
    };
    std::optional<int> signal;
    std::optional<std::string> input;
    std::optional<Size> resize;
};

/// {"signal":n}, {"input":"<base64>"} or {"resize":[columns,rows]}; nothing for any other text,
/// such as the {"hold":true} that a descriptor comes with.
[[nodiscard]] std::optional<ControlRequest> parseControlLine(const std::string &line);

/// control.sock: whoever may enter the folder may steer the command. Without the socket (a file
/// system that has none) the command still runs. A descriptor that is sent is held open for as long
/// as this lives: so a window hands over what keeps the computer awake.
class ControlServer
{
public:
    explicit ControlServer(const Folder &folder);

    /// What to wait for; handle() wants the same entries back.
    void addTo(std::vector<pollfd> &set) const;
    [[nodiscard]] std::vector<ControlRequest> handle(const std::vector<pollfd> &set);

private:
    struct Client
    {
        UniqueFd fd;
        std::string pending;
    };

    void acceptClients();
    bool readClient(Client &client, std::vector<ControlRequest> &requests);
    /// As read(), and takes a descriptor that comes along.
    [[nodiscard]] ssize_t receive(int socket, std::vector<char> &block);

    UniqueFd m_listener;
    std::vector<Client> m_clients;
    std::vector<UniqueFd> m_held;
};

} // namespace runsheet::exec
