// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/annotationreader.h"
#include "runbook/fenceinfo.h"
#include "runbook/markdowntree.h"
#include "runbook/runbookbuilder.h"
#include "runbook/shellsyntax.h"

#include <QSet>

namespace runsheet
{

/// Turns the blocks below the headings into steps, commands, expectations and text.
class BlockReader
{
public:
    BlockReader(RunbookBuilder &builder, AnnotationReader &annotations)
        : m_builder(builder)
        , m_annotations(annotations)
    {
    }

    /// Reads one block into the place. Answers with the last step that it made, or the place
    /// itself.
    Place read(cmark_node *block, Place place);

    /// The fence that nothing closes, if there is one: its block holds what was not meant for it.
    void setUnclosedFence(cmark_node *code) { m_unclosed = code; }

    /// Some item of the list becomes a step here.
    [[nodiscard]] bool makesSteps(cmark_node *list, Place place) const;

private:
    Place readBlock(cmark_node *block, Place place, int nesting);
    Place readList(cmark_node *list, Place place, int nesting, int level);
    Place readStep(cmark_node *item, Place parent, int nesting);
    void readTextItem(cmark_node *item, Place place, int nesting, int level);
    Place readCode(cmark_node *code, Place place);
    void readCommands(cmark_node *code, const FenceInfo &fence, Place place);
    Place readWithoutStep(cmark_node *code, const FenceInfo &fence, Place place);
    void addPiece(cmark_node *code, const FenceInfo &fence, const struct CommandPiece &piece,
                  Place place);
    void reportProse(const struct CommandPiece &piece, SourceLocation location);
    void reportBrokenTask(cmark_node *block);
    void reportFence(cmark_node *code, const FenceInfo &fence);
    void readAttributes(cmark_node *code, FenceInfo &fence);
    void addText(TextBlock::Kind kind, cmark_node *node, Place place, int level = 0);

    [[nodiscard]] bool isStepItem(cmark_node *item, Place place) const;

    RunbookBuilder &m_builder;
    AnnotationReader &m_annotations;
    cmark_node *m_unclosed = nullptr;
    ShellSyntax m_syntax;
    QSet<QString> m_names; ///< given by name= so far
};

/// The paragraph or heading only announces the output block right behind it.
[[nodiscard]] bool announcesOutput(cmark_node *block);
/// A fence in a language that can be run.
[[nodiscard]] bool isRunnable(cmark_node *code);

} // namespace runsheet
