// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/reference.h"

#include <QLabel>

class QTextLayout;

namespace runsheet
{

/// Plain text in lines that wrap anywhere they must, with the places that were searched for
/// underlined on a ground of their own. Never reads HTML, never opens a link.
class MarkedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit MarkedLabel(const QString &text, QWidget *parent = nullptr);

    void setMarks(const QList<TextRange> &marks);
    [[nodiscard]] const QList<TextRange> &marks() const { return m_marks; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    /// The height the text takes.
    qreal arrange(QTextLayout &layout, int width) const;

    QList<TextRange> m_marks;
};

} // namespace runsheet
