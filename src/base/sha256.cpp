// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"

#include <QByteArray>

#include <openssl/evp.h>

#include <array>

namespace runsheet
{

struct Sha256::State
{
    struct Free
    {
        void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

Sha256::Sha256()
    : m_state(std::make_unique<State>())
{
    // A record without its hashes is worth nothing: there is no going on.
    if (EVP_DigestInit_ex(m_state->context.get(), EVP_sha256(), nullptr) != 1)
        qFatal("OpenSSL does not offer SHA-256");
}

Sha256::~Sha256() = default;

void Sha256::add(QByteArrayView bytes)
{
    if (EVP_DigestUpdate(m_state->context.get(), bytes.data(), static_cast<size_t>(bytes.size()))
        != 1)
        qFatal("OpenSSL cannot compute SHA-256");
}

QString Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(m_state->context.get(), digest.data(), &size) != 1)
        qFatal("OpenSSL cannot compute SHA-256");
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(digest.data()), size).toHex());
}

QString sha256Hex(QByteArrayView bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

} // namespace runsheet
