// SPDX-License-Identifier: Apache-2.0
#include "checklist/expectationview.h"

#include "checklist/differenceview.h"
#include "models/outputcomparison.h"
#include "theme.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Under the runbook's own words where it has some.
QString textOf(const QList<Expectation> &expectations)
{
    QStringList texts;
    for (const Expectation &expectation : expectations)
        texts += expectation.label.isEmpty()
            ? ExpectationView::tr("Expected: %1").arg(expectation.text)
            : expectation.label + u'\n' + expectation.text;
    return texts.join(u'\n');
}

} // namespace

ExpectationView::ExpectationView(QList<Expectation> expectations, const QString &commandTitle,
                                 ChecklistIntents &intents, QWidget *parent)
    : QWidget(parent)
    , m_expectations(std::move(expectations))
    , m_intents(intents)
    , m_expected(dimLabel(textOf(m_expectations), this))
    , m_verdict(chipLabel({}, Tone::Neutral, this))
    , m_toggle(linkButton(tr("Show difference"), this))
{
    m_toggle->setAccessibleName(tr("Show difference: %1").arg(commandTitle));
    m_toggle->setObjectName(u"difference"_s);
    connect(m_toggle, &QPushButton::clicked, this, [this] { setOpen(!m_open); });
    connect(&m_comparing, &QFutureWatcherBase::finished, this, &ExpectationView::showDifference);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_verdict);
    row->addWidget(m_toggle);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_expected);
    setExecution(nullptr);
}

void ExpectationView::setExecution(const Execution *execution)
{
    const bool compared = execution != nullptr && execution->comparison;
    const bool matches = compared && execution->comparison->matches;
    const ExecutionId id = compared ? execution->id : ExecutionId();
    if (id != m_execution)
        setOpen(false);
    m_execution = id;
    setChip(m_verdict, compared ? Wording::comparison(*execution->comparison) : QString(),
            matches ? Tone::Ok : Tone::Warning);
    m_toggle->setVisible(compared && execution->comparison->differences > 0);
    m_expected->setVisible(!compared || !m_toggle->isVisibleTo(this));
}

void ExpectationView::setOpen(bool open)
{
    m_open = open;
    m_toggle->setText(open ? tr("Hide difference") : tr("Show difference"));
    if (open && m_difference == nullptr) {
        m_difference = new DifferenceView(this);
        layout()->addWidget(m_difference);
    }
    if (m_difference == nullptr)
        return;
    m_difference->setVisible(open);
    if (open)
        compare();
}

void ExpectationView::compare()
{
    m_difference->setProblem(tr("Comparing…"));
    const QString file = m_intents.outputFile ? m_intents.outputFile(m_execution) : QString();
    m_comparing.setFuture(QtConcurrent::run(&compareOutput, file, m_expectations));
}

void ExpectationView::showDifference()
{
    if (!m_open || m_difference == nullptr)
        return;
    const Result<ExpectationMatch> match = m_comparing.result();
    if (match)
        m_difference->setMatch(*match);
    else
        m_difference->setProblem(match.error().message);
}

} // namespace runsheet
