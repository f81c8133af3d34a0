// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/patternset.h"
#include "output/wordfinder.h"

#include <QString>

#include <optional>
#include <vector>

namespace runsheet
{

/// What to look for in the bytes of a log.
class LineMatcher
{
public:
    virtual ~LineMatcher() = default;
    /// Start of the first match at or after from, or -1. A match never spans a line end.
    [[nodiscard]] virtual qsizetype find(QByteArrayView bytes, qsizetype from) const = 0;
    /// How many bytes a match, with what decides about it, may take at most.
    [[nodiscard]] virtual qsizetype reach() const = 0;
};

/// Plain text. Ignoring case, letters outside ASCII are compared by Unicode's simple folding.
class TextMatcher final : public LineMatcher
{
public:
    TextMatcher(const QString &text, Qt::CaseSensitivity caseSensitivity);
    [[nodiscard]] qsizetype find(QByteArrayView bytes, qsizetype from) const override;
    [[nodiscard]] qsizetype reach() const override;

private:
    [[nodiscard]] qsizetype findFolded(QByteArrayView bytes, qsizetype from) const;

    QString m_text;
    QByteArray m_bytes;
    Qt::CaseSensitivity m_case;
    std::optional<WordFinder> m_word; // where bytes can be compared
};

/// Lines that report a failure: ERROR, FATAL and PANIC as words in capitals; "error:", "fatal:" and
/// "panic:" in any case, and "error TS2304"; "failed"; all unless nothing did ("0 failed", "no
/// error:"). Also what shells and programs say otherwise, such as "command not found".
class ErrorMatcher final : public LineMatcher
{
public:
    ErrorMatcher();
    [[nodiscard]] qsizetype find(QByteArrayView bytes, qsizetype from) const override;
    [[nodiscard]] qsizetype reach() const override;

private:
    struct Span
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    [[nodiscard]] qsizetype findWord(size_t index, QByteArrayView bytes, Span span) const;

    std::vector<WordFinder> m_words; // in the order of the table
    PatternSet m_phrases;
};

} // namespace runsheet
