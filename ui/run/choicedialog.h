// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/reasondialog.h"

class QComboBox;

namespace runsheet
{

/// A ReasonDialog that also asks to choose one of a few.
class ChoiceDialog final : public ReasonDialog
{
    Q_OBJECT

public:
    struct Choice
    {
        QString text;
        QString value;
    };
    using ChoiceCheck = std::function<Result<void>(const QString &value, const QString &reason)>;

    ChoiceDialog(const Content &content, const QString &label, const QList<Choice> &choices,
                 ChoiceCheck check, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &value, const QString &reason);

private:
    ChoiceDialog(const Content &content, const QString &label, QComboBox *box, ChoiceCheck check,
                 QWidget *parent);
};

} // namespace runsheet
