// SPDX-License-Identifier: Apache-2.0
#include "log/findbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_status(new QLabel(this))
{
    auto *const layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(4);
    m_field->setObjectName(u"findInLog"_s);
    m_field->setAccessibleName(tr("Find in log"));
    m_field->setPlaceholderText(tr("Find in log"));
    m_field->setClearButtonEnabled(true);
    layout->addWidget(m_field, 1);
    m_status->setObjectName(u"findStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(m_status);
    m_case = addSwitch(u"findMatchCase"_s, tr("Aa"), tr("Match case"));
    m_expression = addSwitch(u"findExpression"_s, tr(".*"), tr("Regular expression"));
    auto *const previous = addButton(u"findPrevious"_s, tr("↑"), tr("Previous match"));
    auto *const next = addButton(u"findNext"_s, tr("↓"), tr("Next match"));
    auto *const close = addButton(u"closeFind"_s, tr("✕"), tr("Close the search"));
    connect(m_field, &QLineEdit::textChanged, this, [this] { Q_EMIT changed(query()); });
    connect(previous, &QPushButton::clicked, this, &FindBar::previousRequested);
    connect(next, &QPushButton::clicked, this, &FindBar::nextRequested);
    connect(close, &QPushButton::clicked, this, &FindBar::closed);
    setFocusProxy(m_field);
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
    layout()->addWidget(button);
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
