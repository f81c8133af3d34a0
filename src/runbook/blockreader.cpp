// SPDX-License-Identifier: Apache-2.0
#include "runbook/blockreader.h"

#include "runbook/commandcutter.h"
#include "runbook/commandfrom.h"
#include "runbook/hiddencharacters.h"
#include "runbook/limits.h"
#include "runbook/shelltext.h"
#include "runbook/steptitle.h"

#include <algorithm>
#include <utility>

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

/// "```kubectl get pods": an info of several words that reads as shell.
bool holdsCommand(const QString &info)
{
    return info.contains(u' ') && !info.contains(u'{') && readsAsShell(info);
}

TextBlock codeBlock(cmark_node *code)
{
    TextBlock block{.kind = TextBlock::Kind::Code,
                    .level = 0,
                    .text = markdown::literalOf(code),
                    .info = markdown::fenceInfo(code),
                    .location = markdown::locationOf(code)};
    if (holdsCommand(block.info)) // part of the text, not a language
        block.text = (std::exchange(block.info, {}) + u'\n' + block.text).trimmed();
    return block;
}

/// A block of steps in comments: every piece says what it does.
bool readsAsSteps(const QList<CommandPiece> &pieces)
{
    return pieces.size() > 1 && std::ranges::none_of(pieces, [](const CommandPiece &piece) {
               return piece.label.isEmpty();
           });
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

Place BlockReader::readCode(cmark_node *code, Place place)
{
    cmark_node *before = markdown::previous(code);
    if (place.hasStep() && before != nullptr && announcesOutput(before)) {
        m_builder.addExpectation(place,
                                 {.text = markdown::literalOf(code),
                                  .label = markdown::plainText(before),
                                  .info = markdown::fenceInfo(code).section(u' ', 0, 0),
                                  .command = {},
                                  .location = markdown::locationOf(code)});
        return place;
    }
    FenceInfo fence = parseFenceInfo(markdown::fenceInfo(code));
    fence.language =
        code == m_unclosed ? std::nullopt : runnableLanguage(fence, markdown::literalOf(code));
    reportFence(code, fence);
    const bool reference = m_builder.phase(place.phase).group == PhaseGroup::Reference;
    if (!fence.language || (reference && !place.hasStep())) {
        m_annotations.drop();
        if (const TextBlock block = codeBlock(code); !block.text.isEmpty())
            m_builder.addText(place, block);
        return place;
    }
    readAttributes(code, fence);
    if (!place.hasStep())
        return readWithoutStep(code, fence, place);
    readCommands(code, fence, place);
    return place;
}

/// Why a block that may have been meant to run is only shown.
void BlockReader::reportFence(cmark_node *code, const FenceInfo &fence)
{
    if (code == m_unclosed)
        m_builder.report({Severity::Warning, u"unclosed-fence"_s,
                          u"The block is never closed, so everything from here to the end of the "
                          u"file is taken for its text, which is shown and not run. Close it."_s,
                          markdown::locationOf(code)});
    else if (!fence.language && holdsCommand(markdown::fenceInfo(code)))
        m_builder.report({Severity::Warning, u"command-on-fence-line"_s,
                          u"A command stands behind the fence, where the block's language belongs, "
                          u"so it is shown and not run. Move it to a line of its own."_s,
                          markdown::locationOf(code)});
}

/// A comment right before the block says the same as the fence, which wins.
void BlockReader::readAttributes(cmark_node *code, FenceInfo &fence)
{
    m_annotations.report(fence.problems, markdown::locationOf(code));
    Attributes attributes = m_annotations.takeFor(nullptr, AttributePlace::Command);
    attributes.insert(fence.attributes);
    fence.attributes = attributes;
    const QString name = fence.attributes.value(u"name"_s);
    if (name.isEmpty())
        return;
    if (m_names.contains(name))
        m_builder.report({Severity::Warning, u"duplicate-name"_s,
                          u"Two commands are named “%1”. Give each its own name."_s.arg(name),
                          markdown::locationOf(code)});
    m_names.insert(name);
}

/// The phase's own heading says what to do: its block becomes a step per commented piece when every
/// piece has a comment, else one step with the heading's title.
Place BlockReader::readWithoutStep(cmark_node *code, const FenceInfo &fence, Place place)
{
    if (!m_builder.takesListItems(place.phase)) {
        m_builder.addText(place, codeBlock(code));
        return place;
    }
    const QList<CommandPiece> pieces =
        cutCommands(markdown::literalOf(code), *fence.language, m_syntax, fence.isSession);
    const SourceLocation start = markdown::locationOf(code);
    if (!readsAsSteps(pieces)) {
        const std::optional<Place> step =
            m_builder.addStep(place, {m_builder.phase(place.phase).title, start});
        if (step)
            readCommands(code, fence, *step);
        else
            m_builder.addText(place, codeBlock(code));
        return place.hasStep() || !step ? place : *step;
    }
    Place last = place;
    for (const CommandPiece &piece : pieces) {
        const std::optional<Place> step = m_builder.addStep(
            place, {cleanTitle(piece.label), {start.line + piece.line + 1, start.column}});
        last = step.value_or(last);
        addPiece(code, fence, piece, last);
    }
    return last;
}

void BlockReader::readCommands(cmark_node *code, const FenceInfo &fence, Place place)
{
    for (const CommandPiece &piece :
         cutCommands(markdown::literalOf(code), *fence.language, m_syntax, fence.isSession))
        addPiece(code, fence, piece, place);
    if (const QString expected = fence.attributes.value(u"expect"_s); !expected.isEmpty())
        m_builder.addExpectation(place,
                                 {.text = expected,
                                  .label = {},
                                  .info = {},
                                  .command = {},
                                  .location = markdown::locationOf(code)});
}

void BlockReader::addPiece(cmark_node *code, const FenceInfo &fence, const CommandPiece &piece,
                           Place place)
{
    const SourceLocation start = markdown::locationOf(code);
    const SourceLocation location{start.line + piece.line + 1, start.column};
    if (!piece.isCommand || !place.hasStep()) {
        reportProse(piece, location);
        m_builder.addText(place,
                          {.kind = TextBlock::Kind::Code,
                           .text = piece.text,
                           .info = markdown::fenceInfo(code),
                           .location = location});
        return;
    }
    if (piece.language != fence.language)
        m_builder.report({Severity::Note, u"sql-in-shell-block"_s,
                          u"The block says that it is shell, but this is SQL and is run as such. "
                          u"Give it a block of its own, marked “sql”."_s,
                          location});
    for (const Diagnostic &diagnostic : findHiddenCharacters(piece.text, location))
        m_builder.report(diagnostic);
    Attributes attributes = forCommands(m_builder.attributesAt(place));
    attributes.insert(fence.attributes);
    m_builder.addCommand(place, commandFrom(piece, fence, attributes, location));
    if (!piece.output.isEmpty())
        m_builder.addExpectation(place,
                                 {.text = piece.output,
                                  .label = {},
                                  .info = {},
                                  .command = {},
                                  .location = {start.line + piece.outputLine + 1, start.column}});
}

/// Words for a person in a block of commands; comments say what they are by themselves.
void BlockReader::reportProse(const CommandPiece &piece, SourceLocation location)
{
    if (!piece.isCommand && piece.label.isEmpty() && readingOf(piece.text) != ShellReading::Shell)
        m_builder.report({Severity::Note, u"text-in-shell-block"_s,
                          u"This is no command that a shell would understand. It is shown and not "
                          u"run; write it as text or as a comment."_s,
                          location});
}

} // namespace runsheet
