// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "monitor/serverinquiry.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>

namespace runsheet
{

class SocketGuard;

/// Asks servers what became of commands, each question over a short connection of its own on a
/// pool. Lives on the GUI thread and never blocks it; a question that hangs is cut off.
class ServerChecker final : public QObject
{
    Q_OBJECT

public:
    explicit ServerChecker(QObject *parent = nullptr);
    ~ServerChecker() override;

    /// Answered by `answered` with the same ticket, whatever happens.
    void ask(quint64 ticket, const ServerInquiry &inquiry);
    /// Answered by `optionsTried`.
    void tryOptions(quint64 ticket, const Connection &connection, const QString &password,
                    const QString &options);

Q_SIGNALS:
    void answered(quint64 ticket, const runsheet::ServerFindings &findings);
    void optionsTried(quint64 ticket, bool taken);

private:
    using Work = std::function<std::function<void()>(SocketGuard &)>;
    void start(Work work);

    QThreadPool m_pool;
    QTimer m_enforcer;
    QHash<quint64, std::shared_ptr<SocketGuard>> m_guards; ///< of what is under way
    quint64 m_lastJob = 0;
};

} // namespace runsheet
