// SPDX-License-Identifier: Apache-2.0
#include "log/logpane.h"

#include "base/text.h"
#include "log/findbar.h"
#include "log/logview.h"
#include "theme.h"
#include "widgets/elidedlabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString toneOf(LogPane::ChipKind kind)
{
    switch (kind) {
    case LogPane::ChipKind::Ok:
        return u"ok"_s;
    case LogPane::ChipKind::Running:
        return u"running"_s;
    case LogPane::ChipKind::Warning:
        return u"warning"_s;
    case LogPane::ChipKind::Bad:
        return u"bad"_s;
    }
    return {};
}

/// Each state has a shape as well as a colour.
QString shapeOf(LogPane::ChipKind kind)
{
    switch (kind) {
    case LogPane::ChipKind::Ok:
        return u"✓"_s;
    case LogPane::ChipKind::Running:
        return u"●"_s;
    case LogPane::ChipKind::Warning:
        return u"!"_s;
    case LogPane::ChipKind::Bad:
        return u"✕"_s;
    }
    return {};
}

QFrame *separator(QWidget *parent)
{
    auto *const line = new QFrame(parent);
    line->setFixedHeight(1);
    line->setProperty("edge", u"top"_s);
    return line;
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
    addHeader();
    m_findBar = new FindBar(this);
    m_findBar->hide();
    layout->addWidget(m_findBar);
    layout->addWidget(separator(this));
    addPages();
    addActions();
    connectView();
    clear();
}

void LogPane::addHeader()
{
    m_header = new QWidget(this);
    auto *const rows = new QVBoxLayout(m_header);
    rows->setContentsMargins(12, 6, 8, 4);
    rows->setSpacing(2);
    rows->addLayout(createTitleRow());
    rows->addLayout(createCountsRow());
    layout()->addWidget(m_header);
}

QHBoxLayout *LogPane::createTitleRow()
{
    auto *const row = new QHBoxLayout;
    row->setSpacing(8);
    m_chip = new QLabel(m_header);
    m_chip->setObjectName(u"logState"_s);
    m_chip->setTextFormat(Qt::PlainText);
    m_chip->setProperty("chip", true);
    m_chip->setFont(scaledFont(0.92, QFont::DemiBold));
    row->addWidget(m_chip);
    m_title = new ElidedLabel({}, m_header);
    m_title->setObjectName(u"logTitle"_s);
    m_title->setFont(scaledFont(1, QFont::DemiBold));
    row->addWidget(m_title, 1);
    m_stop = addHeaderButton(row, u"stopFromLog"_s, tr("Stop…"));
    m_stop->setAccessibleName(tr("Stop command"));
    m_stop->hide();
    connect(m_stop, &QPushButton::clicked, this, &LogPane::stopWanted);
    return row;
}

QHBoxLayout *LogPane::createCountsRow()
{
    auto *const row = new QHBoxLayout;
    row->setSpacing(8);
    m_counts = new ElidedLabel({}, m_header);
    m_counts->setObjectName(u"logCounts"_s);
    m_counts->setProperty("dim", true);
    m_counts->setFont(scaledFont(0.92));
    row->addWidget(m_counts, 1);
    m_findButton = addHeaderButton(row, u"openFind"_s, tr("Find"));
    m_errorsButton = addHeaderButton(row, u"nextError"_s, tr("Errors 0"));
    m_followButton = addHeaderButton(row, u"followLog"_s, tr("Following"));
    m_followButton->setCheckable(true);
    m_followButton->setToolTip(tr("Keep the newest line in view (End)"));
    return row;
}

QPushButton *LogPane::addHeaderButton(QHBoxLayout *row, const QString &name, const QString &text)
{
    auto *const button = new QPushButton(text, m_header);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    button->setProperty("link", true);
    button->setFont(scaledFont(0.92));
    row->addWidget(button);
    return button;
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
    m_pages->addWidget(empty);
    m_pages->addWidget(m_view);
    layout()->addWidget(m_pages);

    m_inputRow = new QWidget(this);
    auto *const row = new QHBoxLayout(m_inputRow);
    row->setContentsMargins(12, 8, 12, 8);
    m_input = new QLineEdit(m_inputRow);
    m_input->setObjectName(u"commandInput"_s);
    m_input->setAccessibleName(tr("Input to command"));
    m_input->setPlaceholderText(tr("Answer the command, Enter sends"));
    m_input->setFont(fixedFont());
    row->addWidget(m_input);
    layout()->addWidget(m_inputRow);
    connect(m_input, &QLineEdit::returnPressed, this, &LogPane::sendInput);
}

void LogPane::addActions()
{
    m_findAction = new QAction(tr("Find in log"), this);
    m_findAction->setObjectName(u"findInLogAction"_s);
    m_findAction->setShortcut(QKeySequence::Find);
    m_findAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_findAction);
    connect(m_findAction, &QAction::triggered, this, &LogPane::openFind);
    connect(m_findButton, &QPushButton::clicked, m_findAction, &QAction::trigger);
    const auto add = [this](const QString &text, QKeySequence::StandardKey key,
                            void (LogView::*command)()) {
        auto *const action = new QAction(text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        connect(action, &QAction::triggered, m_view, command);
    };
    add(tr("Next match"), QKeySequence::FindNext, &LogView::findNext);
    add(tr("Previous match"), QKeySequence::FindPrevious, &LogView::findPrevious);
}

