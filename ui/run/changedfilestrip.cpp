// SPDX-License-Identifier: Apache-2.0
#include "run/changedfilestrip.h"

#include "widgets/card.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

ChangedFileStrip::ChangedFileStrip(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(u"changedFile"_s);
    setProperty("strip", true);
    setTone(this, Tone::Warning);
    setAccessibleName(tr("The file has changed since this run began"));
    auto *icon = new IconLabel(this);
    icon->setIcon(u"warning"_s, Tone::Warning);
    auto *difference = new QPushButton(tr("Show difference…"), this);
    difference->setAccessibleName(tr("Show difference"));
    auto *amend = new QPushButton(tr("Amend the run…"), this);
    amend->setAccessibleName(tr("Amend the run"));
    connect(difference, &QPushButton::clicked, this, &ChangedFileStrip::differenceWanted);
    connect(amend, &QPushButton::clicked, this, &ChangedFileStrip::amendWanted);

    auto *text = new QVBoxLayout;
    text->setSpacing(2);
    text->addWidget(strongLabel(accessibleName(), this));
    text->addWidget(dimLabel(
        tr("The run goes on with the runbook as it was then, unless you amend it."), this));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(text, 1);
    row->addWidget(difference);
    row->addWidget(amend);
    hide();
}

void ChangedFileStrip::setChanged(bool changed)
{
    const bool isNews = changed && isHidden();
    setVisible(changed);
    if (!isNews)
        return;
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace runsheet
