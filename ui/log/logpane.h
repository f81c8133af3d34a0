// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace runsheet
{

class ElidedLabel;
class FindBar;
class LogView;

/// The log of one command: what it is and how it stands, its text, find, and a line for answers to
/// a command that asks.
class LogPane final : public QWidget
{
    Q_OBJECT

public:
    enum class ChipKind
    {
        Ok,
        Running,
        Warning,
        Bad,
    };

    explicit LogPane(QWidget *parent = nullptr);

    /// Shows the log file, which need not exist yet while the command is running. terminal: the
    /// command reads what is typed here.
    void showLog(const QString &title, const QString &file, bool running, bool terminal);
    /// The command shown has ended: the rest of its log is read, its input line goes away.
    void setEnded(const QString &chipText, ChipKind kind);
    /// Ready for typing, where the command reads it.
    void focusInput();
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
    void inputEntered(const QByteArray &bytes); ///< one line, its '\n' included
    void resized(int columns, int rows);
    void stopWanted();

private:
    void addHeader();
    [[nodiscard]] QHBoxLayout *createTitleRow();
    [[nodiscard]] QHBoxLayout *createCountsRow();
    void addPages();
    void addActions();
    void connectView();
    QPushButton *addHeaderButton(QHBoxLayout *row, const QString &name, const QString &text);

    void setChip(const QString &text, ChipKind kind);
    void updateCounts();
    void updateFindStatus();
    void updateFollowing(bool following);
    void showProblem(const Error &error);
    void showMessage(const QString &title, const QString &text);
    void openFind();
    void closeFind();
    void sendInput();

    QWidget *m_header = nullptr;
    QLabel *m_chip = nullptr;
    ElidedLabel *m_title = nullptr;
    QLabel *m_counts = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_findButton = nullptr;
    QPushButton *m_errorsButton = nullptr;
    QPushButton *m_followButton = nullptr;
    FindBar *m_findBar = nullptr;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_messageTitle = nullptr;
    QLabel *m_message = nullptr;
    LogView *m_view = nullptr;
    QWidget *m_inputRow = nullptr;
    QLineEdit *m_input = nullptr;
    QAction *m_findAction = nullptr;
    QString m_file;
};

} // namespace runsheet
