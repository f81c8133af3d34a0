// SPDX-License-Identifier: Apache-2.0
#include "log/logpane.h"

#include "base/text.h"
#include "log/answerline.h"
#include "log/executionpicker.h"
#include "log/findbar.h"
#include "log/jumpbutton.h"
#include "log/logheader.h"
#include "log/logmenu.h"
#include "log/logview.h"
#include "theme.h"
#include "widgets/messagebar.h"
#include "widgets/noticearea.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QFrame *separator(QWidget *parent)
{
    auto *const line = new QFrame(parent);
    line->setFixedHeight(1);
    line->setProperty("edge", u"top"_s);
    return line;
}

QString timingBeside(const QString &log)
{
    return QFileInfo(log).dir().filePath(u"timing"_s);
}

} // namespace

LogPane::LogPane(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"logPane"_s);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ground", u"panel"_s);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_header = new LogHeader(this);
    layout->addWidget(m_header);
    m_findBar = new FindBar(this);
    m_findBar->hide();
    layout->addWidget(m_findBar);
    auto *const notices = new NoticeArea({12, 4, 12, 8}, this);
    m_notices = new MessageBar(this);
    notices->add(m_notices);
    layout->addWidget(notices);
    layout->addWidget(separator(this));
    addPages();
    addActions();
    m_saver = new LogSaver(this);
    connect(m_saver, &LogSaver::finished, this, [this](const QString &message, bool saved) {
        m_notices->showMessage(saved ? Tone::Ok : Tone::Bad, message);
    });
    connectView();
    connectHeader();
    connectMenu();
    connectFind();
    clear();
}

