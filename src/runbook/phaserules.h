// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "runbook/runbook.h"

#include <QList>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <optional>

namespace runsheet
{

/// How a heading is recognised as a phase or a reference section. Rules are data
/// (resources/phaserules.yaml); the first rule that matches wins.
struct PhaseRule
{
    QString kind;
    QRegularExpression pattern; ///< matched against the heading's plain text, case-insensitive
    PhaseGroup group = PhaseGroup::Reference;
    QString shortTitle; ///< empty: the heading itself, shortened; may use \1 for captures
    QString icon;
    std::optional<qint64> dueSeconds;
    QString dueTemplate; ///< "-\\1 days": a due time with captures of the heading; else empty
    bool listItemsAreSteps = false; ///< numbered items and "Step n" headings are steps here
    QStringList
        inside; ///< kinds of phase it may open in; "top": in none, "section": in an unnamed one

    [[nodiscard]] bool mayOpenIn(const QString &enclosingKind) const;
};

/// What a rule makes of one heading.
struct PhaseMatch
{
    const PhaseRule *rule = nullptr; ///< nullptr: no rule recognises the heading
    QString shortTitle;
    std::optional<qint64> dueSeconds;
};

class PhaseRules
{
public:
    /// The rules compiled into the program. They are part of the program, so they always load.
    [[nodiscard]] static const PhaseRules &bundled();
    [[nodiscard]] static Result<PhaseRules> fromYaml(const QByteArray &yaml);
    /// The rules of a text before the bundled ones; only these when it is empty.
    [[nodiscard]] static Result<PhaseRules> withYaml(const QByteArray &yaml);
    /// As withYaml(), with a file's text; without such a file the bundled ones. The Error names the
    /// file and the line.
    [[nodiscard]] static Result<PhaseRules> withFile(const QString &fileName);
    /// The text of a team's own rules; empty without such a file.
    [[nodiscard]] static Result<QByteArray> readFile(const QString &fileName);
    /// phaserules.yaml in the configuration folder: ~/.config/runsheet.
    [[nodiscard]] static QString userFile();

    [[nodiscard]] const PhaseRule *match(const QString &heading) const;
    /// The first rule that recognises the heading and may open inside `enclosingKind` ("top" for no
    /// phase), with its captures filled in.
    [[nodiscard]] PhaseMatch matchInside(const QString &heading,
                                         const QString &enclosingKind) const;
    [[nodiscard]] const QList<PhaseRule> &all() const { return m_rules; }

private:
    QList<PhaseRule> m_rules;
};

} // namespace runsheet
