// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/attributes.h"
#include "runbook/markdowntree.h"
#include "runbook/runbookbuilder.h"

#include <QList>

namespace runsheet
{

/// Keeps what `<!-- runsheet: … -->` says until the heading, item or block that it is said of.
class AnnotationReader
{
public:
    /// `mayHoldAny` is false for the many runbooks without one: nothing is looked for then.
    AnnotationReader(RunbookBuilder &builder, bool mayHoldAny)
        : m_builder(builder)
        , m_mayHoldAny(mayHoldAny)
    {
    }

    /// False when the block is something else.
    [[nodiscard]] bool read(cmark_node *block);
    /// The block is a comment for us that nothing closes, and what follows stands in it.
    void reportUnclosed(cmark_node *block);
    /// What was said so far, and what the text of the heading or item itself says in a comment.
    /// `text` may be nullptr.
    [[nodiscard]] Attributes takeFor(cmark_node *text, AttributePlace place);
    /// What comes is nothing that can be annotated: says so if something was waiting for it.
    void drop();
    /// The heading they are said of is only text.
    void reportUnused(const Attributes &attributes, SourceLocation location);
    void report(const QList<AttributeProblem> &problems, SourceLocation location);

private:
    void readInline(cmark_node *text);
    void reportUnclosed(const QString &html, SourceLocation location);
    void keep(const QString &annotation, SourceLocation location);

    RunbookBuilder &m_builder;
    bool m_mayHoldAny = false;
    Attributes m_waiting; ///< as written
    SourceLocation m_location; ///< of the last comment
};

} // namespace runsheet
