// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/logentry.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace runsheet
{

class ElidedLabel;
class ExecutionPicker;

/// Which command a log is of, how it stands, and the buttons above its text.
class LogHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit LogHeader(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setState(const QString &text, Tone tone, const QString &explanation = {});
    void setCounts(const QString &text);
    void setErrors(qint64 count);
    void setFollowing(bool following);
    /// With more than one there is a list to choose from in place of the title. The one that is
    /// shown says how it stands.
    void setExecutions(const QList<LogEntry> &entries, const QString &shown);
    /// Offers Stop until the command has ended.
    void setStoppable(bool stoppable);
    void setMenu(QMenu *menu);
    [[nodiscard]] ExecutionPicker *picker() const { return m_picker; }

Q_SIGNALS:
    void findWanted();
    void nextErrorWanted();
    void followWanted(bool follow);
    void stopWanted();

private:
    [[nodiscard]] QHBoxLayout *createTitleRow();
    [[nodiscard]] QHBoxLayout *createCountsRow();
    QPushButton *addButton(QHBoxLayout *row, const QString &name, const QString &text);

    QLabel *m_chip = nullptr;
    ElidedLabel *m_title = nullptr;
    ExecutionPicker *m_picker = nullptr;
    ElidedLabel *m_counts = nullptr;
    QPushButton *m_errors = nullptr;
    QPushButton *m_follow = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_menu = nullptr;
};

} // namespace runsheet
