// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/blockreader.h"
#include "runbook/markdowntree.h"
#include "runbook/phaserules.h"
#include "runbook/runbookbuilder.h"

#include <QList>

#include <optional>

namespace runsheet
{

/// Walks over the document's top-level blocks and keeps track of which phase and which step the
/// next block belongs to.
class SectionReader
{
public:
    SectionReader(const PhaseRules &rules, RunbookBuilder &builder, bool mayBeAnnotated)
        : m_rules(rules)
        , m_builder(builder)
        , m_annotations(builder, mayBeAnnotated)
        , m_blocks(builder, m_annotations)
    {
    }

    void setUnclosedFence(cmark_node *code) { m_blocks.setUnclosedFence(code); }

    /// Kept as text of the introduction; does nothing when there is none.
    void readFrontMatter(const QString &yaml, const QString &title);
    /// `titleHeading` is the heading that names the runbook and opens no phase; may be nullptr.
    void read(cmark_node *document, cmark_node *titleHeading, const QString &title);

private:
    struct OpenPhase
    {
        int level = 0; ///< of its heading
        int index = 0;
    };
    struct HeadingStep
    {
        int level = 0;
        Place place;
    };

    void readTitle(cmark_node *heading);
    void readHeading(cmark_node *heading);
    void closeSections();
    void closePhases(int level);
    [[nodiscard]] PhaseMatch matchHeading(const QString &text) const;
    void openPhase(cmark_node *heading, const QString &text, const PhaseMatch &match,
                   const Attributes &attributes);
    void readSubHeading(cmark_node *heading, const QString &text, const Attributes &attributes);
    [[nodiscard]] bool becomesStep(cmark_node *heading, const QString &text) const;

    void readBlock(cmark_node *block);
    [[nodiscard]] Place placeFor(cmark_node *block) const;
    [[nodiscard]] Place headingPlace() const;
    void openIntroduction(SourceLocation location);

    const PhaseRules &m_rules;
    RunbookBuilder &m_builder;
    AnnotationReader m_annotations;
    BlockReader m_blocks;
    QString m_title;
    int m_sections = 0;
    QList<OpenPhase> m_open; ///< innermost last
    QList<HeadingStep> m_headingSteps; ///< of the innermost phase, deepest last
    std::optional<Place> m_listStep; ///< last step made by a list or command since the last heading
    bool m_listIsOrdered = false;
};

} // namespace runsheet
