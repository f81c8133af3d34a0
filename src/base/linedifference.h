// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace runsheet
{

/// One line of the difference between two texts.
struct DifferenceLine
{
    enum class Kind
    {
        Same,
        Added,
        Removed,
        Gap ///< lines that are the same and left out
    };

    Kind kind = Kind::Same;
    QString text;
    int line = 0; ///< from 1: in the old text when removed, else in the new one; 0 for a gap

    bool operator==(const DifferenceLine &) const = default;
};

/// The changed lines in order, removed before added, with up to `context` same ones around them;
/// nothing for equal texts. As short as can be (Myers 1986) unless the texts have more than a
/// few hundred changes: then everything between the first and the last of them is one change.
[[nodiscard]] QList<DifferenceLine> lineDifference(const QString &before, const QString &after,
                                                   int context = 3);

} // namespace runsheet
