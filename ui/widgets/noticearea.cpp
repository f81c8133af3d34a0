// SPDX-License-Identifier: Apache-2.0
#include "widgets/noticearea.h"

#include <QEvent>
#include <QVBoxLayout>

namespace runsheet
{

NoticeArea::NoticeArea(const QMargins &margins, QWidget *parent)
    : QWidget(parent)
    , m_margins(margins)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(8);
}

void NoticeArea::add(QWidget *bar)
{
    m_column->addWidget(bar);
}

bool NoticeArea::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        m_column->setContentsMargins(m_column->isEmpty() ? QMargins() : m_margins);
    return QWidget::event(event);
}

} // namespace runsheet
