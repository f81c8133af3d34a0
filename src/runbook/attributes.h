// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/diagnostic.h"

#include <QList>
#include <QMap>
#include <QString>

namespace runsheet
{

/// What an author may write beside the words of a runbook: name → value as text.
using Attributes = QMap<QString, QString>;

/// Where attributes stand decides which of them mean something.
enum class AttributePlace
{
    Runbook, ///< front matter: for all steps and commands
    Step, ///< a comment before or in a heading or item: for it and what is below it
    Command ///< behind a fence, or a comment right before it
};

struct AttributeProblem
{
    /// "unknown-attribute", "wrong-attribute-value", "misplaced-attribute", "unclosed-attributes"
    QString code;
    QString message;
    Diagnostic::Severity severity = Diagnostic::Severity::Warning;

    bool operator==(const AttributeProblem &) const = default;
};

struct CheckedAttributes
{
    Attributes values; ///< those that are fine; switches are "true" or "false"
    QList<AttributeProblem> problems;

    bool operator==(const CheckedAttributes &) const = default;
};

/// Reads `name=backup cwd="a b" once`, with or without braces, or JSON {"name":"backup"}.
[[nodiscard]] Attributes parseAttributes(const QString &text);
[[nodiscard]] CheckedAttributes checkAttributes(const Attributes &written, AttributePlace place);

/// The text between "<!-- runsheet:" and "-->"; a null string for any other HTML.
[[nodiscard]] QString annotationText(const QString &html);
/// "<!-- runsheet:" without a "-->" of its own: up to the next one, or to the end, all is comment.
[[nodiscard]] bool isUnclosedAnnotation(const QString &html);

/// Those that hold for what is below them too: a name is one command's, a role every step's.
[[nodiscard]] Attributes inheritable(const Attributes &attributes);
/// Those that say something about a command.
[[nodiscard]] Attributes forCommands(const Attributes &attributes);

} // namespace runsheet
