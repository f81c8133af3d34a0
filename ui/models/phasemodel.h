// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/wording.h"
#include "run/state.h"

#include <QAbstractListModel>

#include <optional>

namespace runsheet
{

/// What the phase rail shows of one phase.
struct PhaseEntry
{
    PhaseId id; ///< empty for the heading of a group
    QString title; ///< short
    QString fullTitle; ///< the heading as written
    QString subline;
    bool overdue = false; ///< the subline says by how much
    QString due; ///< the time itself, for the tooltip
    QString icon;
    QString count; ///< "3/7", "13", empty
    Tone tone = Tone::Neutral;

    bool operator==(const PhaseEntry &) const = default;
    [[nodiscard]] bool isHeading() const { return id.isEmpty(); }
};

/// The phases of a run under their group headings: BEFORE, WINDOW, AFTER, AT HAND.
class PhaseModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role
    {
        EntryRole = Qt::UserRole
    };
    using QAbstractListModel::QAbstractListModel;

    void setState(const RunState &state, const QDateTime &now);
    [[nodiscard]] QModelIndex indexOf(const PhaseId &phase) const;
    [[nodiscard]] const PhaseEntry &entry(int row) const { return m_entries.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QList<PhaseEntry> m_entries;
};

[[nodiscard]] PhaseEntry phaseEntry(const RunState &state, const Phase &phase,
                                    const QDateTime &now);

} // namespace runsheet

Q_DECLARE_METATYPE(runsheet::PhaseEntry)
