// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>

namespace runsheet
{

struct HttpAnswer
{
    QUrl url;
    int status = 0; ///< 0: there was no answer, see problem
    qint64 micros = 0; ///< until the whole answer was there
    QByteArray body; ///< at most HttpChecker::kMaxBody
    QString problem; ///< in words for people: time-out, refused, certificate …

    bool operator==(const HttpAnswer &) const = default;
};

/// Asks a service one question, as a person would with curl: GET or HEAD, no redirect followed, no
/// cookie kept, no certificate error ignored. GUI thread, asynchronous.
class HttpChecker final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMaxBody = 1024 * 1024; ///< bytes; more are not read
    static constexpr std::chrono::milliseconds kPatience{10'000};

    explicit HttpChecker(QObject *parent = nullptr);

    /// Answered by `answered` with the same ticket, whatever happens. http and https only.
    void check(quint64 ticket, const QString &method, const QUrl &url,
               std::chrono::milliseconds patience = kPatience);

Q_SIGNALS:
    void answered(quint64 ticket, const runsheet::HttpAnswer &answer);

private:
    QNetworkAccessManager m_network;
};

} // namespace runsheet
