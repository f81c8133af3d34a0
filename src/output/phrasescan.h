// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/anchoredlines.h"

#include <QList>
#include <QStringList>

namespace runsheet
{

/// Looks for phrases in output: each consists of parts that follow one another in one line,
/// whatever their case. A phrase that was found is not looked for again.
class PhraseScan
{
public:
    struct Hit
    {
        qsizetype phrase = 0; ///< index in the list given
        QString line;
        bool operator==(const Hit &) const = default;
    };

    /// Phrases without parts are never found; a first part has at least two bytes.
    explicit PhraseScan(QList<QStringList> phrases);

    void add(QByteArrayView bytes);
    /// In the order in which they were met.
    [[nodiscard]] const QList<Hit> &hits() const { return m_hits; }

private:
    void readLine(const QString &line);

    QList<QStringList> m_phrases;
    AnchoredLines m_lines;
    QList<Hit> m_hits;
};

} // namespace runsheet
