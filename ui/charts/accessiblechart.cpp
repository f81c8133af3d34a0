// SPDX-License-Identifier: Apache-2.0
#include "charts/accessiblechart.h"

#include "charts/durationchart.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace runsheet
{

namespace
{

class AccessibleChart final : public QAccessibleWidget
{
public:
    explicit AccessibleChart(DurationChart *chart)
        : QAccessibleWidget(chart, QAccessible::Chart)
    {
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Description || kind == QAccessible::Value)
            return static_cast<const DurationChart *>(widget())->summary();
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *makeChart(const QString &className, QObject *object)
{
    Q_UNUSED(className)
    auto *chart = qobject_cast<DurationChart *>(object);
    return chart ? new AccessibleChart(chart) : nullptr;
}

} // namespace

void installChartAccessibility()
{
    static const bool kOnce = [] {
        QAccessible::installFactory(makeChart);
        return true;
    }();
    Q_UNUSED(kOnce)
}

} // namespace runsheet