void LogPane::addPages()
{
    m_pages = new QStackedWidget(this);
    auto *const empty = new QWidget(m_pages);
    auto *const column = new QVBoxLayout(empty);
    column->setContentsMargins(24, 24, 24, 24);
    m_messageTitle = new QLabel(empty);
    m_messageTitle->setFont(scaledFont(1.1, QFont::DemiBold));
    m_message = new QLabel(empty);
    m_message->setObjectName(u"logMessage"_s);
    m_message->setProperty("dim", true);
    column->addStretch(1);
    for (QLabel *const label : {m_messageTitle, m_message}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addStretch(2);
    m_view = new LogView(m_pages);
    new JumpButton(m_view);
    m_pages->addWidget(empty);
    m_pages->addWidget(m_view);
    layout()->addWidget(m_pages);

    m_input = new AnswerLine(this);
    layout()->addWidget(m_input);
    connect(m_input, &AnswerLine::entered, this, &LogPane::inputEntered);
}

void LogPane::addActions()
{
    m_findAction = new QAction(tr("Find in log"), this);
    m_findAction->setObjectName(u"findInLogAction"_s);
    m_findAction->setShortcut(QKeySequence::Find);
    m_findAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_findAction);
    connect(m_findAction, &QAction::triggered, this, &LogPane::openFind);
    connect(m_header, &LogHeader::findWanted, m_findAction, &QAction::trigger);
    m_menu = new LogMenu(this);
    m_header->setMenu(m_menu);
    const auto add = [this](const QString &text, QKeySequence::StandardKey key,
                            void (LogView::*command)()) {
        auto *const action = new QAction(text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        connect(action, &QAction::triggered, m_view, command);
    };
    add(tr("Next line with a match"), QKeySequence::FindNext, &LogView::findNext);
    add(tr("Previous line with a match"), QKeySequence::FindPrevious, &LogView::findPrevious);
}

void LogPane::connectView()
{
    connect(m_view, &LogView::contentShown, this, &LogPane::updateCounts);
    connect(m_view, &LogView::errorsChanged, this, &LogPane::updateCounts);
    connect(m_view, &LogView::searchChanged, this, &LogPane::updateFindStatus);
    connect(m_view, &LogView::followingChanged, m_header, &LogHeader::setFollowing);
    connect(m_view, &LogView::sizeInCharactersChanged, this, &LogPane::resized);
    connect(m_view, &LogView::failed, this, &LogPane::showProblem);
    connect(m_view, &LogView::copyCut, this, &LogPane::tellCut);
}

void LogPane::tellCut(qint64 lines, bool partOfNext)
{
    const QString count = lines == 1 ? tr("line") : tr("%1 lines").arg(formatCount(lines));
    QString text = tr("Copied the beginning of a long line.");
    if (lines > 0)
        text = partOfNext ? tr("Copied the first %1 and the beginning of the next.").arg(count)
                          : tr("Copied the first %1.").arg(count);
    m_notices->showMessage(Tone::Warning, text + u' ' + tr("The whole log is in %1.").arg(m_file));
}

void LogPane::connectHeader()
{
    connect(m_header, &LogHeader::followWanted, m_view, &LogView::setFollowing);
    connect(m_header, &LogHeader::stopWanted, this, &LogPane::stopWanted);
    connect(m_header, &LogHeader::nextErrorWanted, m_view, &LogView::goToNextError);
    connect(m_header->picker(), &ExecutionPicker::picked, this, &LogPane::executionPicked);
}

void LogPane::connectMenu()
{
    connect(m_menu, &LogMenu::nextErrorWanted, m_view, &LogView::goToNextError);
    connect(m_menu, &LogMenu::previousErrorWanted, m_view, &LogView::goToPreviousError);
    connect(m_menu, &LogMenu::startWanted, m_view, &LogView::goToStart);
    connect(m_menu, &LogMenu::endWanted, m_view, &LogView::goToEnd);
    connect(m_menu, &LogMenu::expandWanted, m_view, qOverload<>(&LogView::expandLine));
    connect(m_menu, &LogMenu::olderWanted, m_header->picker(), &ExecutionPicker::pickOlder);
    connect(m_menu, &LogMenu::newerWanted, m_header->picker(), &ExecutionPicker::pickNewer);
    connect(m_menu, &LogMenu::saveTextWanted, this, [this] { save(LogSaver::Format::Text); });
    connect(m_menu, &LogMenu::saveCastWanted, this, [this] { save(LogSaver::Format::Asciicast); });
    connect(m_menu, &LogMenu::stampsChosen, this, [this](StampKind kind) {
        setStamps(kind);
        Q_EMIT stampsChosen(kind);
    });
}

void LogPane::connectFind()
{
    connect(m_findBar, &FindBar::changed, m_view, &LogView::setSearch);
    connect(m_findBar, &FindBar::nextRequested, m_view, &LogView::findNext);
    connect(m_findBar, &FindBar::previousRequested, m_view, &LogView::findPrevious);
    connect(m_findBar, &FindBar::closed, this, &LogPane::closeFind);
}

void LogPane::setExecutions(const QList<LogEntry> &entries, const QString &shown)
{
    m_header->setExecutions(entries, shown);
}

void LogPane::setStamps(StampKind kind)
{
    m_menu->setStamps(kind);
    m_view->setStamps(kind);
}

void LogPane::showLog(const QString &title, const QString &file, bool running, bool terminal,
                      const QDateTime &started)
{
    m_file = file;
    m_title = title;
    m_started = started;
    m_header->setTitle(title);
    m_header->setState(running ? tr("running") : tr("ended"), running ? Tone::Running : Tone::Ok);
    m_header->show();
    m_input->setVisible(running && terminal);
    m_header->setStoppable(false);
    m_notices->dismissPassing();
    m_input->clear();
    m_findAction->setEnabled(true);
    m_pages->setCurrentWidget(m_view);
    m_view->open(file, running);
    m_view->setTiming(timingBeside(file), started);
    if (m_findBar->isVisibleTo(this))
        m_view->setSearch(m_findBar->query());
    m_header->setFollowing(m_view->isFollowing());
    updateCounts();
}

void LogPane::setEnded()
{
    if (m_file.isEmpty())
        return;
    m_header->setStoppable(false);
    if (m_input->hasFieldFocus())
        m_view->setFocus(Qt::OtherFocusReason);
    m_input->hide();
    m_view->setEnded();
}

void LogPane::setTerminal(bool echo, bool waiting)
{
    m_input->setTerminal(echo, waiting);
}

void LogPane::setStoppable(bool stoppable)
{
    m_header->setStoppable(stoppable);
}

void LogPane::focusInput()
{
    if (!m_input->isHidden())
        m_input->focusField();
}

void LogPane::clear()
{
    m_file.clear();
    m_view->close();
    closeFind();
    m_header->setExecutions({}, {});
    m_header->hide();
    m_input->hide();
    m_findAction->setEnabled(false);
    showMessage(tr("No command has run yet"),
                tr("What a command prints appears here. Press R on a step to run its command."));
}

QSize LogPane::sizeInCharacters() const
{
    return m_view->terminalSize();
}

void LogPane::showProblem(const Error &error)
{
    showMessage(tr("There is no log to show"), describe(error));
}

void LogPane::showMessage(const QString &title, const QString &text)
{
    m_messageTitle->setText(title);
    m_message->setText(text);
    m_pages->setCurrentIndex(0);
}

void LogPane::updateCounts()
{
    const qint64 lines = m_view->log().lineCount();
    const QString count = lines == 1 ? tr("1 line") : tr("%1 lines").arg(formatCount(lines));
    m_header->setCounts((m_view->log().isWhole() ? count : tr("counting lines…")) + u" · "_s
                        + formatBytes(m_view->log().index().size()));
    m_header->setErrors(m_view->tail().errors().count());
    m_menu->setHasErrors(m_view->tail().errors().count() > 0);
}

void LogPane::save(LogSaver::Format format)
{
    const QSize size = m_view->terminalSize();
    const CastInfo info{m_title, m_started, std::max(1, size.width()), size.height()};
    if (!m_file.isEmpty())
        m_saver->ask(format, {m_file, timingBeside(m_file), info});
}

/// Lines are counted, and said to be, for a line may hold many matches.
void LogPane::updateFindStatus()
{
    const qint64 count = m_view->matchCount();
    const auto current = m_view->currentMatch();
    const bool capped = m_view->tail().matches().isCapped();
    const QString total = formatCount(count) + (capped ? u"+"_s : QString()) + u' '
        + (count == 1 ? tr("line") : tr("lines"));
    const QString problem = m_view->searchProblem();
    m_findBar->setMessage(m_view->isMatchHidden()
                              ? tr("The match is in a part of the line that is not shown.")
                              : problem);
    if (m_findBar->text().isEmpty())
        m_findBar->setStatus({});
    else if (!problem.isEmpty())
        m_findBar->setStatus(tr("Not searched"));
    else if (count == 0)
        m_findBar->setStatus(m_view->tail().isSearching() ? tr("Searching…") : tr("Not found"));
    else if (current)
        m_findBar->setStatus(tr("%1 of %2").arg(formatCount(*current + 1), total));
    else
        m_findBar->setStatus(tr("%1 found").arg(total));
}

void LogPane::openFind()
{
    m_findBar->show();
    m_findBar->activate();
    if (!m_findBar->text().isEmpty() && m_view->matchCount() == 0)
        m_view->setSearch(m_findBar->query());
}

void LogPane::closeFind()
{
    const bool hadFocus = m_findBar->isAncestorOf(focusWidget());
    m_findBar->hide();
    m_view->setSearch({});
    if (hadFocus)
        m_view->setFocus(Qt::OtherFocusReason);
}

} // namespace runsheet
