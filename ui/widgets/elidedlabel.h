// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace runsheet
{

/// One line of plain text that gives way: what does not fit is cut with "…" and shown in the
/// tooltip. Screen readers get the whole text.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    /// A part of the text that must not be lost, for example a time in the middle: what stands
    /// after it gives way first, then what stands before it.
    void setKept(const QString &part);
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] bool isElided() const;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateToolTip();

    QString m_kept;
};

} // namespace runsheet
