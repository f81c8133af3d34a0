// SPDX-License-Identifier: Apache-2.0
#include "models/symptoms.h"

#include "models/reference.h"
#include "runbook/shelltools.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kLeastPhrase = 8; ///< shorter ones stand in any log
constexpr qsizetype kLeastPart = 3;

/// The paragraph or list item as it was written: only there code and quotes can be told from the
/// rest.
QString sourceOf(const QStringList &lines, const TextBlock &block)
{
    static const QRegularExpression kItem(u"^\\s*(?:[-*+]|\\d+[.)])\\s"_s);
    QStringList paragraph;
    for (qsizetype line = block.location.line - 1; line >= 0 && line < lines.size(); ++line) {
        if (lines.at(line).trimmed().isEmpty())
            break;
        if (!paragraph.isEmpty() && kItem.match(lines.at(line)).hasMatch())
            break;
        paragraph += lines.at(line).trimmed();
    }
    return paragraph.join(u' ');
}

bool namesASymptom(const TextBlock &block)
{
    static const QRegularExpression kSymptom(u"^(?:symptoms?|problem|issue|error|log)\\b"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    return kSymptom.match(block.text).hasMatch();
}

/// "Symptoms", "Error messages:", "Symptom, in the log of the job:": the list below it says which.
/// Below a symptom that is described, a list is what to do about it.
bool leadsToAList(const TextBlock &block)
{
    static const QRegularExpression kBare(u"^\\w+(?: \\w+){0,2}$|:$"_s);
    const bool isLead =
        block.kind == TextBlock::Kind::Paragraph || block.kind == TextBlock::Kind::Heading;
    return isLead && namesASymptom(block) && kBare.match(block.text.trimmed()).hasMatch();
}

bool isCommand(const QString &quoted)
{
    const QString program = commandLineOf(quoted).program;
    return isWellKnownTool(program) || isWordAndTool(program);
}

QStringList partsOf(const QString &quoted)
{
    static const QRegularExpression kGap(u"…|\\.\\.\\.|<[^<>]+>"_s);
    QStringList parts;
    for (const QString &part : quoted.split(kGap)) {
        if (part.trimmed().size() >= kLeastPart)
            parts += part.trimmed();
    }
    return parts;
}

QList<QStringList> phrasesIn(const QString &text)
{
    static const QRegularExpression kQuoted(u"`([^`]+)`|\"([^\"]+)\"|“([^”]+)”"_s);
    static const QRegularExpression kCode(u"\\b([A-Z]{1,4}-?\\d{4,5})\\b"_s);
    QList<QStringList> phrases;
    for (auto it = kQuoted.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString quoted = match.captured(match.lastCapturedIndex()).trimmed();
        const QStringList parts = partsOf(quoted);
        if (!parts.isEmpty() && parts.constFirst().size() >= kLeastPhrase && !isCommand(quoted))
            phrases += parts;
    }
    for (auto it = kCode.globalMatch(text); it.hasNext();)
        phrases += QStringList{it.next().captured(1)};
    return phrases;
}

/// Those of an entry that say how the trouble shows.
QList<TextBlock> symptomBlocks(const ReferenceEntry &entry)
{
    QList<TextBlock> found;
    bool listed = false;
    for (const TextBlock &block : entry.blocks) {
        const bool isItem = block.kind == TextBlock::Kind::ListItem;
        const bool isParagraph = block.kind == TextBlock::Kind::Paragraph;
        if ((isParagraph && namesASymptom(block)) || (isItem && listed))
            found += block;
        if (!isItem)
            listed = leadsToAList(block);
    }
    return found;
}

} // namespace

QList<Symptom> symptomsOf(const Runbook &runbook)
{
    const QStringList lines = QString::fromUtf8(runbook.source).split(u'\n');
    QList<Symptom> symptoms;
    for (const ReferenceSection &section : referenceOf(runbook)) {
        const Phase *phase = runbook.phase(section.id);
        if (phase == nullptr || phase->kind != u"troubleshooting")
            continue;
        for (const ReferenceEntry &entry : section.entries) {
            for (const TextBlock &block : symptomBlocks(entry)) {
                for (const QStringList &phrase : phrasesIn(sourceOf(lines, block)))
                    symptoms.append({.entry = entry.blocks.constFirst().text, .phrase = phrase});
            }
        }
    }
    return symptoms;
}

} // namespace runsheet
