// SPDX-License-Identifier: Apache-2.0
#include "runbook/sectionreader.h"

#include "runbook/frontmatter.h"
#include "runbook/limits.h"
#include "runbook/steptitle.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using markdown::Kind;

constexpr int kIntroductionLevel = 7; ///< deeper than any heading: the next one closes it

/// The list gives steps of its own, so a command behind it is theirs and not the heading's.
bool isStepList(cmark_node *list)
{
    cmark_node *item = markdown::firstChild(list);
    return markdown::isOrdered(list)
        || (item != nullptr
            && (markdown::isTask(item) || markdown::holdsTasks(item)
                || markdown::hasDrawnBox(item)));
}

} // namespace

void SectionReader::readFrontMatter(const QString &yaml, const QString &title)
{
    if (yaml.isEmpty())
        return;
    const FrontMatter front = runsheet::readFrontMatter(yaml);
    m_builder.addDefaults(front.attributes);
    for (const Diagnostic &diagnostic : front.diagnostics)
        m_builder.report(diagnostic);
    m_title = title;
    openIntroduction({1, 1});
    m_builder.addText(
        headingPlace(),
        {.kind = TextBlock::Kind::Code, .text = yaml, .info = u"yaml"_s, .location = {1, 1}});
}

void SectionReader::read(cmark_node *document, cmark_node *titleHeading, const QString &title)
{
    m_title = title;
    for (cmark_node *block = markdown::firstChild(document); block != nullptr;
         block = markdown::next(block)) {
        if (block == titleHeading)
            readTitle(block);
        else if (markdown::kindOf(block) == Kind::Heading)
            readHeading(block);
        else
            readBlock(block);
    }
    m_annotations.drop();
}

/// What is said of the title is said of everything.
void SectionReader::readTitle(cmark_node *heading)
{
    m_builder.addDefaults(m_annotations.takeFor(heading, AttributePlace::Runbook));
    closeSections();
}

/// The title may stand below other text; what follows it is introduction again.
void SectionReader::closeSections()
{
    m_listStep.reset();
    if (m_open.isEmpty() || m_open.last().level != kIntroductionLevel)
        closePhases(0);
}

void SectionReader::closePhases(int level)
{
    bool closed = false;
    while (!m_open.isEmpty() && m_open.last().level >= level) {
        m_open.removeLast();
        closed = true;
    }
    if (closed)
        m_headingSteps.clear();
}

/// "Step n" inside a phase is always a step; a section of plain content opens nothing inside.
PhaseMatch SectionReader::matchHeading(const QString &text) const
{
    if (m_open.isEmpty())
        return m_rules.matchInside(text, u"top"_s);
    const int enclosing = m_open.last().index;
    const QString kind = m_builder.phase(enclosing).kind;
    if (isStepHeading(text) || (kind == u"section" && !m_builder.isEmpty(enclosing)))
        return {};
    return m_rules.matchInside(text, kind);
}

void SectionReader::readHeading(cmark_node *heading)
{
    if (m_listStep.value_or(headingPlace()).hasStep() && announcesOutput(heading))
        return;
    m_listStep.reset();
    const QString text = markdown::plainText(heading);
    const bool tooMany = ++m_sections > limits::kMaxSections;
    if (!tooMany)
        closePhases(markdown::headingLevel(heading));
    else
        m_builder.reportOnce(
            {Diagnostic::Severity::Error, u"too-many-headings"_s,
             u"The runbook has more than 2,000 headings. From here on they are kept as "
             u"text; split the runbook."_s,
             markdown::locationOf(heading)});
    const PhaseMatch match = tooMany ? PhaseMatch() : matchHeading(text);
    const Attributes attributes = m_annotations.takeFor(heading, AttributePlace::Step);
    if (match.rule != nullptr || (m_open.isEmpty() && !tooMany))
        openPhase(heading, text, match, attributes);
    else
        readSubHeading(heading, text, attributes);
}

