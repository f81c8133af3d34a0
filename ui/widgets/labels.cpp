// SPDX-License-Identifier: Apache-2.0
#include "widgets/labels.h"

#include "theme.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"

namespace runsheet
{

namespace
{

constexpr double kSecondary = 0.92;
constexpr double kHeading = 0.85;
constexpr double kTitle = 1.4;

} // namespace

QLabel *bodyLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QLabel *wrappedLabel(const QString &text, QWidget *parent)
{
    QLabel *label = bodyLabel(text, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    // A word longer than the pane must not push the pane wider.
    label->setMinimumWidth(1);
    return label;
}

QLabel *strongLabel(const QString &text, QWidget *parent)
{
    QLabel *label = bodyLabel(text, parent);
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    label->setFont(scaledFont(1, QFont::DemiBold));
    return label;
}

QLabel *titleLabel(const QString &text, QWidget *parent)
{
    QLabel *label = bodyLabel(text, parent);
    label->setFont(scaledFont(kTitle, QFont::DemiBold));
    return label;
}

QLabel *dimLabel(const QString &text, QWidget *parent)
{
    QLabel *label = styled(bodyLabel(text, parent), "dim");
    label->setFont(scaledFont(kSecondary));
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    return label;
}

ElidedLabel *dimLine(const QString &text, QWidget *parent)
{
    auto *label = styled(new ElidedLabel(text, parent), "dim");
    label->setFont(scaledFont(kSecondary));
    return label;
}

QLabel *capsLabel(const QString &text, QWidget *parent)
{
    QLabel *label = styled(bodyLabel(text.toUpper(), parent), "dim");
    QFont font = scaledFont(kHeading, QFont::DemiBold);
    font.setLetterSpacing(QFont::PercentageSpacing, 104);
    label->setFont(font);
    return label;
}

QLabel *chipLabel(const QString &text, Tone tone, QWidget *parent)
{
    QLabel *label = styled(bodyLabel(text, parent), "chip");
    label->setFont(scaledFont(kHeading, QFont::DemiBold));
    label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
    setChip(label, text, tone);
    return label;
}

void setChip(QLabel *chip, const QString &text, Tone tone)
{
    setTextOrHide(chip, text);
    setTone(chip, tone);
}

void setTextOrHide(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QPushButton *linkButton(const QString &text, QWidget *parent)
{
    auto *button = styled(new QPushButton(text, parent), "link");
    button->setCursor(Qt::PointingHandCursor);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    return button;
}

} // namespace runsheet
