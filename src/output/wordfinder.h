// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace runsheet
{

/// Finds a word in bytes at the speed of memory: compares the two letters of it that are rarest in
/// logs at 64 places at a time, which compilers turn into vector instructions, and looks closer
/// only where both are there.
class WordFinder
{
public:
    /// The word is not empty; in ASCII where the case is ignored.
    WordFinder(const QByteArray &word, Qt::CaseSensitivity caseSensitivity);

    /// Start of the first match at or after from, or -1.
    [[nodiscard]] qsizetype find(QByteArrayView bytes, qsizetype from) const;

private:
    /// One letter of the word: byte | mask is value where it stands.
    struct Letter
    {
        qsizetype place = 0;
        quint8 mask = 0;
        quint8 value = 0;
    };

    [[nodiscard]] Letter letterAt(qsizetype place) const;
    [[nodiscard]] qsizetype findInBlock(const char *block) const;
    [[nodiscard]] bool standsAt(const char *place) const;

    QByteArray m_word; // in lower case where the case is ignored
    bool m_anyCase;
    Letter m_rarest;
    Letter m_next;
};

} // namespace runsheet
