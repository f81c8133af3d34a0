// SPDX-License-Identifier: Apache-2.0
#include "checklist/signoffform.h"

#include "models/wording.h"
#include "widgets/card.h"
#include "widgets/labels.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QLineEdit *namedField(const QString &name, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setPlaceholderText(name);
    field->setAccessibleName(name);
    return field;
}

QString capitalized(QString text)
{
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return text;
}

} // namespace

SignOffForm::SignOffForm(const Step &step, ChecklistIntents &intents, QWidget *parent)
    : QWidget(parent)
    , m_step(step.id)
    , m_intents(intents)
    , m_observed(namedField(tr("Observed value"), this))
    , m_outcome(new QComboBox(this))
    , m_note(namedField(tr("Note"), this))
    , m_signedBy(namedField(tr("Signed by"), this))
    , m_sign(styled(new QPushButton(tr("Sign off"), this), "primary"))
    , m_reason(dimLabel({}, this))
{
    m_outcome->setAccessibleName(tr("Outcome"));
    m_sign->setAccessibleName(tr("Sign off: %1").arg(step.title));
    m_sign->setObjectName(u"signOff"_s);
    for (const auto outcome :
         {SignOffOutcome::Done, SignOffOutcome::DoneWithDeviation, SignOffOutcome::Skipped,
          SignOffOutcome::NotApplicable, SignOffOutcome::Failed})
        m_outcome->addItem(capitalized(Wording::outcome(outcome)), static_cast<int>(outcome));
    buildLayout();
    takeDraft();
    connectFields();
}

void SignOffForm::buildLayout()
{
    auto *by = dimLabel(tr("Signed by"), this);
    by->setWordWrap(false);
    by->setBuddy(m_signedBy);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 4, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->addWidget(m_observed, 0, 0, 1, 3);
    grid->addWidget(m_outcome, 0, 3);
    grid->addWidget(m_note, 1, 0);
    grid->addWidget(by, 1, 1);
    grid->addWidget(m_signedBy, 1, 2);
    grid->addWidget(m_sign, 1, 3);
    grid->addWidget(m_reason, 2, 0, 1, 4);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);
}

void SignOffForm::connectFields()
{
    for (QLineEdit *field : {m_observed, m_note, m_signedBy}) {
        connect(field, &QLineEdit::textChanged, this, &SignOffForm::keepDraft);
        connect(field, &QLineEdit::textChanged, this, &SignOffForm::ask);
        connect(field, &QLineEdit::returnPressed, this, &SignOffForm::sign);
    }
    connect(m_outcome, &QComboBox::currentIndexChanged, this, &SignOffForm::keepDraft);
    connect(m_outcome, &QComboBox::currentIndexChanged, this, &SignOffForm::ask);
    connect(m_sign, &QPushButton::clicked, this, &SignOffForm::sign);
}

void SignOffForm::takeDraft()
{
    const std::optional<SignOffDrafts::Draft> draft = m_intents.drafts.of(m_step);
    if (!draft)
        return;
    m_typed = true;
    m_proposal = draft->proposal;
    m_observed->setText(draft->request.observed);
    m_note->setText(draft->request.note);
    m_signedBy->setText(draft->request.signedBy);
    m_outcome->setCurrentIndex(m_outcome->findData(static_cast<int>(draft->request.outcome)));
}

/// What is proposed by itself is no draft.
void SignOffForm::keepDraft()
{
    if (m_filling)
        return;
    m_typed = true;
    m_intents.drafts.keep({.request = request(), .proposal = m_proposal});
}

rules::SignOffRequest SignOffForm::request() const
{
    return {.step = m_step,
            .outcome = static_cast<SignOffOutcome>(m_outcome->currentData().toInt()),
            .observed = m_observed->text().trimmed(),
            .note = m_note->text().trimmed(),
            .signedBy = m_signedBy->text().trimmed()};
}

void SignOffForm::refresh(const ChecklistView &view)
{
    const bool anotherSigned = m_state.runbook != nullptr
        && m_state.signOffs.value(m_step) != view.state.signOffs.value(m_step);
    m_state = view.state;
    m_filling = true;
    if (anotherSigned) {
        m_saving = false;
        m_typed = false;
        m_note->clear();
        m_observed->clear();
        m_proposal.clear();
        m_outcome->setCurrentIndex(0);
        m_intents.drafts.drop(m_step);
    }
    if (m_signedBy->text().isEmpty() && !m_typed) {
        m_signedBy->setText(view.person);
        m_signedBy->setCursorPosition(0); // a long name shows its beginning
    }
    m_filling = false;
    ask();
}

void SignOffForm::setObserved(const QString &text)
{
    if (m_observed->text() != m_proposal || m_proposal == text)
        return;
    m_filling = true;
    m_proposal = text;
    m_observed->setText(text);
    m_observed->setCursorPosition(0);
    m_filling = false;
}

void SignOffForm::stopSaving()
{
    m_saving = false;
    ask();
}

void SignOffForm::focusFirstField()
{
    m_observed->setFocus(Qt::ShortcutFocusReason);
}

void SignOffForm::ask()
{
    if (m_state.runbook == nullptr)
        return;
    const Result<void> allowed = rules::maySign(m_state, request());
    m_sign->setText(m_saving ? tr("Saving…") : tr("Sign off"));
    m_sign->setEnabled(allowed.hasValue() && !m_saving);
    m_sign->setToolTip(allowed ? QString() : allowed.error().message);
    setTextOrHide(m_reason, allowed || m_saving ? QString() : allowed.error().message);
}

void SignOffForm::sign()
{
    if (!m_sign->isEnabled())
        return;
    m_saving = true;
    ask();
    Q_EMIT m_intents.signWanted(request());
}

} // namespace runsheet
