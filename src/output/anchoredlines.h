// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/patternset.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace runsheet
{

/// Cuts output, which comes in pieces of any size, into lines, and hands on those that hold one of
/// some words: without colours, and each anew from where the cursor went back to the first column.
class AnchoredLines
{
public:
    using Take = std::function<void(const QString &line)>;

    /// Words in lower case, at least two bytes each; without any no line is handed on.
    explicit AnchoredLines(const QList<QByteArray> &words);

    void add(QByteArrayView bytes, const Take &take);
    /// The line that is not at its end yet.
    void readRest(const Take &take) const;

private:
    void readLines(QByteArrayView bytes, const Take &take) const;
    void readPlainLines(QByteArrayView lines, const Take &take) const;

    std::optional<PatternSet> m_words;
    QByteArray m_rest;
};

} // namespace runsheet
