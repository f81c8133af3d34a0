// SPDX-License-Identifier: Apache-2.0
#include "run/panes.h"

#include "checklist/phaserail.h"
#include "settings.h"

#include <QResizeEvent>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kNarrowLines = 76; // in heights of a line of text
// So little that all of it fits a small screen with large text; what does not fit scrolls.
constexpr int kLeastChecklistLines = 8;
constexpr int kLeastDetailsLines = 7;
constexpr int kLeastChartLines = 5;

// Shares of what there is; the splitters scale them to the window.
const QList<int> kFirstRows{3000, 900};
const QList<int> kFirstColumns{5600, 4400};

QSplitter *configured(QSplitter *split, const QString &name)
{
    split->setObjectName(name);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    return split;
}

} // namespace

Panes::Panes(PhaseRail *rail, QWidget *checklist, QWidget *details, QWidget *chart,
             Settings &settings, QWidget *parent)
    : QSplitter(Qt::Vertical, parent)
    , m_settings(settings)
    , m_rail(rail)
    , m_chart(chart)
    , m_columns(configured(new QSplitter(Qt::Horizontal, this), u"columns"_s))
    , m_work(configured(new QSplitter(Qt::Horizontal, this), u"work"_s))
{
    configured(this, u"vertical"_s);
    const int line = fontMetrics().height();
    checklist->setMinimumHeight(kLeastChecklistLines * line);
    details->setMinimumHeight(kLeastDetailsLines * line);
    chart->setMinimumHeight(kLeastChartLines * line);
    m_work->addWidget(checklist);
    m_work->addWidget(details);
    m_work->setStretchFactor(0, 4);
    m_work->setStretchFactor(1, 3);
    m_columns->addWidget(rail);
    m_columns->addWidget(m_work);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    addWidget(m_columns);
    addWidget(chart);
    setStretchFactor(0, 3);
    setStretchFactor(1, 1);
}

void Panes::restore()
{
    restoreRows();
    if (m_columns->restoreState(m_settings.layout(u"columns"_s))) {
        m_work->restoreState(m_settings.layout(u"work"_s));
        m_work->setOrientation(Qt::Horizontal);
    } else {
        shareColumns();
        m_work->setSizes(kFirstColumns);
    }
}

void Panes::restoreRows()
{
    if (!restoreState(m_settings.layout(u"vertical"_s)))
        setSizes(kFirstRows);
}

void Panes::setChartFolded(bool folded)
{
    m_folded = folded;
    if (folded && m_sized)
        m_rows = sizes();
    m_chart->setMinimumHeight(folded ? 0 : kLeastChartLines * fontMetrics().height());
    m_chart->setMaximumHeight(folded ? m_chart->sizeHint().height() : QWIDGETSIZE_MAX);
    if (folded || !m_sized)
        return;
    if (m_rows.isEmpty())
        restoreRows();
    else
        setSizes(m_rows);
}

void Panes::shareColumns()
{
    const int rail = m_rail->sizeHint().width();
    m_columns->setSizes({rail, std::max(rail, width() - rail)});
}

void Panes::save()
{
    if (m_narrow || !m_sized)
        return;
    for (const QSplitter *split :
         std::initializer_list<const QSplitter *>{this, m_columns, m_work}) {
        if (split != this || !m_folded)
            m_settings.setLayout(split->objectName(), split->saveState());
    }
}

void Panes::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    constexpr int kRealWidth = 300; // before the window is laid out there is less
    if (!m_sized && width() > kRealWidth) {
        m_sized = true;
        restore();
    }
    setNarrow(width() < kNarrowLines * fontMetrics().height());
}

void Panes::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    if (narrow && isVisible())
        save();
    m_narrow = narrow;
    m_work->setOrientation(narrow ? Qt::Vertical : Qt::Horizontal);
    m_rail->setCompact(narrow);
    if (narrow)
        shareColumns(); // the splitter would keep the room of the wide rail
    else
        restore();
}

} // namespace runsheet
