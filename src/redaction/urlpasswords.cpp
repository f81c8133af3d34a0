// SPDX-License-Identifier: Apache-2.0
#include "redaction/urlpasswords.h"

namespace runsheet::redaction
{

namespace
{

constexpr std::string_view kMark = "://";
/// What is longer is no address that a person or a program would write.
constexpr size_t kLongest = 1024;

bool endsAuthority(char c)
{
    return static_cast<unsigned char>(c) <= ' '
        || std::string_view("/\"'`<>\\").find(c) != std::string_view::npos;
}

/// What stands between "://" and the path.
struct Authority
{
    std::string_view text;
    bool isOpen = false; ///< it may go on behind the end of the text
};

Authority authorityAt(std::string_view text, size_t begin)
{
    size_t end = begin;
    while (end < text.size() && end - begin < kLongest && !endsAuthority(text[end]))
        ++end;
    return {.text = text.substr(begin, end - begin),
            .isOpen = end == text.size() && end - begin < kLongest};
}

std::optional<UrlPassword> passwordIn(std::string_view authority)
{
    const size_t at = authority.rfind('@');
    const size_t colon = authority.find(':');
    if (at == std::string_view::npos || colon == std::string_view::npos || colon + 1 >= at
        || authority.find('@') < colon)
        return std::nullopt;
    return UrlPassword{.begin = colon + 1, .end = at};
}

} // namespace

std::vector<UrlPassword> urlPasswords(std::string_view text)
{
    std::vector<UrlPassword> found;
    for (size_t mark = 0; (mark = text.find(kMark, mark)) != std::string_view::npos;) {
        mark += kMark.size();
        if (const auto password = passwordIn(authorityAt(text, mark).text))
            found.push_back({.begin = mark + password->begin, .end = mark + password->end});
    }
    return found;
}

size_t openUrl(std::string_view text)
{
    const size_t from = text.size() > kLongest ? text.size() - kLongest : 0;
    for (size_t mark = from; (mark = text.find(kMark, mark)) != std::string_view::npos; ++mark) {
        if (authorityAt(text, mark + kMark.size()).isOpen)
            return mark;
    }
    for (const size_t part : {size_t{2}, size_t{1}}) {
        if (text.ends_with(kMark.substr(0, part)))
            return text.size() - part;
    }
    return text.size();
}

} // namespace runsheet::redaction
