// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"

#include <QListView>

namespace runsheet
{

class PhaseDelegate;
class PhaseModel;
struct RunState;

/// The phases of the run, in order, with what is closed. Compact: icons with counts.
class PhaseRail final : public QListView
{
    Q_OBJECT

public:
    explicit PhaseRail(QWidget *parent = nullptr);

    void refresh(const RunState &state, const QDateTime &now);
    void choose(const PhaseId &phase); ///< does not emit
    void setCompact(bool compact);
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void phaseChosen(const runsheet::PhaseId &phase);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    /// Letters are the window's keys here, not a search.
    void keyboardSearch(const QString &search) override;

private:
    PhaseModel *m_model;
    PhaseDelegate *m_delegate;
    PhaseId m_chosen;
};

} // namespace runsheet
