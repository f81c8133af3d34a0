// SPDX-License-Identifier: Apache-2.0
#include "redaction/secretscan.h"

#include "redaction/plaintext.h"

namespace runsheet::redaction
{

std::optional<std::string> SecretScan::find(std::string_view text) const
{
    for (const Omit omit : {Omit::Space, Omit::SpaceAndEscapes}) {
        const auto matches = m_index.look(reduced(text, omit)).matches;
        if (!matches.empty())
            return m_secrets[matches.front().secret].name;
    }
    return std::nullopt;
}

} // namespace runsheet::redaction
