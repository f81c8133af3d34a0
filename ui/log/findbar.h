// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace runsheet
{

/// Field, count and buttons for finding text. Knows nothing about what is searched.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    /// Focus to the field, its text selected.
    void activate();
    [[nodiscard]] QString text() const;
    [[nodiscard]] Qt::CaseSensitivity caseSensitivity() const;
    /// "3 of 17" or what else there is to say about the search.
    void setStatus(const QString &status);

Q_SIGNALS:
    void changed(const QString &text, Qt::CaseSensitivity caseSensitivity);
    void nextRequested();
    void previousRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QPushButton *addButton(const QString &name, const QString &label, const QString &meaning);

    QLineEdit *m_field;
    QLabel *m_status;
    QPushButton *m_case;
};

} // namespace runsheet
