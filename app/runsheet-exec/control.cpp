// SPDX-License-Identifier: Apache-2.0
#include "control.h"

#include <nlohmann/json.hpp>

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace runsheet::exec
{

namespace
{

constexpr size_t kMaxLine = 4 << 20;
constexpr size_t kMaxClients = 16;
constexpr size_t kMaxHeld = 16;

int base64Value(char c)
{
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const size_t position = kAlphabet.find(c);
    return position == std::string_view::npos ? -1 : static_cast<int>(position);
}

std::optional<std::string> fromBase64(const std::string &text)
{
    std::string bytes;
    unsigned int bits = 0;
    int count = 0;
    for (const char c : text) {
        if (c == '=')
            break;
        const int value = base64Value(c);
        if (value < 0)
            return std::nullopt;
        bits = (bits << 6 | static_cast<unsigned int>(value)) & 0xffffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count & 0xff));
        }
    }
    return bytes;
}

/// Through the folder's descriptor: a socket address holds 107 bytes, a data folder's path may not.
sockaddr_un addressIn(const Folder &folder)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/control.sock",
                  folder.fd());
    return address;
}

ControlRequest toRequest(const nlohmann::json &object)
{
    ControlRequest request;
    if (object.contains("signal"))
        request.signal = object.at("signal").get<int>();
    else if (object.contains("input"))
        request.input = fromBase64(object.at("input").get<std::string>());
    else if (object.contains("resize"))
        request.resize = {.columns = object.at("resize").at(0).get<unsigned short>(),
                          .rows = object.at("resize").at(1).get<unsigned short>()};
    return request;
}

} // namespace

std::optional<ControlRequest> parseControlLine(const std::string &line)
{
    try {
        const ControlRequest request = toRequest(nlohmann::json::parse(line));
        const bool signalFits = request.signal && *request.signal > 0 && *request.signal < NSIG;
        if (signalFits || request.input || request.resize)
            return request;
    } catch (const nlohmann::json::exception &) {
        return std::nullopt;
    }
    return std::nullopt;
}

ControlServer::ControlServer(const Folder &folder)
    : m_listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
{
    folder.remove("control.sock");
    const sockaddr_un address = addressIn(folder);
    if (::bind(m_listener.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || ::listen(m_listener.get(), kMaxClients) != 0)
        m_listener.reset();
}

void ControlServer::addTo(std::vector<pollfd> &set) const
{
    if (m_listener.isValid() && m_clients.size() < kMaxClients)
        set.push_back({.fd = m_listener.get(), .events = POLLIN, .revents = 0});
    for (const Client &client : m_clients)
        set.push_back({.fd = client.fd.get(), .events = POLLIN, .revents = 0});
}

std::vector<ControlRequest> ControlServer::handle(const std::vector<pollfd> &set)
{
    const auto isReady = [&set](int fd) {
        return std::ranges::any_of(
            set, [fd](const pollfd &entry) { return entry.fd == fd && entry.revents != 0; });
    };
    std::vector<ControlRequest> requests;
    std::erase_if(m_clients, [&](Client &client) {
        return isReady(client.fd.get()) && !readClient(client, requests);
    });
    if (isReady(m_listener.get()))
        acceptClients();
    return requests;
}

void ControlServer::acceptClients()
{
    while (m_clients.size() < kMaxClients) {
        UniqueFd fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!fd.isValid())
            return;
        m_clients.push_back({.fd = std::move(fd), .pending = {}});
    }
}

/// False when the client has gone or sends what no client of ours would.
bool ControlServer::readClient(Client &client, std::vector<ControlRequest> &requests)
{
    std::vector<char> block(65536);
    ssize_t got = 0;
    while ((got = receive(client.fd.get(), block)) > 0) {
        client.pending.append(block.data(), static_cast<size_t>(got));
        size_t end = 0;
        while ((end = client.pending.find('\n')) != std::string::npos) {
            if (auto request = parseControlLine(client.pending.substr(0, end)))
                requests.push_back(std::move(*request));
            client.pending.erase(0, end + 1);
        }
        if (client.pending.size() > kMaxLine)
            return false;
    }
    return got < 0 && (errno == EAGAIN || errno == EINTR);
}

/// The kernel closes what finds no room; what is too much is closed here.
ssize_t ControlServer::receive(int socket, std::vector<char> &block)
{
    int descriptor = -1;
    iovec text{.iov_base = block.data(), .iov_len = block.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof descriptor)> room{};
    msghdr message{};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    const ssize_t got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    const cmsghdr *const header = got > 0 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (header == nullptr || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS
        || header->cmsg_len != CMSG_LEN(sizeof descriptor))
        return got;
    std::memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    UniqueFd held(descriptor);
    if (m_held.size() < kMaxHeld)
        m_held.push_back(std::move(held));
    return got;
}

} // namespace runsheet::exec
