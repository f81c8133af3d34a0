// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"
#include "widgets/card.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace runsheet
{

class CommandRow;
class ElidedLabel;
class IconLabel;
class SignOffForm;
class HttpCheckRow;
class WaitRow;

/// One step. Signed ones fold to a line or two; only the current one shows its fields.
class StepCard final : public Card
{
    Q_OBJECT

public:
    StepCard(const Step &step, ChecklistIntents &intents, QWidget *parent);

    void refresh(const ChecklistView &view, bool current);
    void tick(const QDateTime &now);
    void stopSaving();
    /// False when there is nothing to sign here now.
    bool focusSignOff();
    [[nodiscard]] const StepId &step() const { return m_step.id; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildLayout();
    void buildBody();
    void showState(const RunState &state);
    void showMeta(const ChecklistView &view);
    void showBody(const ChecklistView &view, bool folded);
    void showSummary(const RunState &state, bool folded);
    void showForm(const ChecklistView &view, bool wanted);
    void showSignOffs(const ChecklistView &view, bool wanted);

    Step m_step;
    ChecklistIntents &m_intents;
    IconLabel *m_icon;
    QLabel *m_title;
    ElidedLabel *m_meta;
    QVBoxLayout *m_content = nullptr; ///< everything under the title
    QWidget *m_body = nullptr; ///< notes and commands; made when first shown
    QList<CommandRow *> m_rows;
    QList<HttpCheckRow *> m_httpChecks;
    WaitRow *m_wait = nullptr; ///< of a step that asks for a time
    QWidget *m_summary = nullptr;
    QLabel *m_summaryChip;
    ElidedLabel *m_summaryText;
    QLabel *m_signOffs;
    QPushButton *m_withdraw;
    QPushButton *m_open; ///< on a card that is not current: makes it so, with its fields
    SignOffForm *m_form = nullptr; ///< made when first shown
};

} // namespace runsheet
