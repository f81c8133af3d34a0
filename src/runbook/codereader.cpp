// SPDX-License-Identifier: Apache-2.0
// What BlockReader makes of code blocks.
#include "runbook/blockreader.h"

#include "runbook/commandcutter.h"
#include "runbook/commandfrom.h"
#include "runbook/hiddencharacters.h"
#include "runbook/shelltext.h"
#include "runbook/steptitle.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

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

} // namespace

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
