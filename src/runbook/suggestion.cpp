// SPDX-License-Identifier: Apache-2.0
#include "runbook/suggestion.h"

#include <QList>

#include <algorithm>

namespace runsheet
{

namespace
{

constexpr qsizetype kLongestWord = 40; ///< nobody mistypes a longer one by two letters

/// Letters to insert, remove or change (Levenshtein).
int distance(const QString &a, const QString &b)
{
    QList<int> row(b.size() + 1);
    for (qsizetype j = 0; j <= b.size(); ++j)
        row[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = row.at(0);
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const int change = diagonal + (a.at(i - 1) == b.at(j - 1) ? 0 : 1);
            diagonal = row.at(j);
            row[j] = std::min({change, row.at(j) + 1, row.at(j - 1) + 1});
        }
    }
    return row.last();
}

} // namespace

QString nearestTo(const QString &word, const QStringList &known)
{
    if (word.size() > kLongestWord)
        return {};
    QString nearest;
    int least = word.size() <= 4 ? 2 : 3; // one more than is allowed
    for (const QString &candidate : known) {
        const int far = distance(word.toLower(), candidate);
        if (far < least) {
            least = far;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace runsheet
