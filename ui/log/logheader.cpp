// SPDX-License-Identifier: Apache-2.0
#include "log/logheader.h"

#include "base/text.h"
#include "log/executionpicker.h"
#include "theme.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

QString shapeOf(Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return u"✓"_s;
    case Tone::Running:
        return u"●"_s;
    case Tone::Bad:
        return u"✕"_s;
    case Tone::Neutral:
    case Tone::Accent:
    case Tone::Warning:
        break;
    }
    return u"!"_s;
}

LogHeader::LogHeader(QWidget *parent)
    : QWidget(parent)
{
    auto *const rows = new QVBoxLayout(this);
    rows->setContentsMargins(12, 6, 8, 4);
    rows->setSpacing(2);
    rows->addLayout(createTitleRow());
    rows->addLayout(createCountsRow());
}

QHBoxLayout *LogHeader::createTitleRow()
{
    auto *const row = new QHBoxLayout;
    row->setSpacing(8);
    m_chip = chipLabel({}, Tone::Running, this);
    m_chip->setObjectName(u"logState"_s);
    row->addWidget(m_chip, 0, Qt::AlignVCenter);
    m_title = new ElidedLabel({}, this);
    m_title->setObjectName(u"logTitle"_s);
    m_title->setFont(scaledFont(1, QFont::DemiBold));
    row->addWidget(m_title, 1);
    m_picker = new ExecutionPicker(this);
    m_picker->hide();
    row->addWidget(m_picker, 1);
    m_stop = addButton(row, u"stopFromLog"_s, tr("Stop…"));
    m_stop->setAccessibleName(tr("Stop command"));
    m_stop->hide();
    connect(m_stop, &QPushButton::clicked, this, &LogHeader::stopWanted);
    return row;
}

QHBoxLayout *LogHeader::createCountsRow()
{
    auto *const row = new QHBoxLayout;
    row->setSpacing(8);
    m_counts = new ElidedLabel({}, this);
    m_counts->setObjectName(u"logCounts"_s);
    m_counts->setProperty("dim", true);
    m_counts->setFont(scaledFont(0.92));
    row->addWidget(m_counts, 1);
    QPushButton *const find = addButton(row, u"openFind"_s, tr("Find"));
    connect(find, &QPushButton::clicked, this, &LogHeader::findWanted);
    m_errors = addButton(row, u"nextError"_s, tr("Errors 0"));
    m_errors->setToolTip(tr("Next error (F8); Shift+F8 goes back"));
    connect(m_errors, &QPushButton::clicked, this, &LogHeader::nextErrorWanted);
    m_follow = addButton(row, u"followLog"_s, tr("Following"));
    m_follow->setCheckable(true);
    m_follow->setToolTip(tr("Keep the newest line in view (End)"));
    connect(m_follow, &QPushButton::clicked, this, &LogHeader::followWanted);
    m_menu = addButton(row, u"logMenu"_s, tr("⋯"));
    m_menu->setMaximumWidth(m_menu->fontMetrics().averageCharWidth() * 5);
    m_menu->setAccessibleName(tr("Log menu"));
    m_menu->setToolTip(tr("Time stamps, saving, and where to go"));
    return row;
}

QPushButton *LogHeader::addButton(QHBoxLayout *row, const QString &name, const QString &text)
{
    auto *const button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    button->setProperty("link", true);
    button->setFont(scaledFont(0.92));
    row->addWidget(button);
    return button;
}

void LogHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void LogHeader::setState(const QString &text, Tone tone, const QString &explanation)
{
    setChip(m_chip, shapeOf(tone) + u' ' + text, tone);
    m_chip->setAccessibleName(text);
    m_chip->setAccessibleDescription(explanation);
    m_chip->setToolTip(explanation);
}

void LogHeader::setCounts(const QString &text)
{
    m_counts->setText(text);
}

void LogHeader::setErrors(qint64 count)
{
    m_errors->setText(tr("Errors %1").arg(formatCount(count)));
    m_errors->setAccessibleName(tr("Next error, %1 found").arg(formatCount(count)));
    m_errors->setEnabled(count > 0);
}

void LogHeader::setFollowing(bool following)
{
    m_follow->setChecked(following);
    m_follow->setText(following ? tr("Following ✓") : tr("Follow ↓"));
    m_follow->setAccessibleName(following ? tr("Following") : tr("Follow"));
}

void LogHeader::setExecutions(const QList<LogEntry> &entries, const QString &shown)
{
    m_picker->setEntries(entries);
    m_picker->choose(shown);
    m_picker->setVisible(entries.size() > 1);
    m_title->setVisible(entries.size() <= 1);
    const auto entry = std::ranges::find(entries, shown, &LogEntry::id);
    if (entry != entries.end())
        setState(entry->state, entry->tone, entry->explanation);
}

void LogHeader::setStoppable(bool stoppable)
{
    m_stop->setVisible(stoppable);
}

void LogHeader::setMenu(QMenu *menu)
{
    m_menu->setMenu(menu);
}

} // namespace runsheet
