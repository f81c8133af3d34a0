// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "log/logentry.h"
#include "log/logsaver.h"
#include "output/linestamps.h"

#include <QWidget>

class QAction;
class QLabel;
class QStackedWidget;

namespace runsheet
{

class AnswerLine;
class FindBar;
class LogHeader;
class LogMenu;
class LogView;
class MessageBar;

/// The log of one command: what it is and how it stands, its text, find, and a line for answers to
/// a command that asks.
class LogPane final : public QWidget
{
    Q_OBJECT

public:
    explicit LogPane(QWidget *parent = nullptr);

    /// Shows the log file, which need not exist yet while the command is running. terminal: the
    /// command reads what is typed here. started: for the times of lines, where it is known.
    void showLog(const QString &title, const QString &file, bool running, bool terminal,
                 const QDateTime &started = {});
    /// The command shown has ended: the rest of its log is read, its input line goes away.
    void setEnded();
    /// Whether the command's terminal shows what is typed, and waits for it.
    void setTerminal(bool echo, bool waiting);
    /// Ready for typing, where the command reads it.
    void focusInput();
    /// The executions to choose from, newest first, and which of them is shown: its state is said.
    void setExecutions(const QList<LogEntry> &entries, const QString &shown);
    void setStamps(StampKind kind);
    /// Offers Stop until the command has ended.
    void setStoppable(bool stoppable);
    /// Back to the empty state.
    void clear();

    [[nodiscard]] QString file() const { return m_file; }
    [[nodiscard]] LogView *view() const { return m_view; }
    [[nodiscard]] QAction *findAction() const { return m_findAction; }
    /// Of the visible area, for the command's terminal.
    [[nodiscard]] QSize sizeInCharacters() const;

Q_SIGNALS:
    /// One line, its '\n' included, or a control character.
    void inputEntered(const QByteArray &bytes);
    void resized(int columns, int rows);
    void executionPicked(const QString &id);
    void stampsChosen(runsheet::StampKind kind); ///< by a person, to be remembered
    void stopWanted();

private:
    void addPages();
    void addActions();
    void connectView();
    void connectHeader();
    void connectMenu();
    void connectFind();

    void tellCut(qint64 lines, bool partOfNext);
    void updateCounts();
    void updateFindStatus();
    void showProblem(const Error &error);
    void showMessage(const QString &title, const QString &text);
    void openFind();
    void closeFind();
    void save(LogSaver::Format format);

    LogHeader *m_header = nullptr;
    MessageBar *m_notices = nullptr; ///< what became of saving and copying
    LogMenu *m_menu = nullptr;
    LogSaver *m_saver = nullptr;
    FindBar *m_findBar = nullptr;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_messageTitle = nullptr;
    QLabel *m_message = nullptr;
    LogView *m_view = nullptr;
    AnswerLine *m_input = nullptr;
    QAction *m_findAction = nullptr;
    QString m_title;
    QDateTime m_started;
    QString m_file;
};

} // namespace runsheet
