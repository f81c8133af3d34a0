// SPDX-License-Identifier: Apache-2.0
#include "run/stopdialog.h"

#include "models/wording.h"
#include "run/stopladder.h"
#include "run/stoprules.h"
#include "screenfit.h"
#include "widgets/card.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

struct RungText
{
    StopRung rung;
    const char *verb;
    const char *text;
};

constexpr std::array kTexts{
    RungText{StopRung::Interrupt, QT_TRANSLATE_NOOP("runsheet::StopDialog", "Interrupt command"),
             QT_TRANSLATE_NOOP("runsheet::StopDialog",
                               "Sends an interrupt to the command and all it started, as Ctrl+C "
                               "would. psql and most tools then cancel their statement on the "
                               "server and end.")},
    RungText{StopRung::CancelBackend,
             QT_TRANSLATE_NOOP("runsheet::StopDialog", "Cancel on the server"),
             QT_TRANSLATE_NOOP("runsheet::StopDialog",
                               "Asks the server to cancel the statement that the command's "
                               "sessions are working on (pg_cancel_backend). The statement is "
                               "rolled back; the command may go on with its next one.")},
    RungText{StopRung::Terminate, QT_TRANSLATE_NOOP("runsheet::StopDialog", "Terminate command"),
             QT_TRANSLATE_NOOP("runsheet::StopDialog",
                               "Ends the program (SIGTERM). By itself the server does not notice: "
                               "the statement goes on and may still be committed.")},
    RungText{StopRung::TerminateBackend,
             QT_TRANSLATE_NOOP("runsheet::StopDialog", "Disconnect on the server"),
             QT_TRANSLATE_NOOP("runsheet::StopDialog",
                               "Closes the command's sessions on the server "
                               "(pg_terminate_backend). What they have not committed is rolled "
                               "back.")},
    RungText{StopRung::Kill, QT_TRANSLATE_NOOP("runsheet::StopDialog", "Kill command"),
             QT_TRANSLATE_NOOP("runsheet::StopDialog",
                               "Ends the program at once (SIGKILL). It cannot tidy up what it has "
                               "begun, and by itself the server does not notice this either.")},
};

const RungText &textOf(StopRung rung)
{
    const auto *it = std::ranges::find(kTexts, rung, &RungText::rung);
    Q_ASSERT(it != kTexts.end());
    return *it;
}

bool isHard(StopRung rung)
{
    return rung != StopRung::Interrupt && rung != StopRung::CancelBackend;
}

} // namespace

StopDialog::StopDialog(const RunController &controller, ExecutionId execution, QWidget *parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_execution(std::move(execution))
    , m_head(wrappedLabel({}, this))
    , m_server(new QFrame(this))
    , m_serverIcon(new IconLabel(this))
    , m_serverText(wrappedLabel({}, this))
    , m_ask(linkButton(tr("Ask again"), this))
    , m_choices(new QButtonGroup(this))
    , m_wordLabel(bodyLabel({}, this))
    , m_word(new QLineEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Stop command"));
    setMinimumWidth(fontMetrics().averageCharWidth() * 96);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_head);
    column->addWidget(buildServer());
    column->addWidget(buildLadder());
    column->addStretch();
    column->addWidget(buildButtons());
    connect(&controller, &RunController::stateChanged, this, [this](const RunEvent &event) {
        const auto *checked = std::get_if<ServerChecked>(&event.body);
        m_asking = m_asking && (checked == nullptr || checked->execution != m_execution);
        refresh();
    });
    connect(&controller, &RunController::runClosed, this, &QDialog::reject);
    refresh();
    fitHeight();
    fitToScreen(*this);
}

bool StopDialog::event(QEvent *event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        fitHeight(); // a text has become longer
    return handled;
}

void StopDialog::fitHeight()
{
    const int wanted = layout()->totalHeightForWidth(width());
    if (wanted > 0 && wanted != height())
        resize(width(), wanted);
}

QWidget *StopDialog::buildServer()
{
    styled(m_server, "strip");
    auto *row = new QHBoxLayout(m_server);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(8);
    row->addWidget(m_serverIcon, 0, Qt::AlignTop);
    row->addWidget(m_serverText, 1);
    row->addWidget(m_ask, 0, Qt::AlignTop);
    m_ask->setAccessibleName(tr("Ask the server again"));
    connect(m_ask, &QPushButton::clicked, this, [this] {
        m_asking = true;
        refresh();
        Q_EMIT checkWanted();
    });
    return m_server;
}