void SectionReader::openPhase(cmark_node *heading, const QString &text, const PhaseMatch &match,
                              const Attributes &attributes)
{
    const std::optional<int> parent =
        m_open.isEmpty() ? std::nullopt : std::optional(m_open.last().index);
    const int index = m_builder.addPhase(text, match, parent, markdown::locationOf(heading));
    m_builder.annotatePhase(index, attributes);
    m_open.append({markdown::headingLevel(heading), index});
    m_headingSteps.clear();
}

void SectionReader::openIntroduction(SourceLocation location)
{
    PhaseMatch match;
    match.shortTitle = u"Introduction"_s;
    const int index = m_builder.addPhase(m_title, match, std::nullopt, location);
    m_builder.phase(index).kind = u"introduction"_s;
    m_open.append({kIntroductionLevel, index});
}

void SectionReader::readSubHeading(cmark_node *heading, const QString &text,
                                   const Attributes &attributes)
{
    if (m_open.isEmpty())
        openIntroduction(markdown::locationOf(heading));
    const int level = markdown::headingLevel(heading);
    while (!m_headingSteps.isEmpty() && m_headingSteps.last().level >= level)
        m_headingSteps.removeLast();
    const int phase = m_open.last().index;
    if (m_builder.phase(phase).kind == u"section" && isStepHeading(text))
        m_builder.makeStepBearing(phase);
    const Place parent = headingPlace();
    if (becomesStep(heading, text)) {
        if (const auto step = m_builder.addStep(
                parent, {cleanTitle(text), markdown::locationOf(heading), false, attributes})) {
            m_headingSteps.append({level, *step});
            return;
        }
    }
    m_annotations.reportUnused(attributes, markdown::locationOf(heading));
    m_blocks.read(heading, parent);
}

/// A sub-heading is a step when it says so, when a command stands right below it, or when one of
/// its own sub-headings is a step.
bool SectionReader::becomesStep(cmark_node *heading, const QString &text) const
{
    if (!m_builder.takesListItems(m_open.last().index))
        return false;
    if (isStepHeading(text) || isNumberedHeading(text))
        return true;
    const int level = markdown::headingLevel(heading);
    bool listSeen = false;
    for (cmark_node *block = markdown::next(heading); block != nullptr;
         block = markdown::next(block)) {
        const Kind kind = markdown::kindOf(block);
        if (kind == Kind::Heading) {
            if (markdown::headingLevel(block) <= level)
                return false;
            const QString below = markdown::plainText(block);
            if (isStepHeading(below) || isNumberedHeading(below))
                return true;
            listSeen = false;
        } else if (kind == Kind::List) {
            listSeen = listSeen || isStepList(block);
        } else if (!listSeen && isRunnable(block)) {
            return true;
        }
    }
    return false;
}

Place SectionReader::headingPlace() const
{
    if (!m_headingSteps.isEmpty())
        return m_headingSteps.last().place;
    return {m_open.isEmpty() ? 0 : m_open.last().index, Place::kNoStep};
}

/// Commands go to the nearest step above. Text goes there too when it leads to a command or stands
/// between numbered items; behind a checklist it belongs to the section, at its place in the order.
Place SectionReader::placeFor(cmark_node *block) const
{
    if (!m_listStep)
        return headingPlace();
    cmark_node *following = markdown::next(block);
    const bool leadsToCode = following != nullptr && markdown::kindOf(following) == Kind::Code;
    const bool isCode = markdown::kindOf(block) == Kind::Code;
    return isCode || leadsToCode || m_listIsOrdered ? *m_listStep
                                                    : Place{m_open.last().index, Place::kNoStep};
}

void SectionReader::readBlock(cmark_node *block)
{
    if (m_annotations.read(block))
        return;
    if (m_open.isEmpty())
        openIntroduction(markdown::locationOf(block));
    const bool isList = markdown::kindOf(block) == Kind::List;
    if (isList && m_blocks.makesSteps(block, headingPlace())) {
        const Place place = headingPlace();
        const Place last = m_blocks.read(block, place);
        if (!(last == place))
            m_listStep = last;
        m_listIsOrdered = markdown::isOrdered(block);
        return;
    }
    const Place place = placeFor(block);
    const Place last = m_blocks.read(block, place);
    if (!(last == place)) {
        m_listStep = last;
        m_listIsOrdered = false;
    }
}

} // namespace runsheet
