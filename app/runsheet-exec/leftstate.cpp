// SPDX-License-Identifier: Apache-2.0
#include "leftstate.h"

#include "redaction/needleindex.h"
#include "redaction/plaintext.h"

#include <algorithm>
#include <string_view>

namespace runsheet::exec
{

namespace
{

bool isOctal(char c)
{
    return c >= '0' && c <= '7';
}

/// What a backslash between $'…' stands for; `at` is behind it and moves on.
char escaped(std::string_view text, size_t &at)
{
    constexpr std::string_view kLetters = "abeEfnrtv";
    constexpr std::string_view kMeaning = "\a\b\x1b\x1b\f\n\r\t\v";
    const char c = text[at];
    if (isOctal(c)) {
        int value = 0;
        for (int digits = 0; digits < 3 && at < text.size() && isOctal(text[at]); ++digits)
            value = value * 8 + (text[at++] - '0');
        return static_cast<char>(value);
    }
    ++at;
    const size_t letter = kLetters.find(c);
    return letter == std::string_view::npos ? c : kMeaning[letter];
}

/// The values of a declaration, without quotes, one after the other.
std::string plainValue(std::string_view text)
{
    std::string plain;
    char quote = '\0';
    for (size_t at = 0; at < text.size();) {
        const char c = text[at++];
        if (c == '\\' && at < text.size())
            plain += quote == '\'' ? escaped(text, at) : text[at++];
        else if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = '\0';
        else if (c != '$' || quote != '\0' || at >= text.size() || text[at] != '\'')
            plain += c;
    }
    return plain;
}

/// Shorter ones are ordinary answers ("y") and numbers.
constexpr size_t kShortestWhole = 4;

bool holdsSecret(const std::string &value, const redaction::NeedleIndex &index,
                 const std::vector<redaction::Secret> &secrets)
{
    const bool isOne = value.size() >= kShortestWhole
        && std::ranges::any_of(secrets, [&](const auto &secret) { return secret.value == value; });
    return isOne || !index.look(reduced(value, redaction::Omit::Space)).matches.empty();
}

} // namespace

std::string withoutSecrets(const std::string &state, const std::vector<redaction::Secret> &secrets)
{
    constexpr std::string_view kDeclare = "declare -";
    const redaction::NeedleIndex index(secrets);
    std::string kept;
    for (size_t begin = 0; begin < state.size();) {
        const size_t end = std::min(state.find('\n', begin), state.size() - 1) + 1;
        const std::string_view line(state.data() + begin, end - begin);
        begin = end;
        const size_t name = line.find(' ', kDeclare.size()) + 1;
        const size_t equals = line.find('=');
        const bool isValue =
            line.starts_with(kDeclare) && name != 0 && equals != std::string_view::npos;
        std::string_view value = isValue ? line.substr(equals + 1) : std::string_view();
        if (value.ends_with('\n'))
            value.remove_suffix(1);
        if (isValue && holdsSecret(plainValue(value), index, secrets))
            kept.append("# secret ").append(line.substr(name, equals - name)).append("\n");
        else
            kept.append(line);
    }
    return kept;
}

} // namespace runsheet::exec
