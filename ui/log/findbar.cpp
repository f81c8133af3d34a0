// SPDX-License-Identifier: Apache-2.0
#include "log/findbar.h"

#include "widgets/elidedlabel.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kFieldCharacters = 12;
constexpr int kFewestStatusCharacters = 12;
constexpr int kMostStatusCharacters = 26; // "99,999 of 1,000,000+ lines"

} // namespace

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_row(new QHBoxLayout)
    , m_status(new ElidedLabel({}, this))
    , m_message(new ElidedLabel({}, this))
{
    auto *const rows = new QVBoxLayout(this);
    rows->setContentsMargins(12, 6, 12, 6);
    rows->setSpacing(2);
    rows->addLayout(m_row);
    rows->addWidget(m_message);
    m_row->setSpacing(4);
    addField();
    addStatus();
    m_case = addSwitch(u"findMatchCase"_s, tr("Aa"), tr("Match case"));
    m_expression = addSwitch(u"findExpression"_s, tr(".*"), tr("Regular expression"));
    auto *const previous = addButton(u"findPrevious"_s, tr("↑"), tr("Previous line with a match"));
    auto *const next = addButton(u"findNext"_s, tr("↓"), tr("Next line with a match"));
    auto *const close = addButton(u"closeFind"_s, tr("✕"), tr("Close the search"));
    connect(m_expression, &QPushButton::toggled, this, &FindBar::updateMessage);
    connect(previous, &QPushButton::clicked, this, &FindBar::previousRequested);
    connect(next, &QPushButton::clicked, this, &FindBar::nextRequested);
    connect(close, &QPushButton::clicked, this, &FindBar::closed);
    setFocusProxy(m_field);
    updateMessage();
}

void FindBar::addField()
{
    m_field->setObjectName(u"findInLog"_s);
    m_field->setAccessibleName(tr("Find in log"));
    m_field->setPlaceholderText(tr("Find in log"));
    m_field->setClearButtonEnabled(true);
    m_field->setMinimumWidth(m_field->fontMetrics().averageCharWidth() * kFieldCharacters);
    m_row->addWidget(m_field, 1);
    connect(m_field, &QLineEdit::textChanged, this, [this] { Q_EMIT changed(query()); });
}

/// Its width comes from the bar, not from its words.
void FindBar::addStatus()
{
    const int character = m_status->fontMetrics().averageCharWidth();
    m_status->setObjectName(u"findStatus"_s);
    m_status->setContentsMargins(4, 0, 4, 0);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_status->setMinimumWidth(character * kFewestStatusCharacters);
    m_status->setMaximumWidth(character * kMostStatusCharacters);
    m_row->addWidget(m_status, 1);
    m_message->setObjectName(u"findMessage"_s);
    m_message->setProperty("dim", true);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

QPushButton *FindBar::addSwitch(const QString &name, const QString &label, const QString &meaning)
{
    QPushButton *const button = addButton(name, label, meaning);
    button->setCheckable(true);
    connect(button, &QPushButton::toggled, this, [this] { Q_EMIT changed(query()); });
    return button;
}

QPushButton *FindBar::addButton(const QString &name, const QString &label, const QString &meaning)
{
    auto *const button = new QPushButton(label, this);
    button->setObjectName(name);
    button->setAccessibleName(meaning);
    button->setToolTip(meaning);
    button->setAutoDefault(false);
    button->setProperty("link", true);
    m_row->addWidget(button);
    return button;
}

void FindBar::activate()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

QString FindBar::text() const
{
    return m_field->text();
}

LogQuery FindBar::query() const
{
    return {text(), m_case->isChecked(), m_expression->isChecked()};
}

void FindBar::setStatus(const QString &status)
{
    m_status->setText(status);
}

void FindBar::setMessage(const QString &message)
{
    m_said = message;
    updateMessage();
}

/// The row stays while an expression is typed, which is broken at every second key.
void FindBar::updateMessage()
{
    const bool isExpression = m_expression->isChecked();
    m_message->setVisible(isExpression || !m_said.isEmpty());
    m_message->setText(m_said.isEmpty() ? tr("Regular expression, for example: batch [0-9]+")
                                        : m_said);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool back = event->modifiers() & Qt::ShiftModifier;
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QWidget::keyPressEvent(event);
    else if (back)
        Q_EMIT previousRequested();
    else
        Q_EMIT nextRequested();
}

} // namespace runsheet
