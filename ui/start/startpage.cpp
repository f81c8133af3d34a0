// SPDX-License-Identifier: Apache-2.0
#include "start/startpage.h"

#include "base/text.h"
#include "models/runsmodel.h"
#include "start/runbooklist.h"
#include "start/runsdelegate.h"
#include "theme.h"
#include "widgets/card.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/noticearea.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kMargin = 32;
constexpr int kNarrowLines = 56; // in heights of a line of text: below, the halves stack
constexpr int kWideLines = 80; // below, the runbooks need half of the width

QScrollArea *scrolling(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

void addButtons(const QLayout *cards, QList<QWidget *> &widgets)
{
    for (int index = 0; index < cards->count(); ++index) {
        if (auto *button = cards->itemAt(index)->widget()->findChild<QPushButton *>())
            widgets.append(button);
    }
}

bool isUnfinished(const RunSummary &run)
{
    return run.status == RunStatus::InProgress;
}

} // namespace

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
    , m_messages(new MessageBar(this))
    , m_runbooks(new RunbookList(this))
    , m_practice(styled(new QPushButton(tr("Start practice"), this), "primary"))
    , m_open(new QPushButton(tr("Open a runbook…"), this))
    , m_running(new QWidget(this))
    , m_model(new RunsModel(this))
    , m_table(new QTableView(this))
    , m_empty(dimLabel({}, this))
{
    auto *messages = new NoticeArea({kMargin, 16, kMargin, 16}, this);
    messages->add(m_messages);
    m_halves = new QBoxLayout(QBoxLayout::LeftToRight);
    m_halves->setContentsMargins(0, 0, 0, 0);
    m_halves->setSpacing(0);
    m_halves->addWidget(buildLeft(), 39);
    m_halves->addWidget(buildRight(), 61);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(messages);
    column->addLayout(m_halves, 1);
    connect(m_runbooks, &RunbookList::newRunWanted, this, &StartPage::newRunWanted);
    // What went wrong before is of no more use once something is tried again.
    connect(this, &StartPage::practiceWanted, m_messages, &MessageBar::clear);
    connect(this, &StartPage::openRunbookWanted, m_messages, &MessageBar::clear);
    connect(this, &StartPage::newRunWanted, m_messages, &MessageBar::clear);
    connect(this, &StartPage::openRunWanted, m_messages, &MessageBar::clear);
}

QWidget *StartPage::buildLeft()
{
    auto *panel = new QWidget;
    panel->setProperty("ground", u"panel"_s);
    m_open->setAccessibleName(tr("Open a runbook"));
    connect(m_open, &QPushButton::clicked, this, &StartPage::openRunbookWanted);
    QLabel *title = titleLabel(tr("Runsheet"), panel);
    title->setFont(scaledFont(1.9, QFont::DemiBold));

    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(kMargin, 24, kMargin, 20);
    column->setSpacing(8);
    column->addWidget(title);
    column->addWidget(dimLabel(tr("Carry out a database migration: sign, run, watch, roll back, "
                                  "report."),
                               panel));
    column->addSpacing(8);
    column->addWidget(buildPractice());
    column->addSpacing(12);
    column->addWidget(capsLabel(tr("Runbooks"), panel));
    column->addWidget(m_runbooks);
    column->addSpacing(4);
    column->addWidget(m_open, 0, Qt::AlignLeft);
    column->addStretch();
    auto *area = scrolling(panel, this);
    area->setProperty("edge", u"right"_s);
    return area;
}

QWidget *StartPage::buildPractice()
{
    auto *card = new Card(tr("Practice run"), this);
    card->setTone(Tone::Accent);
    m_practice->setAccessibleName(tr("Start practice"));
    m_practice->setObjectName(u"practice"_s);
    connect(m_practice, &QPushButton::clicked, this, &StartPage::practiceWanted);
    auto *text = new QVBoxLayout;
    text->setSpacing(2);
    text->addWidget(strongLabel(tr("Practice run"), card));
    text->addWidget(
        dimLabel(tr("A throw-away PostgreSQL on this computer, with a shop and traffic on "
                    "it. Nothing else is touched."),
                 card));
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(14, 12, 14, 12);
    row->setSpacing(12);
    row->addLayout(text, 1);
    row->addWidget(m_practice);
    return card;
}

QWidget *StartPage::buildRight()
{
    auto *panel = new QWidget;
    panel->setProperty("ground", u"window"_s);
    m_runningCards = new QVBoxLayout(m_running);
    m_runningCards->setContentsMargins(0, 0, 0, 16);
    m_runningCards->setSpacing(8);
    m_running->hide();
    buildTable();
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(kMargin, 28, kMargin, 20);
    column->setSpacing(8);
    column->addWidget(m_running);
    column->addWidget(capsLabel(tr("Runs"), panel));
    column->addWidget(m_empty);
    column->addWidget(m_table);
    column->addStretch();
    return scrolling(panel, this);
}

