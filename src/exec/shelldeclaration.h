// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace runsheet
{

/// One line of bash's `declare -p`: `declare -x NAME="value"`.
struct ShellDeclaration
{
    QString name;
    QString flags; ///< "x", "ai"; empty for "--"
    QString value; ///< unquoted; an array's words as bash wrote them
    QString source; ///< the declaration itself

    bool operator==(const ShellDeclaration &) const = default;
    [[nodiscard]] bool isExported() const { return flags.contains(u'x'); }
    [[nodiscard]] bool isReadOnly() const { return flags.contains(u'r'); }
};

/// Every declaration in the text, values over several lines included. What is no declaration, or
/// holds anything that bash would expand or run, is left out: the text comes from a file, and its
/// declarations are run again in front of the next command.
[[nodiscard]] QList<ShellDeclaration> parseDeclarations(const QByteArray &text);

/// The declaration when the text is exactly one.
[[nodiscard]] std::optional<ShellDeclaration> parseDeclaration(const QString &text);

} // namespace runsheet
