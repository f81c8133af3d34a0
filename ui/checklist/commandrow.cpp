// SPDX-License-Identifier: Apache-2.0
#include "checklist/commandrow.h"

#include "base/text.h"
#include "checklist/expectationview.h"
#include "checklist/outputview.h"
#include "checklist/serverrow.h"
#include "icons.h"
#include "models/commandactivity.h"
#include "theme.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// The first line that does something: a comment above it is already the title.
QString shownLine(const Command &command)
{
    Command bare = command;
    bare.label.clear();
    return bare.title();
}

/// Lines that do something.
qsizetype codeLines(const Command &command)
{
    const QString comment = command.language == CommandLanguage::Sql ? u"--"_s : u"#"_s;
    const QStringList lines = command.text.split(u'\n');
    return std::ranges::count_if(lines, [&](const QString &line) {
        return !line.trimmed().isEmpty() && !line.trimmed().startsWith(comment);
    });
}

} // namespace

CommandRow::CommandRow(const Command &command, ChecklistIntents &intents, QWidget *parent)
    : QWidget(parent)
    , m_command(command)
    , m_intents(intents)
    , m_line(new ElidedLabel(shownLine(command), this))
    , m_wholeText(wrappedLabel(command.text, this))
    , m_expand(linkButton({}, this))
    , m_running(chipLabel({}, Tone::Running, this))
    , m_activity(dimLabel({}, this))
    , m_run(new QPushButton(themedIcon(u"run"_s), tr("Run"), this))
    , m_stop(new QPushButton(themedIcon(u"stop"_s), tr("Stop"), this))
    , m_continue(new QPushButton(tr("Continue"), this))
    , m_chip(chipLabel({}, Tone::Neutral, this))
    , m_detail(dimLine({}, this))
    , m_log(linkButton(tr("Show log"), this))
    , m_settle(new QPushButton(tr("Settle…"), this))
    , m_choice(chipLabel({}, Tone::Neutral, this))
    , m_output(new OutputView(intents, this))
    , m_server(new ServerRow(command, intents, this))
{
    m_run->setAccessibleName(tr("Run: %1").arg(command.title()));
    m_run->setObjectName(u"run"_s);
    const int icon = fontMetrics().height() * 4 / 5;
    m_run->setIconSize({icon, icon});
    m_stop->setIconSize({icon, icon});
    m_stop->setAccessibleName(tr("Stop"));
    m_stop->setObjectName(u"stop"_s);
    m_stop->setToolTip(tr("Shows the ways to stop this command, the gentlest first."));
    m_continue->setAccessibleName(tr("Continue: %1").arg(command.title()));
    m_continue->setToolTip(tr("Sends SIGCONT"));
    m_settle->setAccessibleName(tr("Settle: %1").arg(command.title()));
    connect(m_run, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.runWanted(m_command.id); });
    connect(m_stop, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.stopWanted(m_execution); });
    connect(m_continue, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.continueWanted(m_execution); });
    connect(m_log, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.logWanted(m_execution); });
    connect(m_settle, &QPushButton::clicked, this,
            [this] { Q_EMIT m_intents.settleWanted(m_execution); });
    connect(m_expand, &QPushButton::clicked, this,
            [this] { setExpanded(!m_wholeText->isVisible()); });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(buildHead());
    column->addWidget(buildBox());
    column->addWidget(m_activity);
    column->addWidget(buildResult());
    column->addWidget(m_output);
    column->addWidget(m_server);
    if (const QString folder = command.workingFolder(); !folder.isEmpty())
        column->addWidget(dimLabel(tr("It runs in the folder %1 (cwd=).").arg(folder), this));
    if (!command.canBeCancelled())
        column->addWidget(dimLabel(tr("The runbook says not to stop it (cancel=false)."), this));
    if (command.interactive)
        column->addWidget(
            dimLabel(tr("It reads what you type: answer it in the line below its log."), this));
    setExpanded(false);
}

QLayout *CommandRow::buildHead()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_choice);
    if (!m_command.label.isEmpty())
        row->addWidget(dimLabel(m_command.label, this), 1);
    else
        row->addStretch(1);
    return row;
}

QWidget *CommandRow::buildBox()
{
    auto *box = styled(new QFrame(this), "code");
    m_line->setFont(fixedFont());
    m_wholeText->setFont(fixedFont());
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_line, 1);
    row->addWidget(m_expand);
    row->addWidget(m_running);
    row->addWidget(m_run);
    row->addWidget(m_continue);
    row->addWidget(m_stop);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(10, 5, 6, 5);
    column->addLayout(row);
    column->addWidget(m_wholeText);
    return box;
}

