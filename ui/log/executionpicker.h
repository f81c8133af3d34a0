// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/logentry.h"

#include <QComboBox>
#include <QList>

namespace runsheet
{

/// Chooses among the executions of a run, newest first, each with the badge of its state.
class ExecutionPicker final : public QComboBox
{
    Q_OBJECT

public:
    explicit ExecutionPicker(QWidget *parent = nullptr);

    /// Newest first. Keeps what is chosen; emits nothing.
    void setEntries(const QList<LogEntry> &entries);
    void choose(const QString &id); ///< without `picked`
    [[nodiscard]] qsizetype size() const { return m_entries.size(); }
    /// The next older or newer one, as if a person had chosen it.
    void pickOlder();
    void pickNewer();

Q_SIGNALS:
    void picked(const QString &id); ///< by a person

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void pick(int row);

    QList<LogEntry> m_entries;
};

} // namespace runsheet