void StartPage::buildTable()
{
    m_table->setObjectName(u"runs"_s);
    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new RunsDelegate(m_table));
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setEditTriggers(QTableView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    QHeaderView *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setFont(scaledFont(0.85, QFont::DemiBold));
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(RunsModel::Title, QHeaderView::Stretch);
    connect(m_table, &QTableView::doubleClicked, this, &StartPage::openRow);
    m_table->hide();
}

void StartPage::setContent(const StartContent &content)
{
    m_runbooks->setRunbooks(content.runbooks);
    const int selected = m_table->currentIndex().row();
    m_model->setRuns(content.runs);
    m_table->setVisible(!content.runs.isEmpty());
    m_empty->setVisible(content.runs.isEmpty());
    m_empty->setText(content.journalRead
                         ? tr("No run yet. Start the practice run, or begin a run of a runbook on "
                              "the left; every run stays listed here with its record.")
                         : tr("The journal cannot be read, so its runs are not listed here."));
    if (!content.runs.isEmpty())
        m_table->selectRow(std::clamp(selected, 0, m_model->rowCount() - 1));
    showStillRunning(content.runs);
    fitTable();
    orderTabs();
}

void StartPage::showStillRunning(const QList<RunSummary> &runs)
{
    while (QLayoutItem *item = m_runningCards->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    const bool any = std::ranges::any_of(runs, isUnfinished);
    m_running->setVisible(any);
    if (!any)
        return;
    m_runningCards->addWidget(capsLabel(tr("Not finished"), m_running));
    constexpr int kShown = 3;
    int shown = 0;
    for (const RunSummary &run : runs) {
        if (isUnfinished(run) && shown++ < kShown)
            m_runningCards->addWidget(stillRunningCard(run));
    }
}

QWidget *StartPage::stillRunningCard(const RunSummary &run)
{
    auto *card = new Card(run.runbookTitle, m_running);
    const bool busy = run.openExecutions > 0;
    if (busy)
        card->setTone(Tone::Running);
    auto *resume = busy ? styled(new QPushButton(tr("Resume"), card), "primary")
                        : new QPushButton(tr("Resume"), card);
    resume->setAccessibleName(tr("Resume: %1").arg(run.runbookTitle));
    connect(resume, &QPushButton::clicked, this, [this, id = run.id] { Q_EMIT openRunWanted(id); });
    QStringList facts{tr("Run %1").arg(run.number), run.environmentName, Wording::mode(run.mode),
                      tr("%1 of %2 signed").arg(run.closedSteps).arg(run.totalSteps)};
    if (busy)
        facts << tr("found again when it is opened");
    auto *text = new QVBoxLayout;
    text->setSpacing(2);
    text->addWidget(strongLabel(run.runbookTitle, card));
    text->addWidget(dimLabel(facts.join(u" · "_s), card));
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(14, 12, 14, 12);
    row->setSpacing(12);
    row->addLayout(text, 1);
    row->addWidget(chipLabel(busy ? tr("%1 running").arg(countOf(run.openExecutions, tr("command")))
                                  : QString(),
                             Tone::Running, card));
    row->addWidget(resume);
    return card;
}

/// The page scrolls, not the table, so it is as tall as its rows.
void StartPage::fitTable()
{
    int height = m_table->horizontalHeader()->sizeHint().height() + 2 * m_table->frameWidth();
    for (int row = 0; row < m_model->rowCount(); ++row)
        height += m_table->rowHeight(row);
    m_table->setFixedHeight(height);
}

/// As they are seen: down the left half, then down the right one. The cards are made anew.
void StartPage::orderTabs()
{
    QList<QWidget *> seen{m_practice};
    addButtons(m_runbooks->layout(), seen);
    seen.append(m_open);
    addButtons(m_runningCards, seen);
    seen.append(m_table);
    for (qsizetype index = 1; index < seen.size(); ++index)
        setTabOrder(seen[index - 1], seen[index]);
}

void StartPage::setPracticeBusy(bool busy)
{
    m_practice->setEnabled(!busy);
    m_practice->setText(busy ? tr("Starting…") : tr("Start practice"));
}

void StartPage::focusFirst()
{
    if (m_model->rowCount() > 0)
        m_table->setFocus();
    else
        m_practice->setFocus();
}

void StartPage::openRow(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT openRunWanted(m_model->runAt(index.row()));
}

void StartPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int lines = width() / fontMetrics().height();
    const bool narrow = lines < kNarrowLines;
    m_halves->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_halves->setStretch(0, narrow ? 60 : lines < kWideLines ? 50 : 39);
    m_halves->setStretch(1, narrow ? 40 : lines < kWideLines ? 50 : 61);
}

void StartPage::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *button = qobject_cast<QPushButton *>(focusWidget());
    if (enter && m_table->hasFocus())
        openRow(m_table->currentIndex());
    else if (enter && button != nullptr && button->hasFocus())
        button->click(); // by themselves only those of a dialog take Enter
    else
        QWidget::keyPressEvent(event);
}

} // namespace runsheet
