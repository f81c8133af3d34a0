// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace runsheet
{

class ElidedLabel;

/// What was noticed in the output of a command: how far a migration tool is and what it says about
/// failing, which troubleshooting entries a line fits, and which secrets it may hold. Hidden while
/// there is nothing.
class OutputView final : public QWidget
{
    Q_OBJECT

public:
    OutputView(ChecklistIntents &intents, QWidget *parent);

    /// The last attempt of the command; null: there is none.
    void refresh(const Execution *execution);

private:
    void showTool(const OutputRecognised &tool);
    void showUnmasked(const QString &warning);
    void showSymptoms(const QStringList &symptoms);

    ChecklistIntents &m_intents;
    QLabel *m_chip;
    ElidedLabel *m_text;
    QLabel *m_contradiction;
    QLabel *m_unmaskedChip;
    QLabel *m_unmasked;
    QHBoxLayout *m_links;
    QStringList m_symptoms;
};

} // namespace runsheet
