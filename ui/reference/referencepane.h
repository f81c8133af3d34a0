// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/reference.h"
#include "reference/entrycard.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QScrollArea;
class QVBoxLayout;

namespace runsheet
{

/// The runbook's reference sections, to search and to read: contacts, troubleshooting, commands.
/// Entries are made a few at a time, so that a long reference never holds up the window.
class ReferencePane final : public QWidget
{
    Q_OBJECT

public:
    explicit ReferencePane(QWidget *parent = nullptr);

    void setRunbook(const Runbook &runbook);
    void focusSearch();
    void search(const QString &text);

Q_SIGNALS:
    void backWanted(); ///< Escape

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildLayout();
    void showSections();
    void collect();
    void buildSome();
    void addCard(const EntryCard::Content &content);
    void copy(const QString &text);
    [[nodiscard]] QStringList words() const;

    QList<ReferenceSection> m_sections;
    QLineEdit *m_search;
    QListWidget *m_list;
    QScrollArea *m_scroll;
    QLabel *m_status;
    QWidget *m_content;
    QLabel *m_empty;
    ListPanel *m_panel = nullptr;
    QVBoxLayout *m_column = nullptr;
    QList<EntryCard::Content> m_wanted; ///< still to be made into cards, and made ones before them
    qsizetype m_made = 0;
    QTimer m_builder;
};

} // namespace runsheet
