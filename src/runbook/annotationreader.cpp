// SPDX-License-Identifier: Apache-2.0
#include "runbook/annotationreader.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

bool AnnotationReader::read(cmark_node *block)
{
    if (!m_mayHoldAny || markdown::kindOf(block) != markdown::Kind::Html)
        return false;
    const QString annotation = annotationText(markdown::literalOf(block));
    if (annotation.isNull())
        return false;
    keep(annotation, markdown::locationOf(block));
    return true;
}

void AnnotationReader::reportUnclosed(cmark_node *block)
{
    if (m_mayHoldAny && markdown::kindOf(block) == markdown::Kind::Html)
        reportUnclosed(markdown::literalOf(block), markdown::locationOf(block));
}

Attributes AnnotationReader::takeFor(cmark_node *text, AttributePlace place)
{
    if (!m_mayHoldAny)
        return {};
    if (text != nullptr)
        readInline(text);
    CheckedAttributes checked = checkAttributes(m_waiting, place);
    report(checked.problems, m_location);
    m_waiting.clear();
    return std::move(checked.values);
}

void AnnotationReader::drop()
{
    reportUnused(m_waiting, m_location);
    m_waiting.clear();
}

void AnnotationReader::reportUnused(const Attributes &attributes, SourceLocation location)
{
    if (!attributes.isEmpty())
        m_builder.report({Diagnostic::Severity::Warning, u"annotation-without-target"_s,
                          u"The comment stands before no phase, step or command, so it has no "
                          u"effect. Move it right before the one it is meant for."_s,
                          location});
}

void AnnotationReader::report(const QList<AttributeProblem> &problems, SourceLocation location)
{
    for (const AttributeProblem &problem : problems)
        m_builder.report({problem.severity, problem.code, problem.message, location});
}

void AnnotationReader::readInline(cmark_node *text)
{
    const SourceLocation location = markdown::locationOf(text);
    for (const QString &html : markdown::inlineHtml(text)) {
        if (const QString annotation = annotationText(html); !annotation.isNull())
            keep(annotation, location);
        reportUnclosed(html, location);
    }
    const QString plain = markdown::plainText(text); // a comment without an end is no HTML here
    if (const qsizetype open = plain.indexOf(u"<!--"_s); open >= 0)
        reportUnclosed(plain.mid(open), location);
}

void AnnotationReader::reportUnclosed(const QString &html, SourceLocation location)
{
    if (isUnclosedAnnotation(html))
        m_builder.report({Diagnostic::Severity::Error, u"unclosed-comment"_s,
                          u"The comment for Runsheet is not closed, so what it says has no effect "
                          u"and what follows may stand in it. Close it with “-->”."_s,
                          location});
}

void AnnotationReader::keep(const QString &annotation, SourceLocation location)
{
    m_waiting.insert(parseAttributes(annotation));
    m_location = location;
}

} // namespace runsheet
