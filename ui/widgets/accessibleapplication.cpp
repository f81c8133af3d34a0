// SPDX-License-Identifier: Apache-2.0
#include "widgets/accessibleapplication.h"

#include <QApplication>
#include <QWidget>

namespace runsheet
{

namespace
{

/// Windows and dialogs. Menus and tool tips are reached through what they belong to.
QObjectList windows()
{
    QObjectList found;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        const Qt::WindowType type = widget->windowType();
        if (type == Qt::Window || type == Qt::Dialog)
            found += widget;
    }
    return found;
}

} // namespace

int AccessibleApplication::childCount() const
{
    return static_cast<int>(windows().size());
}

QAccessibleInterface *AccessibleApplication::child(int index) const
{
    QObject *window = windows().value(index);
    return window == nullptr ? nullptr : QAccessible::queryAccessibleInterface(window);
}

int AccessibleApplication::indexOfChild(const QAccessibleInterface *child) const
{
    return child == nullptr ? -1 : static_cast<int>(windows().indexOf(child->object()));
}

QAccessibleInterface *AccessibleApplication::focusChild() const
{
    QWidget *focused = QApplication::focusWidget();
    return focused == nullptr ? nullptr : QAccessible::queryAccessibleInterface(focused);
}

QString AccessibleApplication::text(QAccessible::Text kind) const
{
    switch (kind) {
    case QAccessible::Name:
        return QCoreApplication::applicationName();
    case QAccessible::Description:
        return QCoreApplication::applicationFilePath();
    default:
        return {};
    }
}

QAccessible::State AccessibleApplication::state() const
{
    QAccessible::State state;
    state.active = QApplication::activeWindow() != nullptr;
    return state;
}

} // namespace runsheet
