// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessibleObject>

namespace runsheet
{

/// The root of the accessible tree. Qt 6.4's own one does not check the index it is asked for, so a
/// screen reader that counts the windows just before a tool tip or a dialog goes away ends the
/// program.
class AccessibleApplication final : public QAccessibleObject
{
public:
    explicit AccessibleApplication(QObject *application)
        : QAccessibleObject(application)
    {
    }

    [[nodiscard]] int childCount() const override;
    /// nullptr for an index that is not, or no longer, there.
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *parent() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *focusChild() const override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::Application; }
    [[nodiscard]] QAccessible::State state() const override;
};

} // namespace runsheet
