// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "runbook/runbook.h"

#include <QList>
#include <QRegularExpression>
#include <QString>

#include <optional>

namespace runsheet {

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
    bool listItemsAreSteps = false; ///< numbered items and "Step n" headings are steps here
};

class PhaseRules
{
public:
    /// The rules compiled into the program. They are part of the program, so they always load.
    [[nodiscard]] static const PhaseRules &bundled();
    [[nodiscard]] static Result<PhaseRules> fromYaml(const QByteArray &yaml);

    [[nodiscard]] const PhaseRule *match(const QString &heading) const;
    [[nodiscard]] const QList<PhaseRule> &all() const { return m_rules; }

private:
    QList<PhaseRule> m_rules;
};

} // namespace runsheet
