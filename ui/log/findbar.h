// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/logquery.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace runsheet
{

/// Field, count and buttons for finding text.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    /// Focus to the field, its text selected.
    void activate();
    [[nodiscard]] QString text() const;
    [[nodiscard]] LogQuery query() const;
    /// "3 of 17" or what else there is to say about the search.
    void setStatus(const QString &status);

Q_SIGNALS:
    void changed(const runsheet::LogQuery &query);
    void nextRequested();
    void previousRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QPushButton *addSwitch(const QString &name, const QString &label, const QString &meaning);
    QPushButton *addButton(const QString &name, const QString &label, const QString &meaning);

    QLineEdit *m_field;
    QLabel *m_status;
    QPushButton *m_case;
    QPushButton *m_expression;
};

} // namespace runsheet
