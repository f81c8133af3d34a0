// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "redaction/needleindex.h"

#include <optional>

namespace runsheet::redaction
{

/// The last look before something leaves the program.
class SecretScan
{
public:
    explicit SecretScan(std::vector<Secret> secrets)
        : m_secrets(std::move(secrets))
        , m_index(m_secrets)
    {
    }

    /// The name of a secret that the text holds, in any of the forms that Redactor masks.
    [[nodiscard]] std::optional<std::string> find(std::string_view text) const;

private:
    std::vector<Secret> m_secrets;
    NeedleIndex m_index;
};

} // namespace runsheet::redaction
