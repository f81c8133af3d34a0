// SPDX-License-Identifier: Apache-2.0
#include "monitor/httpchecker.h"

#include <QElapsedTimer>
#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QSslError>
#include <QStringList>
#include <QTimer>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Keeps nothing: a check must mean the same each time.
class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

/// What is gathered while the answer comes in.
struct Exchange
{
    QElapsedTimer clock;
    QStringList tlsErrors;
    QByteArray body;
};

QString problemOf(const QNetworkReply &reply, const Exchange &exchange,
                  std::chrono::milliseconds patience)
{
    const QString server = reply.url().host();
    if (!exchange.tlsErrors.isEmpty())
        return HttpChecker::tr("The certificate of %1 is not trusted: %2.")
            .arg(server, exchange.tlsErrors.join(u"; "_s));
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return HttpChecker::tr("%1 did not answer within %2 s.")
            .arg(server)
            .arg(static_cast<double>(patience.count()) / 1000);
    case QNetworkReply::ConnectionRefusedError:
        return HttpChecker::tr("Nothing listens at %1.").arg(reply.url().authority());
    case QNetworkReply::HostNotFoundError:
        return HttpChecker::tr("There is no computer named %1.").arg(server);
    default:
        return HttpChecker::tr("%1: %2.").arg(server, reply.errorString());
    }
}

HttpAnswer answerOf(QNetworkReply &reply, const Exchange &exchange,
                    std::chrono::milliseconds patience)
{
    HttpAnswer answer{.url = reply.request().url(),
                      .status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                      .micros = exchange.clock.nsecsElapsed() / 1000,
                      .body = exchange.body,
                      .problem = {}};
    const bool cutByUs = exchange.body.size() >= HttpChecker::kMaxBody;
    const bool httpError = reply.error() >= QNetworkReply::ContentAccessDenied
        && reply.error() <= QNetworkReply::UnknownServerError && answer.status >= 400;
    if (reply.error() != QNetworkReply::NoError && !cutByUs && !httpError) {
        answer.status = 0; // half an answer is none
        answer.problem = problemOf(reply, exchange, patience);
    }
    return answer;
}

} // namespace

HttpChecker::HttpChecker(QObject *parent)
    : QObject(parent)
{
    m_network.setCookieJar(new NoCookies(&m_network));
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void HttpChecker::check(quint64 ticket, const QString &method, const QUrl &url,
                        std::chrono::milliseconds patience)
{
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!isWeb || url.host().isEmpty() || (method != "GET"_L1 && method != "HEAD"_L1)) {
        const HttpAnswer refused{
            .url = url,
            .body = {},
            .problem = tr("Only GET and HEAD of http and https addresses are checked: %1 %2.")
                           .arg(method, url.toDisplayString())};
        QMetaObject::invokeMethod(
            this, [this, ticket, refused] { Q_EMIT answered(ticket, refused); },
            Qt::QueuedConnection);
        return;
    }
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    const auto exchange = std::make_shared<Exchange>();
    exchange->clock.start();
    QNetworkReply *reply = method == "HEAD"_L1 ? m_network.head(request) : m_network.get(request);
    // Of the whole exchange; Qt's own time-out begins anew with every byte.
    QTimer::singleShot(patience, reply, &QNetworkReply::abort);
    connect(reply, &QNetworkReply::sslErrors, this, [exchange](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            exchange->tlsErrors += error.errorString();
    });
    connect(reply, &QNetworkReply::readyRead, this, [reply, exchange] {
        exchange->body += reply->read(kMaxBody - exchange->body.size());
        if (exchange->body.size() >= kMaxBody)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, ticket, reply, exchange, patience] {
        reply->deleteLater();
        Q_EMIT answered(ticket, answerOf(*reply, *exchange, patience));
    });
}

} // namespace runsheet
