// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "environment/serveridentity.h"
#include "metrics/monitorstatus.h"
#include "models/duetimes.h"
#include "run/state.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace runsheet
{

class ElidedLabel;

/// Always on screen: where this run acts, in colour and in words, its clock, and the way back.
class EnvironmentBand final : public QWidget
{
    Q_OBJECT

public:
    explicit EnvironmentBand(QWidget *parent = nullptr);

    void showRun(const RunState &state, qint64 number);
    void showIdentity(const ServerIdentity &identity, const QDateTime &checkedAt);
    void showMonitor(const MonitorStatus &status);
    /// What is to be done next, and by when: "24 Hours Before: 2 open, due in 3 h".
    void showDue(const std::optional<DueTime> &due, const QDateTime &now);
    void tick(const QDateTime &now);

Q_SIGNALS:
    void rollBackWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildLayout();
    [[nodiscard]] QLabel *bandLabel(double scale, QFont::Weight weight);
    [[nodiscard]] ElidedLabel *bandLine(double scale, QFont::Weight weight);

    QString m_colour;
    QString m_about; ///< number, mode, status
    bool m_overdue = false;
    QDateTime m_start;
    QDateTime m_end;
    QLabel *m_name;
    ElidedLabel *m_target;
    ElidedLabel *m_identity;
    ElidedLabel *m_run;
    ElidedLabel *m_title;
    ElidedLabel *m_due;
    QLabel *m_clock;
    QLabel *m_window;
    QPushButton *m_rollBack;
};

/// "T+00:18:04", "T−01:00:00".
[[nodiscard]] QString clockText(const QDateTime &start, const QDateTime &now);

} // namespace runsheet
