// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"

#include <QDialog>
#include <QFrame>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace runsheet
{

class IconLabel;

/// The ladder for one command: what each rung will do, which were tried, and what the server shows
/// meanwhile. Proposes the next rung; closes by itself when there is nothing left to stop.
class StopDialog final : public QDialog
{
    Q_OBJECT

public:
    StopDialog(const RunController &controller, ExecutionId execution, QWidget *parent);

Q_SIGNALS:
    void stopWanted(runsheet::StopRung rung);
    void checkWanted();

protected:
    bool event(QEvent *event) override;

private:
    struct Row
    {
        StopRung rung = StopRung::Interrupt;
        QRadioButton *choice = nullptr;
        QLabel *text = nullptr;
        QLabel *state = nullptr; ///< when it was asked for
    };

    [[nodiscard]] QWidget *buildServer();
    [[nodiscard]] QWidget *buildLadder();
    void addRow(QWidget *ladder, StopRung rung);
    [[nodiscard]] QWidget *buildButtons();
    void refresh();
    void refreshHead(const Execution &execution);
    void refreshServer(const Execution &execution);
    void refreshRow(const Row &row, const Execution &execution);
    void propose();
    /// As tall as its wrapped texts need at its width.
    void fitHeight();
    void refreshConfirm();
    void confirm();
    [[nodiscard]] std::optional<StopRung> chosen() const;

    const RunController &m_controller;
    ExecutionId m_execution;
    QLabel *m_head;
    QFrame *m_server;
    IconLabel *m_serverIcon;
    QLabel *m_serverText;
    QPushButton *m_ask;
    QButtonGroup *m_choices;
    QList<Row> m_rows;
    QLabel *m_wordLabel;
    QLineEdit *m_word;
    QPushButton *m_leave = nullptr;
    QPushButton *m_confirm = nullptr;
    bool m_asking = true; ///< no answer of the server yet since this was opened
    std::optional<StopRung> m_proposed;
};

} // namespace runsheet
