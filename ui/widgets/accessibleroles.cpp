// SPDX-License-Identifier: Apache-2.0
#include "widgets/accessibleroles.h"

#include "widgets/card.h"

#include <QAccessible>
#include <QAccessibleWidget>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QAccessibleInterface *createInterface(const QString &className, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    if (widget == nullptr)
        return nullptr;
    if (className == QLatin1StringView(ListPanel::staticMetaObject.className()))
        return new QAccessibleWidget(widget, QAccessible::List);
    if (className == QLatin1StringView(Card::staticMetaObject.className()))
        return new QAccessibleWidget(widget, QAccessible::ListItem);
    // Qt 6.4's own interface of scroll areas does not check the index it is asked for: a reader
    // that counts the children just before a scroll bar goes away would end the program.
    if (className == "QScrollArea"_L1 || className == "QAbstractScrollArea"_L1)
        return new QAccessibleWidget(widget, QAccessible::Client);
    return nullptr;
}

} // namespace

void installAccessibleRoles()
{
    QAccessible::removeFactory(createInterface);
    QAccessible::installFactory(createInterface);
}

} // namespace runsheet
