// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QDialog>

#include <functional>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace runsheet
{

/// Asks for a sentence before something that is recorded: a reason, evidence, a word to type. The
/// verb is on the button; Enter does nothing while it may not be pressed.
class ReasonDialog : public QDialog
{
    Q_OBJECT

public:
    struct Content
    {
        QString title;
        QString text; ///< what will happen, in whole sentences
        QString field; ///< name of the field: "Reason"
        QString verb; ///< on the button: "Withdraw sign-off"
        bool danger = false;
    };
    /// Asked again at every change; its message stands beside the disabled button.
    using Check = std::function<Result<void>(const QString &)>;

    ReasonDialog(const Content &content, Check check, QWidget *parent);

    [[nodiscard]] QString reason() const;

Q_SIGNALS:
    void confirmed(const QString &reason);

protected:
    /// A row above the reason, for dialogs that ask for more than a sentence.
    void addRow(const QString &label, QWidget *field);
    void refresh();

private:
    void confirm();

    Check m_check;
    QFormLayout *m_form;
    QLineEdit *m_reason;
    QLabel *m_refusal;
    QPushButton *m_confirm;
};

} // namespace runsheet
