// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"
#include "runbook/treememory.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <string_view>

struct cmark_node;

namespace runsheet::markdown
{

enum class Tables
{
    Read,
    Ignored ///< their lines are a paragraph
};

/// CommonMark with the table and tasklist extensions, as the reference cmark-gfm reads it, and the
/// memory of all its nodes, given back at once. While it lives the library takes its memory from
/// it, in this thread: trees end in the reverse order of their beginning.
class Tree
{
public:
    explicit Tree(const QByteArray &utf8, Tables tables = Tables::Read);
    ~Tree();
    Q_DISABLE_COPY_MOVE(Tree)

    [[nodiscard]] cmark_node *get() const { return m_document; }

private:
    TreeMemory m_memory;
    TreeMemory *m_outer; ///< of the tree around it
    cmark_node *m_document = nullptr;
};

/// Counts the elements, and marks the list items that hold task items for holdsTasks().
[[nodiscard]] RunbookCounts countElements(cmark_node *document);

enum class Kind
{
    Heading,
    Paragraph,
    List,
    Item,
    Code,
    Quote,
    Html,
    Table,
    Rule,
    Other
};
[[nodiscard]] Kind kindOf(cmark_node *node);

[[nodiscard]] cmark_node *parent(cmark_node *node);
[[nodiscard]] cmark_node *firstChild(cmark_node *node);
[[nodiscard]] cmark_node *next(cmark_node *node);
[[nodiscard]] cmark_node *previous(cmark_node *node);

[[nodiscard]] SourceLocation locationOf(cmark_node *node);
[[nodiscard]] int headingLevel(cmark_node *heading);
[[nodiscard]] bool isTask(cmark_node *item);
[[nodiscard]] bool isChecked(cmark_node *task);
/// What a paragraph or heading begins with, up to its first markup; empty when that comes first.
[[nodiscard]] std::string_view firstWords(cmark_node *text);
/// The item begins with a box that is no task to the parser: "☐ a", "[] a", "[!] a", "[N/A] a".
[[nodiscard]] bool hasDrawnBox(cmark_node *item);
[[nodiscard]] bool isOrdered(cmark_node *list);
/// Some item below this one is a task. Needs countElements() first.
[[nodiscard]] bool holdsTasks(cmark_node *item);

/// A code block's text as written, without its fence and last newline; an HTML block's source.
[[nodiscard]] QString literalOf(cmark_node *node);
[[nodiscard]] QString fenceInfo(cmark_node *code);
[[nodiscard]] bool isFenced(cmark_node *code);
/// The fenced block at the end of the document when nothing closes it, else nullptr.
[[nodiscard]] cmark_node *unclosedFence(cmark_node *document, const QByteArray &utf8);

/// The HTML tags and comments that stand directly in a heading or paragraph, as written.
[[nodiscard]] QStringList inlineHtml(cmark_node *text);

/// Where the links of a heading or paragraph lead, unless their text says it already.
[[nodiscard]] QStringList linkTargets(cmark_node *text);

enum class LinkTargets
{
    Leave,
    Append
};
/// Text without markup: soft breaks are spaces, hard breaks newlines, blocks and table rows one per
/// line. Never recursive, so any depth of nesting is safe.
[[nodiscard]] QString plainText(cmark_node *node, LinkTargets targets = LinkTargets::Leave);

} // namespace runsheet::markdown
