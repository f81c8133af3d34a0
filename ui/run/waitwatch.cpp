// SPDX-License-Identifier: Apache-2.0
#include "run/waitwatch.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace runsheet
{

void WaitWatch::tick(const RunState &state, const QDateTime &now)
{
    if (state.id != m_run) {
        m_run = state.id;
        m_told.clear();
    }
    if (state.status != RunStatus::InProgress)
        return;
    for (auto it = state.waits.begin(); it != state.waits.end(); ++it) {
        if (now < it->endsAt() || m_told.value(it.key()) == *it)
            continue;
        m_told.insert(it.key(), *it);
        if (!state.isSigned(it.key()))
            Q_EMIT waitEnded(it.key(), *it);
    }
}

void showDesktopNotice(QWidget &window, const QString &title, const QString &text)
{
    QApplication::alert(window.window());
    if (window.isActiveWindow())
        return;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage notice = QDBusMessage::createMethodCall(
        u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
        u"org.freedesktop.Notifications"_s, u"Notify"_s);
    constexpr int kDefaultTime = -1;
    // The text may hold marks, which a title does not: a step's name is no markup.
    notice << u"Runsheet"_s << 0U << u"runsheet"_s << title << text.toHtmlEscaped() << QStringList()
           << QVariantMap() << kDefaultTime;
    bus.send(notice); // no answer is waited for
}

} // namespace runsheet
