// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/diagnostic.h"

#include <QList>
#include <QWidget>

class QLabel;
class QListWidget;

namespace runsheet
{

/// What is wrong with a runbook: "1 error, 2 warnings", and each with its line, errors first.
class FindingsList final : public QWidget
{
    Q_OBJECT

public:
    explicit FindingsList(QWidget *parent = nullptr);

    void setFindings(const QList<Diagnostic> &findings);

private:
    QLabel *m_heading;
    QListWidget *m_list;
};

/// Whether there is more than notes.
[[nodiscard]] bool haveFindings(const QList<Diagnostic> &findings);
[[nodiscard]] bool hasErrors(const QList<Diagnostic> &findings);

} // namespace runsheet
