// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QUrl>

namespace runsheet::test
{

/// Shows a certificate that it has made and signed itself to everybody who connects, and remembers
/// what it was sent once the connection was trusted.
class TlsService final : public QTcpServer
{
public:
    TlsService();

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("https://127.0.0.1:%1/healthz").arg(serverPort()));
    }

    int connections = 0;
    QByteArray received;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    QSslCertificate m_certificate;
    QSslKey m_key;
};

} // namespace runsheet::test
