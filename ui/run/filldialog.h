// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/commandinputs.h"

#include <QDialog>

#include <functional>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace runsheet
{

/// Asks for what a command still needs and shows what will run while it is filled in.
class FillDialog final : public QDialog
{
    Q_OBJECT

public:
    /// What would run with these answers; asked at every change.
    using Prepare = std::function<Result<PreparedCommand>(const QMap<QString, QString> &)>;

    FillDialog(const Command &command, const QList<CommandInput> &inputs, Prepare prepare,
               QWidget *parent);

    /// By CommandInput::name.
    [[nodiscard]] QMap<QString, QString> answers() const;

Q_SIGNALS:
    void confirmed(const QMap<QString, QString> &answers);

private:
    void addFields(QGridLayout &grid);
    void buildLayout(const Command &command);
    void refresh();
    void showPrepared(const PreparedCommand &prepared);
    void markOpen(const QStringList &open);
    void confirm();

    QList<CommandInput> m_inputs;
    Prepare m_prepare;
    QList<QLineEdit *> m_fields; ///< one per input
    QPlainTextEdit *m_preview;
    QLabel *m_variables;
    QLabel *m_warnings;
    QLabel *m_refusal;
    QPushButton *m_run = nullptr;
};

} // namespace runsheet
