// SPDX-License-Identifier: Apache-2.0
#include "redaction/redactor.h"

#include "redaction/urlpasswords.h"

#include <algorithm>
#include <tuple>

namespace runsheet::redaction
{

namespace
{

constexpr std::string_view kBareMarker = "[REDACTED]";
/// How many blanks or escapes a secret may be broken up by before they are taken for its end.
constexpr size_t kMostBetween = 65'536;

} // namespace

Redactor::Redactor(const std::vector<Secret> &secrets)
    : m_index(secrets)
{
    addMarkers(secrets);
}

void Redactor::know(const std::vector<Secret> &secrets)
{
    m_index = NeedleIndex(secrets);
    m_markers.clear();
    addMarkers(secrets);
}

/// A marker that holds a secret ("PGPASSWORD" as the password) would tell it.
void Redactor::addMarkers(const std::vector<Secret> &secrets)
{
    const auto add = [this](const std::string &name) {
        const std::string marker = "[REDACTED:" + name + ']';
        const bool tells = !m_index.look(reduced(marker, Omit::Space)).matches.empty();
        m_markers.push_back(tells ? std::string(kBareMarker) : marker);
    };
    for (const Secret &secret : secrets)
        add(secret.name);
    add("URL");
}

std::string_view Redactor::feed(std::string_view bytes)
{
    m_paused = false;
    if (m_buffer.empty() && isOrdinary(bytes))
        return bytes;
    m_buffer += bytes;
    return advance(Moment::Feed);
}

/// Nothing to mask and nothing to hold back, as nearly always: then nothing is copied either.
bool Redactor::isOrdinary(std::string_view bytes)
{
    if (bytes.find("://") != std::string_view::npos || openUrl(bytes) != bytes.size())
        return false;
    if (m_index.isEmpty())
        return true;
    if (bytes.find('\x1b') != std::string_view::npos)
        return false;
    reduce(bytes, Omit::Space, m_plain);
    const NeedleIndex::Findings found = m_index.look(m_plain);
    return found.matches.empty() && found.open == m_plain.size();
}

std::string_view Redactor::pause()
{
    m_paused = true;
    return advance(Moment::Pause);
}

std::string_view Redactor::finish()
{
    return advance(Moment::Finish);
}

std::string_view Redactor::advance(Moment moment)
{
    m_output.clear();
    write(look(moment));
    return m_output;
}

Redactor::Sight Redactor::look(Moment moment)
{
    Sight sight{.ranges = {}, .keep = m_buffer.size(), .hold = m_buffer.size()};
    if (!m_index.isEmpty()) {
        lookForNeedles(Omit::Space, moment, sight);
        if (m_buffer.find('\x1b') != std::string::npos) {
            lookForNeedles(Omit::SpaceAndEscapes, moment, sight);
            sight.keep = std::min(sight.keep, openEscape(m_buffer));
        }
    }
    lookForUrls(moment, sight);
    if (moment == Moment::Finish)
        sight.keep = m_buffer.size();
    if (moment == Moment::Finish || m_buffer.size() - sight.hold > kMostBetween + m_index.longest())
        sight.hold = m_buffer.size();
    if (m_buffer.size() - sight.keep > kMostBetween + m_index.longest())
        sight.keep = m_buffer.size();
    return sight;
}

void Redactor::lookForNeedles(Omit omit, Moment moment, Sight &sight)
{
    reduce(m_buffer, omit, m_plain);
    const NeedleIndex::Findings found = m_index.look(m_plain);
    if (found.matches.empty() && found.open == m_plain.size())
        return;
    std::vector<uint32_t> places = placesOfReduced(m_buffer, omit);
    places.push_back(static_cast<uint32_t>(m_buffer.size()));
    for (const NeedleIndex::Match &match : found.matches)
        sight.ranges.push_back({.begin = places[match.begin],
                                .end = size_t{places[match.end - 1]} + 1,
                                .marker = match.secret});
    const size_t hold = moment == Moment::Feed ? found.open : found.telling;
    sight.keep = std::min<size_t>(sight.keep, places[found.open]);
    sight.hold = std::min<size_t>(sight.hold, places[hold]);
}

void Redactor::lookForUrls(Moment moment, Sight &sight) const
{
    const size_t open = openUrl(m_buffer);
    sight.keep = std::min(sight.keep, open);
    if (moment == Moment::Feed)
        sight.hold = std::min(sight.hold, open);
    for (const UrlPassword &password : urlPasswords(m_buffer)) {
        if (moment != Moment::Feed || password.begin < open)
            sight.ranges.push_back(
                {.begin = password.begin, .end = password.end, .marker = m_markers.size() - 1});
    }
}

/// Up to where the holding begins, and a secret that reaches into it whole.
void Redactor::write(const Sight &sight)
{
    std::vector<Range> ranges = sight.ranges;
    std::ranges::sort(ranges, [](const Range &a, const Range &b) {
        return std::tuple(a.begin, b.end, a.marker) < std::tuple(b.begin, a.end, b.marker);
    });
    for (const Range &range : ranges) {
        if (range.begin < sight.hold && range.end > m_written)
            mask(range);
    }
    if (m_written < sight.hold) {
        m_output.append(m_buffer, m_written, sight.hold - m_written);
        m_written = sight.hold;
        m_maskedLast = false;
    }
    const size_t done = std::min(sight.keep, m_written);
    m_buffer.erase(0, done);
    m_written -= done;
}

/// One that begins within another makes it longer, without a marker of its own.
void Redactor::mask(const Range &range)
{
    if (range.begin > m_written) {
        m_output.append(m_buffer, m_written, range.begin - m_written);
        m_maskedLast = false;
    }
    if (range.begin >= m_written || !m_maskedLast) {
        m_output += m_markers[range.marker];
        ++m_masked;
    }
    m_written = range.end;
    m_maskedLast = true;
}

} // namespace runsheet::redaction
