// SPDX-License-Identifier: Apache-2.0
#include "log/jumpbutton.h"

#include "base/text.h"
#include "log/logview.h"
#include "theme.h"

#include <QEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kGap = 12;

} // namespace

JumpButton::JumpButton(LogView *view)
    : QPushButton(view)
    , m_view(view)
{
    setObjectName(u"jumpToEnd"_s);
    setAccessibleName(tr("Jump to end"));
    setAutoDefault(false);
    setFocusPolicy(Qt::TabFocus); // a click leaves the keyboard with the log
    setFont(scaledFont(0.92));
    setToolTip(tr("Show the newest line and keep it in view (End)"));
    hide();
    connect(this, &QPushButton::clicked, view, &LogView::goToEnd);
    connect(view, &LogView::followingChanged, this, &JumpButton::follow);
    connect(view, &LogView::contentShown, this, &JumpButton::tell);
    connect(&view->tail(), &LogTail::linesCameBefore, this,
            [this](qint64 lines) { m_linesSeen += lines; });
    connect(&view->tail(), &LogTail::restarted, this, [this] { m_linesSeen = 0; });
    view->viewport()->installEventFilter(this);
}

void JumpButton::follow(bool following)
{
    if (!following)
        m_linesSeen = m_view->log().lineCount();
    tell();
}

void JumpButton::tell()
{
    const bool isWanted = m_view->tail().isGrowing() && !m_view->isFollowing();
    if (isWanted) {
        const qint64 lines = std::max<qint64>(0, m_view->log().lineCount() - m_linesSeen);
        const QString news = lines == 1 ? tr("1 new line") : tr("%1 new lines");
        setText(lines == 0 ? tr("Not following · Jump to end ↓")
                           : tr("Not following · %1 · Jump to end ↓")
                                 .arg(lines == 1 ? news : news.arg(formatCount(lines))));
        place();
    }
    if (isHidden() == isWanted)
        setVisible(isWanted);
}

void JumpButton::place()
{
    const QRect area = m_view->viewport()->geometry();
    const QSize size(std::min(sizeHint().width(), area.width() - kGap), sizeHint().height());
    // On the right, where lines seldom reach.
    setGeometry(area.right() - size.width() - kGap / 2, area.bottom() - size.height() - kGap / 2,
                size.width(), size.height());
}

bool JumpButton::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QPushButton::eventFilter(object, event);
}

} // namespace runsheet
