// SPDX-License-Identifier: Apache-2.0
#include "reference/referencepane.h"

#include "base/text.h"
#include "widgets/labels.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kBuildBudgetMs = 12; // well under a frame that a person would notice
constexpr int kListCharacters = 22;
constexpr int kMargin = 12;
constexpr int kSpacing = 4;

QScrollArea *scrollArea(QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(ReferencePane::tr("Reference"));
    area->viewport()->setAutoFillBackground(false);
    return area;
}

} // namespace

ReferencePane::ReferencePane(QWidget *parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_scroll(scrollArea(this))
    , m_status(dimLabel({}, this))
    , m_content(new QWidget(this))
    , m_empty(dimLabel(tr("This runbook has no reference sections: contacts, troubleshooting, "
                          "command reference, best practices."),
                       this))
{
    m_search->setObjectName(u"searchReference"_s);
    m_search->setAccessibleName(tr("Search reference"));
    m_search->setPlaceholderText(tr("Search contacts, troubleshooting, commands"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Reference sections"));
    m_list->setSpacing(kSpacing);
    m_list->setMaximumWidth(fontMetrics().averageCharWidth() * kListCharacters);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_status->setObjectName(u"referenceStatus"_s);
    m_builder.setSingleShot(true);
    m_builder.setInterval(0);
    connect(&m_builder, &QTimer::timeout, this, &ReferencePane::buildSome);
    connect(m_search, &QLineEdit::textChanged, this, &ReferencePane::collect);
    connect(m_list, &QListWidget::currentRowChanged, this, &ReferencePane::collect);
    buildLayout();
    setRunbook({});
}

void ReferencePane::buildLayout()
{
    auto *columns = new QHBoxLayout;
    columns->setSpacing(kMargin);
    columns->addWidget(m_list);
    columns->addWidget(m_scroll, 1);
    auto *inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(8);
    inner->addWidget(m_search);
    inner->addLayout(columns, 1);
    inner->addWidget(m_status);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, 8);
    column->addWidget(m_empty, 0, Qt::AlignTop);
    column->addWidget(m_content, 1);
}

void ReferencePane::setRunbook(const Runbook &runbook)
{
    m_sections = referenceOf(runbook);
    m_empty->setVisible(m_sections.isEmpty());
    m_content->setVisible(!m_sections.isEmpty());
    m_search->clear();
    showSections();
}

void ReferencePane::showSections()
{
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        m_list->addItem(tr("All sections"));
        for (const ReferenceSection &section : std::as_const(m_sections)) {
            auto *item = new QListWidgetItem(section.shortTitle, m_list);
            item->setData(Qt::AccessibleTextRole, section.title);
            item->setToolTip(section.title.toHtmlEscaped()); // what does not fit is cut
        }
        m_list->setCurrentRow(0);
    }
    collect();
}

QStringList ReferencePane::words() const
{
    return m_search->text().split(u' ', Qt::SkipEmptyParts);
}

/// What the chosen section and the search leave over; its cards follow.
void ReferencePane::collect()
{
    const int chosen = m_list->currentRow() - 1; // the first row is all of them
    qsizetype all = 0;
    m_wanted.clear();
    for (int i = 0; i < m_sections.size(); ++i) {
        if (chosen >= 0 && i != chosen)
            continue;
        const ReferenceSection &section = m_sections.at(i);
        bool first = true;
        for (const ReferenceEntry &entry : section.entries) {
            ++all;
            if (!entry.matches(words()))
                continue;
            m_wanted.append({.entry = entry,
                             .section = chosen < 0 && first ? section.title : QString(),
                             .isContacts = section.isContacts});
            first = false;
        }
    }
    m_status->setText(words().isEmpty()
                          ? tr("Nothing here opens or runs anything: addresses and commands are "
                               "copied.")
                          : tr("%1 of %2 entries found").arg(m_wanted.size()).arg(all));
    m_made = 0;
    m_panel = new ListPanel(tr("Reference entries"));
    m_column = new QVBoxLayout(m_panel);
    m_column->setContentsMargins(0, 0, 4, 0);
    m_column->setSpacing(8);
    m_column->addStretch();
    m_scroll->setWidget(m_panel);
    buildSome();
}

void ReferencePane::buildSome()
{
    QElapsedTimer spent;
    spent.start();
    while (m_made < m_wanted.size() && spent.elapsed() < kBuildBudgetMs)
        addCard(m_wanted.at(m_made++));
    if (m_made < m_wanted.size())
        m_builder.start();
}

void ReferencePane::addCard(const EntryCard::Content &content)
{
    auto *card = new EntryCard(content, words(), m_panel);
    connect(card, &EntryCard::copyWanted, this, &ReferencePane::copy);
    m_column->insertWidget(m_column->count() - 1, card);
    card->show();
}

void ReferencePane::copy(const QString &text)
{
    QApplication::clipboard()->setText(text);
    m_status->setText(tr("Copied: %1").arg(firstLine(text)));
    QAccessibleEvent event(m_status, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void ReferencePane::search(const QString &text)
{
    m_list->setCurrentRow(0);
    m_search->setText(text);
    focusSearch();
}

void ReferencePane::focusSearch()
{
    if (m_content->isHidden()) {
        m_empty->setFocusPolicy(Qt::StrongFocus);
        m_empty->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ReferencePane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT backWanted();
    else
        QWidget::keyPressEvent(event);
}

/// Arrow keys in the field choose the section.
bool ReferencePane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace runsheet