QWidget *CommandRow::buildResult()
{
    m_result = new QWidget(this);
    auto *row = new QHBoxLayout(m_result);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_chip);
    row->addWidget(m_detail, 1);
    row->addWidget(m_log);
    row->addWidget(m_settle);
    return m_result;
}

void CommandRow::setExpectations(const QList<Expectation> &expectations)
{
    m_expectation = new ExpectationView(expectations, m_command.title(), m_intents, this);
    layout()->addWidget(m_expectation);
}

/// What ran, once something did: with the values that were filled in.
void CommandRow::showText(const QString &text)
{
    if (text == m_wholeText->text())
        return;
    Command shown = m_command;
    shown.text = text;
    m_line->setText(shownLine(shown));
    m_wholeText->setText(text);
}

void CommandRow::setExpanded(bool expanded)
{
    constexpr qsizetype kShort = 40;
    const qsizetype lines = codeLines(m_command);
    m_wholeText->setVisible(expanded);
    m_expand->setVisible(lines > 1 || m_line->text().size() > kShort);
    const QString whole =
        lines > 1 ? tr("All %1").arg(countOf(lines, tr("line"))) : tr("Whole line");
    const QString text = expanded ? tr("Less") : whole;
    m_expand->setText(text);
    m_expand->setAccessibleName(text);
}

void CommandRow::refresh(const ChecklistView &view)
{
    const Execution *execution = view.state.lastExecution(m_command.id);
    m_execution = execution == nullptr ? ExecutionId() : execution->id;
    showText(execution == nullptr ? m_command.text : execution->text);
    showChoice(view.state);
    if (m_expectation != nullptr)
        m_expectation->setExecution(execution);
    m_output->refresh(execution);
    showExecution(execution, view.now);
    m_server->refresh(view.state, execution);
    showRunButton(view, execution != nullptr && execution->isOpen());
}

void CommandRow::showExecution(const Execution *execution, const QDateTime &now)
{
    const bool running = execution != nullptr && execution->isOpen();
    m_runningSince = {};
    if (running)
        m_runningSince =
            execution->startedAt.isValid() ? execution->startedAt : execution->intendedAt;
    m_stop->setVisible(running && m_command.canBeCancelled());
    m_run->setVisible(!running);
    m_running->setVisible(running);
    m_activity->setVisible(false);
    m_continue->setVisible(false);
    m_result->setVisible(execution != nullptr && !running);
    tick(now);
    if (execution == nullptr || running)
        return;
    setChip(m_chip, Wording::result(*execution), Wording::tone(*execution));
    m_detail->setText(Wording::resultDetail(*execution));
    m_settle->setVisible(execution->isUnresolved());
}

void CommandRow::showRunButton(const ChecklistView &view, bool running)
{
    const Result<void> allowed = rules::mayRun(view.approved, m_command.id);
    const Result<void> stoppable = rules::maySignal(view.state, m_execution);
    m_run->setEnabled(allowed.hasValue());
    m_run->setToolTip(allowed ? m_command.title() : allowed.error().message);
    m_stop->setEnabled(stoppable.hasValue());
    // It asks first, so the button says that more follows.
    const bool asks = !m_command.placeholders.isEmpty() && !running;
    m_run->setText(asks ? tr("Run…") : tr("Run"));
}

void CommandRow::showChoice(const RunState &state)
{
    if (m_command.choice.isEmpty())
        return;
    const Step *step = state.runbook->stepOf(m_command.id);
    const QString chosen = step == nullptr ? QString() : rules::chosenOption(state, *step);
    const bool taken = chosen == m_command.choice;
    if (chosen.isEmpty())
        setChip(m_choice, m_command.choice, Tone::Neutral);
    else
        setChip(m_choice, (taken ? tr("%1: chosen") : tr("%1: not chosen")).arg(m_command.choice),
                taken ? Tone::Accent : Tone::Neutral);
}

void CommandRow::tick(const QDateTime &now)
{
    if (!m_runningSince.isValid())
        return;
    const auto elapsed = std::chrono::seconds(std::max<qint64>(0, m_runningSince.secsTo(now)));
    const std::optional<qint64> limit = m_command.timeoutSeconds();
    const bool late = limit && elapsed.count() >= *limit;
    const OutputFindings found =
        m_intents.findings ? m_intents.findings(m_execution) : OutputFindings();
    const CommandActivity activity = activityOf(found, now);
    const QString text = tr("%1 %2").arg(activity.word, formatClock(elapsed));
    setChip(m_running,
            late ? tr("%1, expected within %2").arg(text, formatSpan(std::chrono::seconds(*limit)))
                 : text,
            late ? Tone::Warning : activity.tone);
    setTextOrHide(m_activity, activity.explanation);
    m_continue->setVisible(found.terminal.stopped);
}

} // namespace runsheet
