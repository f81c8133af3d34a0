// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/logquery.h"

#include <QWidget>

class QBoxLayout;
class QLineEdit;
class QPushButton;

namespace runsheet
{

class ElidedLabel;

/// Field, count and buttons for finding text. No word that it says changes a width, and while a
/// regular expression is typed nothing changes its height.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    /// Focus to the field, its text selected.
    void activate();
    [[nodiscard]] QString text() const;
    [[nodiscard]] LogQuery query() const;
    /// "3 of 17 lines" or what else there is to say in a few words.
    void setStatus(const QString &status);
    /// A sentence about the search, below the field.
    void setMessage(const QString &message);

Q_SIGNALS:
    void changed(const runsheet::LogQuery &query);
    void nextRequested();
    void previousRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addField();
    void addStatus();
    void updateMessage();
    QPushButton *addSwitch(const QString &name, const QString &label, const QString &meaning);
    QPushButton *addButton(const QString &name, const QString &label, const QString &meaning);

    QLineEdit *m_field;
    QBoxLayout *m_row; ///< of the field
    ElidedLabel *m_status;
    ElidedLabel *m_message;
    QString m_said;
    QPushButton *m_case;
    QPushButton *m_expression;
};

} // namespace runsheet
