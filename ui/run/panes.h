// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSplitter>

namespace runsheet
{

class PhaseRail;
class Settings;

/// How the four panes of a run stand beside one another. Wide: rail, checklist, details, and the
/// chart below them. Narrow: a rail of icons, and the details below the checklist.
class Panes final : public QSplitter
{
    Q_OBJECT

public:
    Panes(PhaseRail *rail, QWidget *checklist, QWidget *details, QWidget *chart, Settings &settings,
          QWidget *parent);

    /// The narrow arrangement is not remembered: it follows from the width alone.
    void save();
    /// A folded chart takes only the room it needs; unfolded it gets back what it had.
    void setChartFolded(bool folded);
    [[nodiscard]] bool isNarrow() const { return m_narrow; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Sizes as last time, else the first ones.
    void restore();
    void restoreRows();
    void shareColumns();
    void setNarrow(bool narrow);

    Settings &m_settings;
    PhaseRail *m_rail;
    QWidget *m_chart;
    QSplitter *m_columns; ///< rail beside the work
    QSplitter *m_work; ///< checklist beside the details, or over them when narrow
    QList<int> m_rows; ///< heights before the chart was folded; empty: never otherwise
    bool m_narrow = false;
    bool m_folded = false;
    bool m_sized = false; ///< once there was room to share out
};

} // namespace runsheet
