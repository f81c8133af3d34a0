// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/runbook.h"

#include <QList>
#include <QStringList>

namespace runsheet
{

/// What is read as one: a heading with all that stands below it, a symptom with its resolution, a
/// person with their number.
struct ReferenceEntry
{
    QList<TextBlock> blocks;

    bool operator==(const ReferenceEntry &) const = default;
    /// Every word stands somewhere in it, whatever its case; no words match everything.
    [[nodiscard]] bool matches(const QStringList &words) const;
};

struct ReferenceSection
{
    PhaseId id;
    QString title; ///< as written, below the section around it
    QString shortTitle; ///< as in the list of phases
    bool isContacts = false;
    QList<ReferenceEntry> entries;

    bool operator==(const ReferenceSection &) const = default;
};

/// Contacts, troubleshooting, command reference and the like, in source order, whole.
[[nodiscard]] QList<ReferenceSection> referenceOf(const Runbook &runbook);

struct TextRange
{
    qsizetype start = 0;
    qsizetype length = 0;
    bool operator==(const TextRange &) const = default;
};

/// Where the words stand in the text; overlapping ones are joined.
[[nodiscard]] QList<TextRange> occurrences(const QString &text, const QStringList &words);

/// Addresses in the text, each once: web, mail, files, and in contacts telephone numbers.
[[nodiscard]] QStringList addressesIn(const QString &text, bool isContacts);

} // namespace runsheet
