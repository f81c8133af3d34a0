// SPDX-License-Identifier: Apache-2.0
#include "log/logmenu.h"

#include <QActionGroup>

using namespace Qt::StringLiterals;

namespace runsheet
{

LogMenu::LogMenu(QWidget *parent)
    : QMenu(parent)
{
    setObjectName(u"logMenuEntries"_s);
    m_errorActions << add(u"nextErrorAction"_s, tr("Next error"), {Qt::Key_F8},
                          &LogMenu::nextErrorWanted);
    m_errorActions << add(u"previousErrorAction"_s, tr("Previous error"), {Qt::SHIFT | Qt::Key_F8},
                          &LogMenu::previousErrorWanted);
    add(u"logStartAction"_s, tr("Go to the start"), {Qt::CTRL | Qt::Key_Home},
        &LogMenu::startWanted);
    add(u"logEndAction"_s, tr("Jump to the end and follow"), {Qt::CTRL | Qt::Key_End},
        &LogMenu::endWanted);
    add(u"expandLineAction"_s, tr("Show more of a long line"), {Qt::CTRL | Qt::Key_Return},
        &LogMenu::expandWanted);
    addSeparator();
    add(u"olderLogAction"_s, tr("Log of the command before"), {Qt::ALT | Qt::Key_Down},
        &LogMenu::olderWanted);
    add(u"newerLogAction"_s, tr("Log of the command after"), {Qt::ALT | Qt::Key_Up},
        &LogMenu::newerWanted);
    addSeparator();
    addStamps();
    addSeparator();
    add(u"saveLogTextAction"_s, tr("Save as text…"), {}, &LogMenu::saveTextWanted);
    add(u"saveLogCastAction"_s, tr("Save as asciicast…"), {}, &LogMenu::saveCastWanted);
}

QAction *LogMenu::add(const QString &name, const QString &text, const QList<QKeySequence> &keys,
                      void (LogMenu::*wish)())
{
    QAction *const action = addAction(text);
    action->setObjectName(name);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (parentWidget() != nullptr)
        parentWidget()->addAction(action);
    connect(action, &QAction::triggered, this, wish);
    return action;
}

void LogMenu::addStamps()
{
    struct Entry
    {
        StampKind kind;
        QString text;
    };
    const QList<Entry> entries{{StampKind::Off, tr("No times")},
                               {StampKind::Absolute, tr("Time of day (UTC)")},
                               {StampKind::SinceStart, tr("Time since the start")},
                               {StampKind::SincePrevious, tr("Time since the line before")}};
    m_stamps = new QActionGroup(this);
    for (const Entry &entry : entries) {
        QAction *const action = addAction(entry.text);
        action->setObjectName(u"stamps-"_s + stampWord(entry.kind));
        action->setCheckable(true);
        action->setData(stampWord(entry.kind));
        m_stamps->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, kind = entry.kind] { Q_EMIT stampsChosen(kind); });
    }
    setStamps(StampKind::Off);
}

void LogMenu::setStamps(StampKind kind)
{
    for (QAction *const action : m_stamps->actions())
        action->setChecked(action->data().toString() == stampWord(kind));
}

StampKind LogMenu::stamps() const
{
    return stampKindOf(m_stamps->checkedAction()->data().toString());
}

void LogMenu::setHasErrors(bool any)
{
    for (QAction *const action : m_errorActions)
        action->setEnabled(any);
}

} // namespace runsheet
