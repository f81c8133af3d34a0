// SPDX-License-Identifier: Apache-2.0
#include "exec/controlchannel.h"

#include "base/json.h"

#include <QFile>
#include <QJsonArray>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QByteArray toLine(const QJsonObject &object)
{
    return canonicalJson(object) + '\n';
}

/// The path of the socket goes through the folder's descriptor: an address holds 107 bytes only.
bool connectTo(int socket, int folder)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/control.sock",
                  folder);
    return ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

/// One byte, because a descriptor travels with something.
bool sendWithDescriptor(int socket, char byte, int descriptor)
{
    iovec text{.iov_base = &byte, .iov_len = 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof descriptor)> room{};
    msghdr message{};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    cmsghdr *const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return ::sendmsg(socket, &message, MSG_NOSIGNAL) == 1;
}

bool sendAll(int socket, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t sent =
            ::send(socket, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes = bytes.sliced(sent);
    }
    return true;
}

} // namespace

QByteArray signalLine(int signal)
{
    return toLine({{u"signal"_s, signal}});
}

QByteArray inputLine(const QByteArray &bytes)
{
    return toLine({{u"input"_s, QString::fromLatin1(bytes.toBase64())}});
}

QByteArray resizeLine(int columns, int rows)
{
    constexpr int kMost = 10'000;
    return toLine(
        {{u"resize"_s, QJsonArray{std::clamp(columns, 1, kMost), std::clamp(rows, 1, kMost)}}});
}

QByteArray holdLine()
{
    return toLine({{u"hold"_s, true}});
}

bool sendControl(const QString &folder, const QByteArray &lines, int descriptor)
{
    const int directory =
        ::open(QFile::encodeName(folder).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return false;
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{.tv_sec = 1, .tv_usec = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    QByteArrayView rest = lines;
    bool sent = connectTo(socket, directory);
    if (sent && descriptor >= 0) {
        sent = sendWithDescriptor(socket, rest.front(), descriptor);
        rest = rest.sliced(1);
    }
    sent = sent && sendAll(socket, rest);
    ::close(socket);
    ::close(directory);
    return sent;
}

} // namespace runsheet
