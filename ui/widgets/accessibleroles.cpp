// SPDX-License-Identifier: Apache-2.0
#include "widgets/accessibleroles.h"

#include "widgets/accessibleapplication.h"
#include "widgets/card.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QAccessibleInterface *createInterface(const QString &className, QObject *object)
{
    if (object == QCoreApplication::instance())
        return new AccessibleApplication(object);
    auto *widget = qobject_cast<QWidget *>(object);
    if (widget == nullptr)
        return nullptr;
    if (className == QLatin1StringView(ListPanel::staticMetaObject.className()))
        return new QAccessibleWidget(widget, QAccessible::List);
    if (className == QLatin1StringView(Card::staticMetaObject.className()))
        return new QAccessibleWidget(widget, QAccessible::ListItem);
    return nullptr;
}

} // namespace

void installAccessibleRoles()
{
    QAccessible::removeFactory(createInterface);
    QAccessible::installFactory(createInterface);
}

} // namespace runsheet
