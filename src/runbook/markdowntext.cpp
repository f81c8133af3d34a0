// SPDX-License-Identifier: Apache-2.0
#include "runbook/markdowntree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstring>
#include <string>
#include <string_view>

namespace runsheet::markdown
{

namespace
{

constexpr size_t kUsualText = 512;

void append(std::string &out, const char *text)
{
    if (text != nullptr)
        out.append(text);
}

bool isBreakTag(const char *html)
{
    return html != nullptr && qstrnicmp(html, "<br", 3) == 0;
}

bool isComment(const char *html)
{
    return html != nullptr && std::strncmp(html, "<!--", 4) == 0;
}

void newLine(std::string &out)
{
    if (!out.empty() && out.back() != '\n')
        out += '\n';
}

void appendLinkTarget(cmark_node *link, std::string &out)
{
    const char *url = cmark_node_get_url(link);
    if (url != nullptr && *url != '\0' && !out.ends_with(url))
        out.append(" (").append(url).append(")");
}

void enter(cmark_node *node, std::string &out)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        append(out, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        out += ' ';
        break;
    case CMARK_NODE_LINEBREAK:
        out += '\n';
        break;
    case CMARK_NODE_HTML_INLINE: {
        const char *html = cmark_node_get_literal(node);
        if (isBreakTag(html))
            out += '\n';
        else if (!isComment(html))
            append(out, html);
        break;
    }
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
        newLine(out);
        append(out, cmark_node_get_literal(node));
        break;
    default:
        break;
    }
}

void leave(cmark_node *node, std::string &out, LinkTargets targets)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: // most nodes by far
        break;
    case CMARK_NODE_LINK:
        if (targets == LinkTargets::Append)
            appendLinkTarget(node, out);
        break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        newLine(out);
        break;
    default:
        if (std::string_view(cmark_node_get_type_string(node)) == "table_cell")
            out.append(cmark_node_next(node) != nullptr ? " | " : "\n");
        break;
    }
}

/// Leaves the node and every one around it that ends with it. Answers with the next to enter, or
/// nullptr when the root was left.
cmark_node *leaveUpwards(cmark_node *node, cmark_node *root, std::string &out, LinkTargets targets)
{
    while (true) {
        leave(node, out, targets);
        if (node == root)
            return nullptr;
        if (cmark_node *following = cmark_node_next(node); following != nullptr)
            return following;
        node = cmark_node_parent(node);
    }
}

} // namespace

QStringList inlineHtml(cmark_node *text)
{
    QStringList found;
    for (cmark_node *node = firstChild(text); node != nullptr; node = next(node)) {
        if (cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE)
            found << literalOf(node);
    }
    return found;
}

QStringList linkTargets(cmark_node *text)
{
    QStringList targets;
    for (cmark_node *node = firstChild(text); node != nullptr; node = next(node)) {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG)
            targets += linkTargets(node);
        if (type != CMARK_NODE_LINK)
            continue;
        const QString target = QString::fromUtf8(cmark_node_get_url(node));
        if (!target.isEmpty() && plainText(node) != target)
            targets << target;
    }
    return targets;
}

QString plainText(cmark_node *node, LinkTargets targets)
{
    cmark_node *first = cmark_node_first_child(node);
    if (first != nullptr && cmark_node_get_type(first) == CMARK_NODE_TEXT
        && cmark_node_next(first) == nullptr) // no markup, as most often
        return QString::fromUtf8(cmark_node_get_literal(first)).trimmed();
    std::string out; // cheaper to append to than Qt's strings, and most nodes are a few words
    out.reserve(kUsualText);
    for (cmark_node *at = node; at != nullptr;) {
        enter(at, out);
        cmark_node *child = cmark_node_first_child(at);
        at = child != nullptr ? child : leaveUpwards(at, node, out, targets);
    }
    return QString::fromStdString(out).trimmed();
}

} // namespace runsheet::markdown
