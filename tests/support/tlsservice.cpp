// SPDX-License-Identifier: Apache-2.0
#include "support/tlsservice.h"

#include <QSslSocket>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <functional>
#include <memory>

namespace runsheet::test
{

namespace
{

template <auto free>
struct Freeing
{
    template <typename T>
    void operator()(T *object) const
    {
        free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Memory = std::unique_ptr<BIO, Freeing<BIO_free_all>>;

constexpr long kHour = 3'600;

QByteArray pemOf(const std::function<int(BIO *)> &write)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    if (write(memory.get()) != 1)
        qFatal("cannot write PEM");
    const char *text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return {text, length};
}

Certificate selfSigned(EVP_PKEY *key)
{
    Certificate certificate(X509_new());
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>("service.example"), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kHour);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kHour);
    X509_set_pubkey(certificate.get(), key);
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0)
        qFatal("cannot sign a certificate");
    return certificate;
}

} // namespace

TlsService::TlsService()
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = selfSigned(key.get());
    m_certificate = QSslCertificate(
        pemOf([&](BIO *out) { return PEM_write_bio_X509(out, certificate.get()); }));
    m_key = QSslKey(pemOf([&](BIO *out) {
                        return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0,
                                                        nullptr, nullptr);
                    }),
                    QSsl::Ec);
    if (m_certificate.isNull() || m_key.isNull() || !listen(QHostAddress::LocalHost))
        qFatal("cannot serve TLS on loopback");
}

void TlsService::incomingConnection(qintptr descriptor)
{
    ++connections;
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    socket->setLocalCertificate(m_certificate);
    socket->setPrivateKey(m_key);
    connect(socket, &QSslSocket::readyRead, this,
            [this, socket] { received += socket->readAll(); });
    socket->startServerEncryption();
}

} // namespace runsheet::test
