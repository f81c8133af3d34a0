// SPDX-License-Identifier: Apache-2.0
#include "log/logheader.h"

#include "log/executionpicker.h"
#include "theme.h"
#include "widgets/elidedlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// The style sheet looks at properties only when a widget is polished.
void setToneOf(QWidget *widget, const QString &tone)
{
    widget->setProperty("tone", tone);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

QString shapeOf(LogTone tone)
{
    switch (tone) {
    case LogTone::Ok:
        return u"✓"_s;
    case LogTone::Running:
        return u"●"_s;
    case LogTone::Warning:
        return u"!"_s;
    case LogTone::Bad:
        return u"✕"_s;
    }
    return {};
}

QString toneName(LogTone tone)
{
    switch (tone) {
    case LogTone::Ok:
        return u"ok"_s;
    case LogTone::Running:
        return u"running"_s;
    case LogTone::Warning:
        return u"warning"_s;
    case LogTone::Bad:
        return u"bad"_s;
    }
    return {};
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
    m_chip = new QLabel(this);
    m_chip->setObjectName(u"logState"_s);
    m_chip->setTextFormat(Qt::PlainText);
    m_chip->setProperty("chip", true);
    m_chip->setFont(scaledFont(0.92, QFont::DemiBold));
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

void LogHeader::setState(const QString &text, LogTone tone)
{
    m_chip->setText(shapeOf(tone) + u' ' + text);
    m_chip->setAccessibleName(text);
    setToneOf(m_chip, toneName(tone));
}

void LogHeader::setCounts(const QString &text)
{
    m_counts->setText(text);
}

void LogHeader::setErrors(qint64 count)
{
    m_errors->setText(tr("Errors %1").arg(QLocale().toString(count)));
    m_errors->setAccessibleName(tr("Next error, %1 found").arg(count));
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
