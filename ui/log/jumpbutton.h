// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPushButton>

namespace runsheet
{

class LogView;

/// Lies over the lower edge of a growing log that is not followed: says so, counts what has come
/// since, and leads back to the end.
class JumpButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit JumpButton(LogView *view);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void follow(bool following);
    void tell();
    void place();

    LogView *m_view;
    qint64 m_linesSeen = 0; // when following ended
};

} // namespace runsheet