void LogPane::connectView()
{
    connect(m_view, &LogView::contentShown, this, &LogPane::updateCounts);
    connect(m_view, &LogView::errorsChanged, this, &LogPane::updateCounts);
    connect(m_view, &LogView::searchChanged, this, &LogPane::updateFindStatus);
    connect(m_view, &LogView::followingChanged, this, &LogPane::updateFollowing);
    connect(m_view, &LogView::sizeInCharactersChanged, this, &LogPane::resized);
    connect(m_view, &LogView::failed, this, &LogPane::showProblem);
    connect(m_view, &LogView::copyCut, this, [this](qint64 lines) {
        const QString text = tr("Copied the first %1 lines. The whole log is in %2.")
                                 .arg(QLocale().toString(lines), m_file);
        m_counts->setText(text);
        m_counts->setToolTip(u"<p>%1</p>"_s.arg(text.toHtmlEscaped()));
    });
    connect(m_followButton, &QPushButton::clicked, m_view, &LogView::setFollowing);
    connect(m_errorsButton, &QPushButton::clicked, m_view, &LogView::goToNextError);
    connect(m_findBar, &FindBar::changed, m_view, &LogView::setSearch);
    connect(m_findBar, &FindBar::nextRequested, m_view, &LogView::findNext);
    connect(m_findBar, &FindBar::previousRequested, m_view, &LogView::findPrevious);
    connect(m_findBar, &FindBar::closed, this, &LogPane::closeFind);
}

void LogPane::showLog(const QString &title, const QString &file, bool running, bool terminal)
{
    m_file = file;
    m_title->setText(title);
    setChip(running ? tr("running") : tr("ended"), running ? ChipKind::Running : ChipKind::Ok);
    m_header->show();
    m_stop->hide();
    m_inputRow->setVisible(running && terminal);
    m_input->clear();
    m_findAction->setEnabled(true);
    m_pages->setCurrentWidget(m_view);
    m_view->open(file, running);
    if (m_findBar->isVisibleTo(this))
        m_view->setSearch(m_findBar->text(), m_findBar->caseSensitivity());
    updateFollowing(m_view->isFollowing());
    updateCounts();
}

void LogPane::setEnded(const QString &chipText, ChipKind kind)
{
    if (m_file.isEmpty())
        return;
    setChip(chipText, kind);
    m_stop->hide();
    if (m_input->hasFocus())
        m_view->setFocus(Qt::OtherFocusReason);
    m_inputRow->hide();
    m_view->setEnded();
}

void LogPane::setStoppable(bool stoppable)
{
    m_stop->setVisible(stoppable);
}

void LogPane::focusInput()
{
    if (!m_inputRow->isHidden())
        m_input->setFocus(Qt::OtherFocusReason);
}

void LogPane::clear()
{
    m_file.clear();
    m_view->close();
    closeFind();
    m_header->hide();
    m_inputRow->hide();
    m_findAction->setEnabled(false);
    showMessage(tr("No command has run yet"),
                tr("What a command prints appears here. Press R on a step to run its command."));
}

QSize LogPane::sizeInCharacters() const
{
    return {m_view->columnCount(), m_view->rowCount()};
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

void LogPane::setChip(const QString &text, ChipKind kind)
{
    m_chip->setText(shapeOf(kind) + u' ' + text);
    m_chip->setAccessibleName(text);
    m_chip->setProperty("tone", toneOf(kind));
    m_chip->style()->unpolish(m_chip); // the style sheet looks at properties only then
    m_chip->style()->polish(m_chip);
}

void LogPane::updateCounts()
{
    const qint64 lines = m_view->log().lineCount();
    const QString count = lines == 1 ? tr("1 line") : tr("%1 lines").arg(QLocale().toString(lines));
    m_counts->setText(count + u" · "_s + formatBytes(m_view->log().index().size()));
    const LogSearch &errors = m_view->tail().errors();
    m_errorsButton->setText(tr("Errors %1").arg(QLocale().toString(errors.count())));
    m_errorsButton->setAccessibleName(tr("Next error, %1 found").arg(errors.count()));
    m_errorsButton->setEnabled(errors.count() > 0);
}

void LogPane::updateFindStatus()
{
    const qint64 count = m_view->matchCount();
    const auto current = m_view->currentMatch();
    const bool capped = m_view->tail().search() && m_view->tail().search()->isCapped();
    const QString total = QLocale().toString(count) + (capped ? u"+"_s : QString());
    if (m_findBar->text().isEmpty())
        m_findBar->setStatus({});
    else if (count == 0)
        m_findBar->setStatus(m_view->tail().isSearching() ? tr("Searching…") : tr("Not found"));
    else if (current)
        m_findBar->setStatus(tr("%1 of %2").arg(QLocale().toString(*current + 1), total));
    else
        m_findBar->setStatus(tr("%1 found").arg(total));
}

void LogPane::updateFollowing(bool following)
{
    m_followButton->setChecked(following);
    m_followButton->setText(following ? tr("Following ✓") : tr("Follow ↓"));
    m_followButton->setAccessibleName(following ? tr("Following") : tr("Follow"));
}

void LogPane::openFind()
{
    m_findBar->show();
    m_findBar->activate();
    if (!m_findBar->text().isEmpty() && m_view->matchCount() == 0)
        m_view->setSearch(m_findBar->text(), m_findBar->caseSensitivity());
}

void LogPane::closeFind()
{
    const bool hadFocus = m_findBar->isAncestorOf(focusWidget());
    m_findBar->hide();
    m_view->setSearch({}, Qt::CaseInsensitive);
    if (hadFocus)
        m_view->setFocus(Qt::OtherFocusReason);
}

void LogPane::sendInput()
{
    Q_EMIT inputEntered(m_input->text().toUtf8() + '\n');
    m_input->clear();
}

} // namespace runsheet
