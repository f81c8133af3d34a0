// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace runsheet::test
{

/// Says the same bytes to everybody who has sent a whole request, and remembers the requests.
class HttpService final : public QTcpServer
{
public:
    explicit HttpService(const QByteArray &answer)
        : m_answer(answer)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                m_request += socket->readAll();
                if (!m_request.endsWith("\r\n\r\n"))
                    return;
                requests += m_request;
                m_request.clear();
                socket->write(m_answer);
                if (!m_answer.isEmpty())
                    socket->disconnectFromHost();
            });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("cannot listen on loopback");
    }

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/healthz")) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path));
    }

    /// For those still waiting: a service made with an empty answer is silent until then.
    void answerNow(const QByteArray &answer)
    {
        for (QTcpSocket *socket : findChildren<QTcpSocket *>()) {
            socket->write(answer);
            socket->disconnectFromHost();
        }
    }

    QByteArrayList requests;

private:
    QByteArray m_answer;
    QByteArray m_request;
};

} // namespace runsheet::test
