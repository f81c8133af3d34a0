// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "models/wording.h"

#include <QFrame>

class QLabel;

namespace runsheet
{

class IconLabel;

/// One message beside its cause, in the layout and never over it. Hidden until there is one.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    void showError(const Error &error);
    void showMessage(Tone tone, const QString &text, const QString &detail = {});
    void dismiss();
    [[nodiscard]] QString text() const;

private:
    IconLabel *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
};

} // namespace runsheet
