// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "start/startcontent.h"
#include "widgets/card.h"

class QVBoxLayout;

namespace runsheet
{

/// The runbooks as cards, each with a button that begins a run.
class RunbookList final : public ListPanel
{
    Q_OBJECT

public:
    explicit RunbookList(QWidget *parent = nullptr);

    void setRunbooks(const QList<RunbookCard> &runbooks);

Q_SIGNALS:
    void newRunWanted(const runsheet::RunbookCard &runbook);

private:
    [[nodiscard]] QWidget *cardFor(const RunbookCard &runbook);

    QList<RunbookCard> m_runbooks;
    QVBoxLayout *m_column;
};

} // namespace runsheet
