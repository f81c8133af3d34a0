// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "redaction/needleindex.h"
#include "redaction/plaintext.h"

#include <span>

namespace runsheet::redaction
{

/// Masks secrets in a stream before anything of it is written: each becomes "[REDACTED:name]",
/// also when it comes in pieces, encoded, broken over lines or with colours in the middle.
/// Passwords in URLs are masked without being known. One thread.
///
/// What may be the beginning of a secret is held back until more comes, until pause() or finish().
/// Without pauses the output does not depend on how the stream was cut.
class Redactor
{
public:
    explicit Redactor(const std::vector<Secret> &secrets);

    /// From now on these are masked, also in what is held back.
    void know(const std::vector<Secret> &secrets);
    /// What can be written now; valid until the next call and as long as the bytes.
    [[nodiscard]] std::string_view feed(std::string_view bytes);
    /// Nothing has come for a moment: a prompt must show. Holds on to what is too much of a secret
    /// to be anything else.
    [[nodiscard]] std::string_view pause();
    /// The end: everything that is left.
    [[nodiscard]] std::string_view finish();

    /// Whether pause() could give something.
    [[nodiscard]] bool isHolding() const { return !m_paused && m_written < m_buffer.size(); }
    /// How often something was masked.
    [[nodiscard]] int64_t masked() const { return m_masked; }

private:
    struct Range
    {
        size_t begin = 0;
        size_t end = 0;
        size_t marker = 0;
    };
    /// Places in m_buffer.
    struct Sight
    {
        std::vector<Range> ranges;
        size_t keep = 0; ///< the beginning of a secret may stand from here on
        size_t hold = 0; ///< what is not to be written yet begins here
    };
    enum class Moment
    {
        Feed,
        Pause,
        Finish
    };

    [[nodiscard]] bool isOrdinary(std::string_view bytes);
    void addMarkers(const std::vector<Secret> &secrets);
    [[nodiscard]] Sight look(Moment moment);
    void lookForNeedles(Omit omit, Moment moment, Sight &sight);
    void lookForUrls(Moment moment, Sight &sight) const;
    void write(const Sight &sight);
    void mask(const Range &range);
    std::string_view advance(Moment moment);

    NeedleIndex m_index;
    std::vector<std::string> m_markers; ///< by number of the secret, and last that of URLs
    std::string m_buffer; ///< what may still matter
    size_t m_written = 0; ///< of m_buffer
    bool m_maskedLast = false; ///< what was written last stands for bytes up to m_written
    bool m_paused = false;
    int64_t m_masked = 0;
    std::string m_plain; ///< kept for its capacity, like m_output
    std::string m_output;
};

} // namespace runsheet::redaction
