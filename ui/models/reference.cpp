// SPDX-License-Identifier: Apache-2.0
#include "models/reference.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kLeastDigits = 4; // an extension within the house

TextBlock block(TextBlock::Kind kind, const QString &text, int level, SourceLocation location)
{
    return {.kind = kind, .level = level, .text = text, .info = {}, .location = location};
}

/// A section of reference may hold steps all the same; then they are read as what they say.
QList<TextBlock> blocksOf(const Step &step)
{
    QList<TextBlock> blocks{
        block(TextBlock::Kind::ListItem, step.title, step.depth, step.location)};
    blocks += step.notes;
    for (const Command &command : step.commands)
        blocks += block(TextBlock::Kind::Code, command.text, 0, command.location);
    for (const Expectation &expectation : step.expectations)
        blocks += block(TextBlock::Kind::Code, expectation.text, 0, expectation.location);
    return blocks;
}

QList<TextBlock> blocksOf(const Phase &phase)
{
    QList<TextBlock> blocks;
    const auto addTextAt = [&](qsizetype position) {
        for (const Phase::Text &text : phase.text) {
            if (text.position == position)
                blocks += text.block;
        }
    };
    for (qsizetype i = 0; i < phase.steps.size(); ++i) {
        addTextAt(i);
        blocks += blocksOf(phase.steps.at(i));
    }
    addTextAt(phase.steps.size());
    return blocks;
}

bool namesASymptom(const QString &text)
{
    static const QRegularExpression kSymptom(u"^(symptoms?|problem|issue|error|question|q)\\b"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    return kSymptom.match(text).hasMatch();
}

/// Cuts a section into what is read as one.
class EntryCutter
{
public:
    explicit EntryCutter(QString kind)
        : m_kind(std::move(kind))
    {
    }

    void take(const TextBlock &block)
    {
        if (m_entries.isEmpty() || beginsAnEntry(block)) {
            m_entries.append(ReferenceEntry());
            const bool isHeading = block.kind == TextBlock::Kind::Heading;
            m_headingLevel = isHeading ? block.level : 0;
        }
        m_entries.last().blocks += block;
    }
    [[nodiscard]] QList<ReferenceEntry> entries() const { return m_entries; }

private:
    [[nodiscard]] bool beginsAnEntry(const TextBlock &block) const
    {
        switch (block.kind) {
        case TextBlock::Kind::Heading:
            return m_headingLevel == 0 || block.level <= m_headingLevel;
        case TextBlock::Kind::Paragraph:
            return m_headingLevel == 0
                && (m_kind != u"troubleshooting" || namesASymptom(block.text));
        case TextBlock::Kind::ListItem:
            return m_headingLevel == 0 && block.level == 0 && !followsAParagraph();
        case TextBlock::Kind::Code:
        case TextBlock::Kind::Quote:
        case TextBlock::Kind::Table:
        case TextBlock::Kind::Html:
            break;
        }
        return false;
    }
    /// A list below "Symptom: …" is what to do about it; contacts are people, each for themselves.
    [[nodiscard]] bool followsAParagraph() const
    {
        return m_kind != u"contacts"
            && m_entries.constLast().blocks.constFirst().kind == TextBlock::Kind::Paragraph;
    }

    QString m_kind; ///< of the section
    int m_headingLevel = 0; ///< of the heading the open entry began with
    QList<ReferenceEntry> m_entries;
};

void addMatches(QStringList &found, const QString &text, const QRegularExpression &pattern)
{
    auto it = pattern.globalMatch(text);
    while (it.hasNext()) {
        const QString address = it.next().captured(1);
        if (!found.contains(address))
            found += address;
    }
}

void addNumbers(QStringList &found, const QString &text)
{
    static const QRegularExpression kNumber(
        u"(?<![\\w:./@-])(\\+?\\(?\\d[\\d ()/.-]*\\d)(?![\\w:@]|[-./]\\w)"_s);
    static const QRegularExpression kDate(u"^\\d{4}-\\d{2}-\\d{2}"_s);
    auto it = kNumber.globalMatch(text);
    while (it.hasNext()) {
        const QString number = it.next().captured(1);
        const auto digits =
            std::ranges::count_if(number, [](QChar character) { return character.isDigit(); });
        if (digits >= kLeastDigits && !kDate.match(number).hasMatch() && !found.contains(number))
            found += number;
    }
}

} // namespace

bool ReferenceEntry::matches(const QStringList &words) const
{
    return std::ranges::all_of(words, [this](const QString &word) {
        return std::ranges::any_of(blocks, [&](const TextBlock &one) {
            return one.text.contains(word, Qt::CaseInsensitive);
        });
    });
}

QList<ReferenceSection> referenceOf(const Runbook &runbook)
{
    QList<ReferenceSection> sections;
    for (const Phase &phase : runbook.phases) {
        if (phase.group != PhaseGroup::Reference)
            continue;
        EntryCutter cutter(phase.kind);
        for (const TextBlock &one : blocksOf(phase))
            cutter.take(one);
        sections.append({.id = phase.id,
                         .title = phase.section.isEmpty() ? phase.title
                                                          : phase.section + u" › "_s + phase.title,
                         .shortTitle = phase.shortTitle.isEmpty() ? phase.title : phase.shortTitle,
                         .isContacts = phase.kind == u"contacts",
                         .entries = cutter.entries()});
    }
    return sections;
}

QList<TextRange> occurrences(const QString &text, const QStringList &words)
{
    QList<TextRange> all;
    for (const QString &word : words) {
        for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0 && !word.isEmpty();
             at = text.indexOf(word, at + word.size(), Qt::CaseInsensitive))
            all.append({.start = at, .length = word.size()});
    }
    std::ranges::sort(all, {}, &TextRange::start);
    QList<TextRange> joined;
    for (const TextRange &range : std::as_const(all)) {
        if (joined.isEmpty()
            || joined.constLast().start + joined.constLast().length < range.start) {
            joined += range;
            continue;
        }
        TextRange &last = joined.last();
        last.length = std::max(last.start + last.length, range.start + range.length) - last.start;
    }
    return joined;
}

QStringList addressesIn(const QString &text, bool isContacts)
{
    static const std::array kPatterns{
        QRegularExpression(u"\\b([a-z][a-z0-9+.-]*://[^\\s<>()\"]*[^\\s<>()\".,;:!?])"_s,
                           QRegularExpression::CaseInsensitiveOption),
        // What the link's text is followed by: a path, or an address of another kind.
        QRegularExpression(
            u"\\(((?:\\.{0,2}/|#|(?:mailto|tel|file|javascript|data):)[^\\s()]+)\\)"_s,
            QRegularExpression::CaseInsensitiveOption),
        QRegularExpression(u"(?<![\\w.:/+-])([\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)"_s),
    };
    QStringList found;
    for (const QRegularExpression &pattern : kPatterns)
        addMatches(found, text, pattern);
    if (isContacts)
        addNumbers(found, text);
    return found;
}

} // namespace runsheet
