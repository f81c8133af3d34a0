// SPDX-License-Identifier: Apache-2.0
#include "run/findingsdialog.h"

#include "screenfit.h"
#include "widgets/findingslist.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>

namespace runsheet
{

FindingsDialog::FindingsDialog(const QList<Diagnostic> &findings, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Findings in the runbook"));
    auto *list = new FindingsList(this);
    list->setFindings(findings);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(list, 1);
    column->addWidget(buttons);
    constexpr int kColumns = 84;
    constexpr int kLines = 18;
    setMinimumWidth(fontMetrics().averageCharWidth() * kColumns / 2);
    resize(fontMetrics().averageCharWidth() * kColumns,
           findings.isEmpty() ? sizeHint().height() : fontMetrics().height() * kLines);
    fitToScreen(*this);
}

} // namespace runsheet
