// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <array>

namespace runsheet
{

/// Finds the first of several ASCII words in bytes, whatever their case (Wu and Manber 1994, with
/// blocks of two letters folded to five bits each): looks at about every fourth byte only.
class PatternSet
{
public:
    struct Match
    {
        qsizetype at = -1; ///< -1: none
        qsizetype pattern = -1; ///< index in the list given
    };

    /// Patterns in lower case, at least two characters each.
    explicit PatternSet(QList<QByteArray> patterns);

    [[nodiscard]] Match find(QByteArrayView bytes, qsizetype from) const;
    [[nodiscard]] qsizetype longest() const;
    [[nodiscard]] const QByteArray &pattern(qsizetype index) const { return m_patterns.at(index); }

private:
    [[nodiscard]] qsizetype patternAt(QByteArrayView bytes, qsizetype at) const;

    QList<QByteArray> m_patterns;
    std::array<QList<qsizetype>, 1024> m_beginning; ///< by the first two letters, in order
    qsizetype m_shortest = 0;
    std::array<quint8, 1024> m_shift{};
};

} // namespace runsheet
