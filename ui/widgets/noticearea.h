// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMargins>
#include <QWidget>

class QVBoxLayout;

namespace runsheet
{

/// Holds bars that are there only now and then. Its margins are, too: a layout alone would keep
/// them.
class NoticeArea final : public QWidget
{
    Q_OBJECT

public:
    NoticeArea(const QMargins &margins, QWidget *parent);

    void add(QWidget *bar);

protected:
    bool event(QEvent *event) override;

private:
    QMargins m_margins;
    QVBoxLayout *m_column;
};

} // namespace runsheet
