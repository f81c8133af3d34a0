// SPDX-License-Identifier: Apache-2.0
#include "exec/sleeplock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusReply>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kPatienceMs = 2000;

} // namespace

Result<QDBusUnixFileDescriptor> holdOffSleep()
{
    QDBusMessage wish =
        QDBusMessage::createMethodCall(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                       u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
    wish << u"sleep:idle:shutdown"_s << u"Runsheet"_s << u"A migration command is running"_s
         << u"block"_s;
    const QDBusReply<QDBusUnixFileDescriptor> reply =
        QDBusConnection::systemBus().call(wish, QDBus::Block, kPatienceMs);
    if (!reply.isValid() || !reply.value().isValid())
        return Error{.kind = Error::Kind::Unavailable,
                     .message = u"The computer may go to sleep while the command runs."_s,
                     .detail = reply.error().message()};
    return reply.value();
}

} // namespace runsheet
