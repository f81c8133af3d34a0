// SPDX-License-Identifier: Apache-2.0
#include "checklist/outputview.h"

#include "models/wording.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kMostLinks = 2; ///< the steps below must stay in sight

} // namespace

OutputView::OutputView(ChecklistIntents &intents, QWidget *parent)
    : QWidget(parent)
    , m_intents(intents)
    , m_chip(chipLabel({}, Tone::Neutral, this))
    , m_text(dimLine({}, this))
    , m_contradiction(wrappedLabel({}, this))
    , m_unmaskedChip(chipLabel({}, Tone::Warning, this))
    , m_unmasked(wrappedLabel({}, this))
    , m_links(new QHBoxLayout)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_chip, 0, Qt::AlignTop);
    line->addWidget(m_text, 1);
    line->addWidget(m_contradiction, 1);
    auto *secrets = new QHBoxLayout;
    secrets->setSpacing(8);
    secrets->addWidget(m_unmaskedChip, 0, Qt::AlignTop);
    secrets->addWidget(m_unmasked, 1);
    m_links->setSpacing(8);
    m_links->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(line);
    column->addLayout(secrets);
    column->addLayout(m_links);
    hide();
}

/// What the journal holds counts; before that, and without it, what is being read.
void OutputView::refresh(const Execution *execution)
{
    OutputFindings found;
    if (execution != nullptr && m_intents.findings)
        found = m_intents.findings(execution->id);
    if (execution != nullptr && execution->recognised)
        found.tool = *execution->recognised;
    showTool(found.tool);
    if (found.symptoms != m_symptoms)
        showSymptoms(found.symptoms);
    const QString warning = execution == nullptr ? QString() : Wording::unmasked(*execution);
    showUnmasked(warning);
    setVisible(!found.tool.tool.isEmpty() || !found.symptoms.isEmpty() || !warning.isEmpty());
}

void OutputView::showUnmasked(const QString &warning)
{
    setChip(m_unmaskedChip, warning.isEmpty() ? QString() : tr("not masked"), Tone::Warning);
    setTextOrHide(m_unmasked, warning);
}

void OutputView::showTool(const OutputRecognised &tool)
{
    const bool contradicts = !tool.contradiction.isEmpty();
    setChip(m_chip, contradicts ? tr("contradiction") : tool.tool,
            contradicts                  ? Tone::Warning
                : tool.failure.isEmpty() ? Tone::Neutral
                                         : Tone::Bad);
    m_text->setText(Wording::recognisedDetail(tool));
    // Empty, it still keeps the chip at the left.
    m_text->setVisible(!contradicts && !tool.tool.isEmpty());
    setTextOrHide(m_contradiction, tool.contradiction);
}

void OutputView::showSymptoms(const QStringList &symptoms)
{
    m_symptoms = symptoms;
    for (QPushButton *old : findChildren<QPushButton *>())
        delete old;
    for (const QString &entry : symptoms.mid(0, kMostLinks)) {
        QPushButton *link = linkButton(tr("Troubleshooting: %1").arg(entry), this);
        connect(link, &QPushButton::clicked, this,
                [this, entry] { Q_EMIT m_intents.referenceWanted(entry); });
        m_links->insertWidget(m_links->count() - 1, link);
    }
}

} // namespace runsheet
