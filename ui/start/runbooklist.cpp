// SPDX-License-Identifier: Apache-2.0
#include "start/runbooklist.h"

#include "base/text.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

RunbookList::RunbookList(QWidget *parent)
    : ListPanel(tr("Runbooks"), parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"runbooks"_s);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(8);
    m_column->addWidget(
        dimLabel(tr("No runbook is bundled here. Open one of your own: any markdown "
                    "file with task items will do."),
                 this));
}

void RunbookList::setRunbooks(const QList<RunbookCard> &runbooks)
{
    if (runbooks == m_runbooks)
        return;
    m_runbooks = runbooks;
    while (QLayoutItem *item = m_column->takeAt(0)) {
        if (item->widget() != nullptr)
            delete item->widget();
        delete item;
    }
    for (const RunbookCard &runbook : runbooks)
        m_column->addWidget(cardFor(runbook));
    for (Card *card : findChildren<Card *>())
        card->show();
}

QWidget *RunbookList::cardFor(const RunbookCard &runbook)
{
    auto *card = new Card(runbook.title, this);
    auto *button = new QPushButton(tr("New run…"), card);
    button->setAccessibleName(tr("New run: %1").arg(runbook.title));
    connect(button, &QPushButton::clicked, this, [this, runbook] { Q_EMIT newRunWanted(runbook); });

    QLabel *items = dimLabel(countOf(runbook.items, tr("item")), card);
    items->setWordWrap(false);
    auto *text = new QVBoxLayout;
    text->setSpacing(2);
    text->addWidget(strongLabel(runbook.title, card));
    if (!runbook.subtitle.isEmpty())
        text->addWidget(dimLabel(runbook.subtitle, card));
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(14, 12, 14, 12);
    row->setSpacing(12);
    row->addLayout(text, 1);
    row->addWidget(items);
    row->addWidget(button);
    return card;
}

} // namespace runsheet