QWidget *StopDialog::buildLadder()
{
    auto *ladder = new QWidget(this);
    auto *column = new QVBoxLayout(ladder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    for (const StopRung rung : kStopLadder)
        addRow(ladder, rung);
    connect(m_choices, &QButtonGroup::idToggled, this, &StopDialog::refreshConfirm);

    auto *word = new QHBoxLayout;
    word->setSpacing(8);
    m_word->setObjectName(u"reason"_s);
    m_wordLabel->setBuddy(m_word);
    connect(m_word, &QLineEdit::textChanged, this, &StopDialog::refreshConfirm);
    word->addWidget(m_wordLabel);
    word->addWidget(m_word, 1);
    column->addLayout(word);
    return ladder;
}

void StopDialog::addRow(QWidget *ladder, StopRung rung)
{
    const Row row{.rung = rung,
                  .choice = new QRadioButton(Wording::rung(rung), ladder),
                  .text = dimLabel(tr(textOf(rung).text), ladder),
                  .state = dimLabel({}, ladder)};
    row.choice->setAccessibleName(Wording::rung(rung));
    row.choice->setAccessibleDescription(tr(textOf(rung).text));
    m_choices->addButton(row.choice, static_cast<int>(rung));
    row.state->setWordWrap(false);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(row.choice, 1);
    head->addWidget(row.state);
    auto *text = new QHBoxLayout;
    text->addSpacing(fontMetrics().height() + 8); // below the words, not below the circle
    text->addWidget(row.text, 1);
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addLayout(head);
    column->addLayout(text);
    qobject_cast<QVBoxLayout *>(ladder->layout())->addLayout(column);
    m_rows += row;
}

QWidget *StopDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(this);
    m_leave = buttons->addButton(tr("Let it run"), QDialogButtonBox::RejectRole);
    m_leave->setObjectName(u"leave"_s);
    m_leave->setAccessibleName(m_leave->text());
    m_confirm = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_confirm->setObjectName(u"confirm"_s);
    connect(m_confirm, &QPushButton::clicked, this, &StopDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void StopDialog::refresh()
{
    const Execution *execution = m_controller.state().execution(m_execution);
    if (execution == nullptr || (!execution->isOpen() && !execution->worksOnServer())) {
        reject(); // it has ended, and the step says how
        return;
    }
    refreshHead(*execution);
    refreshServer(*execution);
    for (const Row &row : std::as_const(m_rows))
        refreshRow(row, *execution);
    propose();
    refreshConfirm();
}

void StopDialog::refreshHead(const Execution &execution)
{
    const QString title = m_controller.state().titleOf(execution);
    QString text = execution.isOpen()
        ? tr("“%1” is running. Stop it step by step, the gentlest way first.").arg(title)
        : tr("“%1” has ended, but the server still works on it.").arg(title);
    if (execution.text.contains("concurrently"_L1, Qt::CaseInsensitive))
        text += u' '
            + tr("A CONCURRENTLY that is stopped may leave an invalid index behind; the check "
                 "afterwards names it.");
    if (!execution.sessionOptions.isEmpty())
        text += u' '
            + tr("Its server was told to notice within 2 s when the command is gone, and to roll "
                 "back then (client_connection_check_interval).");
    m_head->setText(text);
}

void StopDialog::refreshServer(const Execution &execution)
{
    const Result<void> askable = rules::mayCheckServer(m_controller.state(), m_execution);
    m_ask->setVisible(askable.hasValue() && !m_asking);
    if (!askable) {
        m_serverText->setText(askable.error().message);
        m_serverIcon->setIcon(u"unknown"_s, Tone::Neutral);
        setTone(m_server, Tone::Neutral);
        return;
    }
    if (m_asking || !execution.server) {
        m_serverText->setText(tr("Asking the server what this command is doing there…"));
        m_serverIcon->setIcon(u"running"_s, Tone::Running);
        setTone(m_server, Tone::Running);
        return;
    }
    const Tone tone = Wording::tone(execution.server->verdict);
    m_serverText->setText(execution.server->finding);
    m_serverIcon->setIcon(tone == Tone::Running ? u"running"_s : u"unknown"_s, tone);
    setTone(m_server, tone);
}

void StopDialog::refreshRow(const Row &row, const Execution &execution)
{
    const Result<void> allowed = rules::mayStop(m_controller.state(), m_execution, row.rung);
    row.choice->setEnabled(allowed.hasValue());
    row.choice->setToolTip(allowed ? QString() : allowed.error().message);
    const auto asked = std::find_if(execution.stops.rbegin(), execution.stops.rend(),
                                    [&](const StopAsked &stop) { return stop.rung == row.rung; });
    const bool wasAsked = asked != execution.stops.rend();
    setTextOrHide(
        row.state,
        wasAsked ? tr("✓ %1 by %2").arg(asked->at.toUTC().toString(u"HH:mm:ss"_s), asked->by.name)
                 : QString());
}

/// Moves the choice on when the ladder was climbed, and leaves a person's own choice alone.
void StopDialog::propose()
{
    const std::optional<StopRung> next = rules::nextRung(m_controller.state(), m_execution);
    QAbstractButton *current = m_choices->checkedButton();
    const bool isStale = current == nullptr || !current->isEnabled();
    if (!next || (next == m_proposed && !isStale))
        return;
    m_proposed = next;
    m_choices->button(static_cast<int>(*next))->setChecked(true);
}

std::optional<StopRung> StopDialog::chosen() const
{
    const QAbstractButton *button = m_choices->checkedButton();
    if (button == nullptr || !button->isEnabled())
        return std::nullopt;
    return static_cast<StopRung>(m_choices->checkedId());
}

void StopDialog::refreshConfirm()
{
    const std::optional<StopRung> rung = chosen();
    const QString word = rung ? rules::confirmationWord(*rung) : QString();
    const QString verb = tr(textOf(rung.value_or(StopRung::Interrupt)).verb);
    m_confirm->setText(verb);
    m_confirm->setAccessibleName(verb);
    m_confirm->setEnabled(rung && (word.isEmpty() || m_word->text().trimmed() == word));
    const bool danger = rung && isHard(*rung);
    (danger ? m_leave : m_confirm)->setDefault(true);
    m_confirm->setProperty("danger", danger);
    m_confirm->setProperty("primary", !danger);
    m_confirm->style()->unpolish(m_confirm); // the style sheet looks at properties only then
    m_confirm->style()->polish(m_confirm);
    const QString label = tr("Type “%1”").arg(word);
    m_wordLabel->setText(label);
    m_word->setAccessibleName(label);
    m_wordLabel->setVisible(!word.isEmpty());
    m_word->setVisible(!word.isEmpty());
}

void StopDialog::confirm()
{
    refreshConfirm();
    const std::optional<StopRung> rung = chosen();
    if (!rung || !m_confirm->isEnabled())
        return;
    accept();
    Q_EMIT stopWanted(*rung);
}

} // namespace runsheet
