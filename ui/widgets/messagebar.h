// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "models/wording.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace runsheet
{

class IconLabel;

/// Messages beside their cause, in the layout and never over it, the newest shown. Hidden until
/// there is one. Errors stay until they are dismissed or solved; news and refusals, which are about
/// what was just tried, give way to anything newer.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    void showError(const Error &error);
    void showMessage(Tone tone, const QString &text, const QString &detail = {});
    void dismiss(); ///< the one that is shown
    void dismissPassing(); ///< news and refusals
    void withdraw(const QString &text); ///< what is true no longer
    void clear();
    [[nodiscard]] QString text() const;

private:
    struct Message
    {
        Tone tone = Tone::Neutral;
        QString text;
        QString detail;
        bool operator==(const Message &) const = default;
    };
    void present();

    QList<Message> m_messages; ///< oldest first
    IconLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QPushButton *m_dismiss;
};

} // namespace runsheet
