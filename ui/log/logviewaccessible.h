// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessibleWidget>
#include <QStringList>
#include <QTimer>

namespace runsheet
{

class LogView;

/// The log for assistive technology: a read-only text that holds the visible lines, as a terminal's
/// does. A million lines would be no use to a reader and no program should copy them.
class LogViewAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit LogViewAccessible(LogView *view);

    void *interface_cast(QAccessible::InterfaceType type) override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    [[nodiscard]] QAccessible::State state() const override;

    void selection(int index, int *start, int *end) const override;
    [[nodiscard]] int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    [[nodiscard]] int cursorPosition() const override;
    void setCursorPosition(int position) override;
    [[nodiscard]] QString text(int start, int end) const override;
    [[nodiscard]] int characterCount() const override;
    [[nodiscard]] QRect characterRect(int offset) const override;
    [[nodiscard]] int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int *start, int *end) const override;

private:
    [[nodiscard]] LogView *view() const;
    [[nodiscard]] QString content() const;
    [[nodiscard]] int offsetOf(qint64 line, qsizetype index) const;
    void select(int start, int end);
};

/// One change of the visible text.
struct LogTextChange
{
    int offset = 0;
    QString removed;
    QString added;

    bool operator==(const LogTextChange &) const = default;
};

/// What to tell about a view that scrolled on by `gone` lines: those removed above, those added
/// below; or the whole text where it is another one.
[[nodiscard]] QList<LogTextChange> textChanges(const QStringList &before, const QStringList &after,
                                               qint64 gone);

/// Tells assistive technology which lines went away above and came below, at most four times a
/// second.
class LogAnnouncer final : public QObject
{
    Q_OBJECT

public:
    explicit LogAnnouncer(LogView *view);

private:
    void announce();

    LogView *m_view;
    QTimer m_timer;
    QStringList m_lines;
    qint64 m_first = 0;
};

/// Makes every LogView accessible; more than one call is harmless.
void installLogViewAccessibility();

} // namespace runsheet
