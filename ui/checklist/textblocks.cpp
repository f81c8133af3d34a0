// SPDX-License-Identifier: Apache-2.0
#include "checklist/textblocks.h"

#include "theme.h"
#include "widgets/card.h"
#include "widgets/labels.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kIndent = 16;

QWidget *headingBlock(const TextBlock &block, QWidget *parent)
{
    QLabel *label = strongLabel(block.text, parent);
    label->setFont(scaledFont(block.level <= 3 ? 1.15 : 1.0, QFont::DemiBold));
    label->setContentsMargins(0, 8, 0, 0);
    return label;
}

QWidget *listItemBlock(const TextBlock &block, QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(block.level * kIndent, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(bodyLabel(u"•"_s, row), 0, Qt::AlignTop);
    layout->addWidget(wrappedLabel(block.text, row), 1);
    return row;
}

/// Code and tables keep their lines; what is wider than the pane wraps rather than hides.
QWidget *fixedBlock(const TextBlock &block, QWidget *parent)
{
    auto *frame = styled(new QFrame(parent), "code");
    auto *layout = new QHBoxLayout(frame);
    layout->setContentsMargins(10, 8, 10, 8);
    QLabel *label = wrappedLabel(block.text, frame);
    label->setFont(fixedFont());
    layout->addWidget(label);
    return frame;
}

} // namespace

QWidget *textBlockWidget(const TextBlock &block, QWidget *parent)
{
    switch (block.kind) {
    case TextBlock::Kind::Heading:
        return headingBlock(block, parent);
    case TextBlock::Kind::ListItem:
        return listItemBlock(block, parent);
    case TextBlock::Kind::Code:
    case TextBlock::Kind::Table:
        return fixedBlock(block, parent);
    case TextBlock::Kind::Quote:
        return dimLabel(block.text, parent);
    case TextBlock::Kind::Paragraph:
    case TextBlock::Kind::Html:
        break;
    }
    return wrappedLabel(block.text, parent);
}

} // namespace runsheet
