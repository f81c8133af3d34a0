// SPDX-License-Identifier: Apache-2.0
#include "runbook/blockreader.h"

#include "runbook/limits.h"
#include "runbook/steptitle.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using markdown::Kind;
using Severity = Diagnostic::Severity;

bool holdsRunnable(cmark_node *item)
{
    for (cmark_node *child = markdown::firstChild(item); child != nullptr;
         child = markdown::next(child)) {
        if (isRunnable(child))
            return true;
    }
    return false;
}

TextBlock::Kind textKind(Kind kind)
{
    switch (kind) {
    case Kind::Heading:
        return TextBlock::Kind::Heading;
    case Kind::Item:
    case Kind::List:
        return TextBlock::Kind::ListItem;
    case Kind::Code:
        return TextBlock::Kind::Code;
    case Kind::Quote:
        return TextBlock::Kind::Quote;
    case Kind::Html:
        return TextBlock::Kind::Html;
    case Kind::Table:
        return TextBlock::Kind::Table;
    case Kind::Paragraph:
    case Kind::Rule:
    case Kind::Other:
        return TextBlock::Kind::Paragraph;
    }
    return TextBlock::Kind::Paragraph;
}

std::optional<CommandLanguage> languageOf(cmark_node *code)
{
    const FenceInfo fence = parseFenceInfo(markdown::fenceInfo(code));
    if (!fence.mustReadAsShell)
        return fence.language; // without a look at the text
    return runnableLanguage(fence, markdown::literalOf(code));
}

bool isOrderedItem(cmark_node *item)
{
    return markdown::isOrdered(markdown::parent(item));
}

} // namespace

bool announcesOutput(cmark_node *block)
{
    cmark_node *following = markdown::next(block);
    if (following == nullptr || markdown::kindOf(following) != Kind::Code)
        return false;
    const Kind kind = markdown::kindOf(block);
    return (kind == Kind::Paragraph || kind == Kind::Heading)
        && isExpectationLabel(markdown::plainText(block));
}

bool isRunnable(cmark_node *code)
{
    return markdown::kindOf(code) == Kind::Code && languageOf(code).has_value();
}

Place BlockReader::read(cmark_node *block, Place place)
{
    return readBlock(block, place, 0);
}

bool BlockReader::isStepItem(cmark_node *item, Place place) const
{
    if (markdown::isTask(item) || markdown::holdsTasks(item) || markdown::hasDrawnBox(item))
        return true;
    if (!m_builder.takesListItems(place.phase))
        return false;
    return isOrderedItem(item) || (!place.hasStep() && holdsRunnable(item));
}

bool BlockReader::makesSteps(cmark_node *list, Place place) const
{
    for (cmark_node *item = markdown::firstChild(list); item != nullptr;
         item = markdown::next(item)) {
        if (isStepItem(item, place))
            return true;
    }
    return false;
}

Place BlockReader::readBlock(cmark_node *block, Place place, int nesting)
{
    if (m_annotations.read(block))
        return place;
    switch (markdown::kindOf(block)) {
    case Kind::List:
        return readList(block, place, nesting + 1, 0);
    case Kind::Code:
        return readCode(block, place);
    case Kind::Rule:
        return place;
    case Kind::Paragraph:
    case Kind::Heading:
        if (place.hasStep() && announcesOutput(block))
            return place;
        break;
    case Kind::Item:
    case Kind::Quote:
    case Kind::Html:
    case Kind::Table:
    case Kind::Other:
        break;
    }
    reportBrokenTask(block);
    m_annotations.reportUnclosed(block);
    addText(textKind(markdown::kindOf(block)), block, place);
    return place;
}

/// "-[ ] a" looks like a task and is none.
void BlockReader::reportBrokenTask(cmark_node *block)
{
    if (markdown::kindOf(block) == Kind::Paragraph && isBrokenTask(markdown::firstWords(block)))
        m_builder.report(
            {Severity::Warning, u"broken-task"_s,
             u"This is no task item, for there is no space behind the dash. It is kept "
             u"as text; write “- [ ]”."_s,
             markdown::locationOf(block)});
}

Place BlockReader::readList(cmark_node *list, Place place, int nesting, int level)
{
    if (nesting > limits::kMaxNesting) {
        m_builder.reportOnce(
            {Severity::Error, u"nested-too-deep"_s,
             u"Lists are nested more than 32 deep. What is below is kept as plain text; "
             u"flatten the list."_s,
             markdown::locationOf(list)});
        addText(TextBlock::Kind::ListItem, list, place, level);
        return place;
    }
    Place last = place;
    for (cmark_node *item = markdown::firstChild(list); item != nullptr;
         item = markdown::next(item)) {
        if (isStepItem(item, place))
            last = readStep(item, place, nesting);
        else
            readTextItem(item, place, nesting, level);
    }
    return last;
}

Place BlockReader::readStep(cmark_node *item, Place parent, int nesting)
{
    cmark_node *first = markdown::firstChild(item);
    const bool titled = first != nullptr && markdown::kindOf(first) == Kind::Paragraph;
    const DrawnBox drawn = withoutBox(titled ? markdown::plainText(first) : QString());
    const QString &text = drawn.text;
    const StepDraft draft{cleanTitle(text), markdown::locationOf(item),
                          drawn.checked || (markdown::isTask(item) && markdown::isChecked(item)),
                          m_annotations.takeFor(titled ? first : nullptr, AttributePlace::Step)};
    const std::optional<Place> step = m_builder.addStep(parent, draft);
    if (!step) {
        readTextItem(item, parent, nesting, 0);
        return parent;
    }
    if (const QString rest = text.section(u'\n', 1).trimmed(); !rest.isEmpty())
        m_builder.addText(*step,
                          {.text = rest, .info = {}, .location = markdown::locationOf(first)});
    if (const QStringList links = titled ? markdown::linkTargets(first) : QStringList();
        !links.isEmpty())
        m_builder.addText(
            *step,
            {.text = links.join(u'\n'), .info = {}, .location = markdown::locationOf(first)});
    Place last = *step;
    for (cmark_node *child = titled ? markdown::next(first) : first; child != nullptr;
         child = markdown::next(child)) {
        const Place made = readBlock(child, *step, nesting);
        last = made.step > last.step ? made : last;
    }
    return last;
}

void BlockReader::readTextItem(cmark_node *item, Place place, int nesting, int level)
{
    for (cmark_node *child = markdown::firstChild(item); child != nullptr;
         child = markdown::next(child)) {
        if (child == markdown::firstChild(item) && markdown::kindOf(child) == Kind::Paragraph)
            addText(TextBlock::Kind::ListItem, child, place, level);
        else if (markdown::kindOf(child) == Kind::List)
            readList(child, place, nesting + 1, level + 1);
        else
            readBlock(child, place, nesting);
    }
}

void BlockReader::addText(TextBlock::Kind kind, cmark_node *node, Place place, int level)
{
    m_annotations.drop();
    TextBlock block{.kind = kind,
                    .level =
                        kind == TextBlock::Kind::Heading ? markdown::headingLevel(node) : level,
                    .text = markdown::plainText(node, markdown::LinkTargets::Append),
                    .info = {},
                    .location = markdown::locationOf(node)};
    if (!block.text.isEmpty())
        m_builder.addText(place, std::move(block));
}

} // namespace runsheet
