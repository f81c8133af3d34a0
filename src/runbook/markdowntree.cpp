// SPDX-License-Identifier: Apache-2.0
#include "runbook/markdowntree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace runsheet::markdown
{

namespace
{

/// About what a document needs; more is taken when it is not enough.
constexpr size_t kMemoryPerByte = 8;
constexpr size_t kLeastMemory = 4'096;

/// Where the library's memory in this thread comes from: its functions take no context.
thread_local TreeMemory *currentMemory = nullptr;

void *allocateZeroed(size_t count, size_t size)
{
    return std::memset(currentMemory->allocate(count * size), 0, count * size);
}

void *grow(void *piece, size_t size)
{
    return currentMemory->grow(piece, size);
}

void release(void *piece)
{
    currentMemory->release(piece);
}

cmark_mem treeMemory{.calloc = allocateZeroed, .realloc = grow, .free = release};

/// The library's registration is not thread-safe; a local static's is.
void registerExtensions()
{
    static const bool kRegistered = [] {
        cmark_gfm_core_extensions_ensure_registered();
        return true;
    }();
    static_cast<void>(kRegistered);
}

std::string_view typeName(cmark_node *node)
{
    return cmark_node_get_type_string(node);
}

bool isItem(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_ITEM;
}

/// Stops at the first marked item, so the whole pass stays linear.
void markItemsAround(cmark_node *task)
{
    for (cmark_node *node = cmark_node_parent(task); node != nullptr;
         node = cmark_node_parent(node)) {
        if (!isItem(node))
            continue;
        if (cmark_node_get_user_data(node) != nullptr)
            break;
        cmark_node_set_user_data(node, node);
    }
}

/// Answers with 1 for a task, around which the walk then is.
int countItem(cmark_node *item, bool insideTask, RunbookCounts &counts)
{
    if (isTask(item)) {
        ++counts.taskItems;
        counts.nestedTaskItems += insideTask ? 1 : 0;
        markItemsAround(item);
        return 1;
    }
    ++(isOrdered(cmark_node_parent(item)) ? counts.orderedItems : counts.bulletItems);
    return 0;
}

int countNode(cmark_node *node, bool insideTask, RunbookCounts &counts)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_ITEM:
        return countItem(node, insideTask, counts);
    case CMARK_NODE_HEADING:
        ++counts.headings;
        return 0;
    case CMARK_NODE_CODE_BLOCK:
        ++counts.codeBlocks[fenceInfo(node).section(u' ', 0, 0)];
        return 0;
    default:
        return 0;
    }
}

/// Text below a paragraph or heading is not worth walking over.
bool holdsBlocks(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT:
    case CMARK_NODE_BLOCK_QUOTE:
    case CMARK_NODE_LIST:
    case CMARK_NODE_ITEM:
        return true;
    default:
        return false;
    }
}

} // namespace

Tree::Tree(const QByteArray &utf8, Tables tables)
    : m_memory(static_cast<size_t>(utf8.size()) * kMemoryPerByte + kLeastMemory)
    , m_outer(std::exchange(currentMemory, &m_memory))
{
    registerExtensions();
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &treeMemory);
    const auto attach = [parser](const char *extension) {
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extension));
    };
    if (tables == Tables::Read)
        attach("table");
    attach("tasklist");
    cmark_parser_feed(parser, utf8.constData(), static_cast<size_t>(utf8.size()));
    m_document = cmark_parser_finish(parser);
}

Tree::~Tree()
{
    currentMemory = m_outer;
}

RunbookCounts countElements(cmark_node *document)
{
    RunbookCounts counts;
    int tasksAround = 0;
    cmark_node *node = document;
    while (node != nullptr) {
        tasksAround += countNode(node, tasksAround > 0, counts);
        if (holdsBlocks(node) && cmark_node_first_child(node) != nullptr) {
            node = cmark_node_first_child(node);
            continue;
        }
        // Leave this node and every ancestor that ends with it.
        while (node != nullptr) {
            tasksAround -= isItem(node) && isTask(node) ? 1 : 0;
            if (cmark_node_next(node) != nullptr)
                break;
            node = cmark_node_parent(node);
        }
        node = node != nullptr ? cmark_node_next(node) : nullptr;
    }
    return counts;
}

