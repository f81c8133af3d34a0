// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/intents.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace runsheet
{

/// The fields of a sign-off and its button. Enter in a field signs. Shows "Saving…" from the wish
/// until the event is durable or refused. What is typed is kept as a draft until it is signed.
class SignOffForm final : public QWidget
{
    Q_OBJECT

public:
    SignOffForm(const Step &step, ChecklistIntents &intents, QWidget *parent);

    void refresh(const ChecklistView &view);
    void setObserved(const QString &text); ///< a proposal; never overwrites what was typed
    void stopSaving();
    void focusFirstField();

private:
    void buildLayout();
    void connectFields();
    void takeDraft();
    void keepDraft();
    void ask();
    void sign();
    [[nodiscard]] rules::SignOffRequest request() const;

    StepId m_step;
    ChecklistIntents &m_intents;
    RunState m_state;
    bool m_saving = false;
    bool m_filling = false; ///< what changes now is no person's
    bool m_typed = false; ///< by a person: what stands there is a draft
    QString m_proposal; ///< of the observed value
    QLineEdit *m_observed;
    QComboBox *m_outcome;
    QLineEdit *m_note;
    QLineEdit *m_signedBy;
    QPushButton *m_sign;
    QLabel *m_reason;
};

} // namespace runsheet
