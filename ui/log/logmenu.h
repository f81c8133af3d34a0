// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/linestamps.h"

#include <QList>
#include <QMenu>

class QActionGroup;

namespace runsheet
{

/// Everything that can be done with a log besides reading it. Each entry has a name to find it by.
class LogMenu final : public QMenu
{
    Q_OBJECT

public:
    explicit LogMenu(QWidget *parent = nullptr);

    void setStamps(StampKind kind);
    [[nodiscard]] StampKind stamps() const;
    void setHasErrors(bool any);

Q_SIGNALS:
    void nextErrorWanted();
    void previousErrorWanted();
    void startWanted();
    void endWanted();
    void expandWanted();
    void olderWanted();
    void newerWanted();
    void saveTextWanted();
    void saveCastWanted();
    void stampsChosen(runsheet::StampKind kind);

private:
    /// A shortcut works in the parent and everything in it.
    QAction *add(const QString &name, const QString &text, const QList<QKeySequence> &keys,
                 void (LogMenu::*wish)());
    void addStamps();

    QActionGroup *m_stamps = nullptr;
    QList<QAction *> m_errorActions;
};

} // namespace runsheet