Kind kindOf(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        return Kind::Heading;
    case CMARK_NODE_PARAGRAPH:
        return Kind::Paragraph;
    case CMARK_NODE_LIST:
        return Kind::List;
    case CMARK_NODE_ITEM:
        return Kind::Item;
    case CMARK_NODE_CODE_BLOCK:
        return Kind::Code;
    case CMARK_NODE_BLOCK_QUOTE:
        return Kind::Quote;
    case CMARK_NODE_HTML_BLOCK:
        return Kind::Html;
    case CMARK_NODE_THEMATIC_BREAK:
        return Kind::Rule;
    default:
        return typeName(node) == "table" ? Kind::Table : Kind::Other;
    }
}

cmark_node *parent(cmark_node *node)
{
    return cmark_node_parent(node);
}

cmark_node *firstChild(cmark_node *node)
{
    return cmark_node_first_child(node);
}

cmark_node *next(cmark_node *node)
{
    return cmark_node_next(node);
}

cmark_node *previous(cmark_node *node)
{
    return cmark_node_previous(node);
}

SourceLocation locationOf(cmark_node *node)
{
    return {cmark_node_get_start_line(node), cmark_node_get_start_column(node)};
}

int headingLevel(cmark_node *heading)
{
    return cmark_node_get_heading_level(heading);
}

bool isTask(cmark_node *item)
{
    return typeName(item) == "tasklist";
}

bool isChecked(cmark_node *task)
{
    return cmark_gfm_extensions_get_tasklist_item_checked(task);
}

std::string_view firstWords(cmark_node *text)
{
    cmark_node *first = cmark_node_first_child(text);
    const char *literal = first != nullptr && cmark_node_get_type(first) == CMARK_NODE_TEXT
        ? cmark_node_get_literal(first)
        : nullptr;
    return literal != nullptr ? literal : "";
}

bool hasDrawnBox(cmark_node *item)
{
    static constexpr std::array kBoxes = {
        std::string_view("☐"),      std::string_view("☑"),     std::string_view("☒"),
        std::string_view("⬜"),      std::string_view("🔲"),     std::string_view("◻"),
        std::string_view("□"),      std::string_view("[] "),   std::string_view("[!] "),
        std::string_view("[N/A] "), std::string_view("[n/a] ")};
    cmark_node *text = cmark_node_first_child(item);
    const std::string_view words = text != nullptr ? firstWords(text) : std::string_view();
    if (words.empty() || (words.front() > 0 && words.front() != '['))
        return false; // as nearly always
    return std::ranges::any_of(kBoxes,
                               [words](std::string_view box) { return words.starts_with(box); });
}

bool isOrdered(cmark_node *list)
{
    return cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
}

bool holdsTasks(cmark_node *item)
{
    return cmark_node_get_user_data(item) != nullptr;
}

QString literalOf(cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    QString text = QString::fromUtf8(literal == nullptr ? "" : literal);
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

QString fenceInfo(cmark_node *code)
{
    const char *info = cmark_node_get_fence_info(code);
    return QString::fromUtf8(info == nullptr ? "" : info);
}

bool isFenced(cmark_node *code)
{
    int length = 0;
    int offset = 0;
    char character = 0;
    return cmark_node_get_fenced(code, &length, &offset, &character) != 0;
}

cmark_node *unclosedFence(cmark_node *document, const QByteArray &utf8)
{
    cmark_node *last = document;
    while (cmark_node_last_child(last) != nullptr)
        last = cmark_node_last_child(last);
    int length = 0;
    int offset = 0;
    char sign = 0;
    if (cmark_node_get_type(last) != CMARK_NODE_CODE_BLOCK
        || cmark_node_get_fenced(last, &length, &offset, &sign) == 0)
        return nullptr;
    QByteArrayView text = utf8;
    while (!text.isEmpty() && (text.back() == '\n' || text.back() == ' '))
        text.chop(1);
    const QByteArrayView lastLine = text.sliced(text.lastIndexOf('\n') + 1);
    qsizetype signs = lastLine.size();
    while (signs > 0 && lastLine.at(signs - 1) == sign)
        --signs;
    // The opening line itself closes nothing.
    const bool isOpening = text.count('\n') + 1 <= cmark_node_get_start_line(last);
    return lastLine.size() - signs >= length && !isOpening ? nullptr : last;
}

} // namespace runsheet::markdown
