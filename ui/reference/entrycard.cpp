// SPDX-License-Identifier: Apache-2.0
#include "reference/entrycard.h"

#include "base/text.h"
#include "theme.h"
#include "widgets/labels.h"
#include "widgets/markedlabel.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kIndent = 16;
constexpr int kShownCharacters = 44; // of an address: a long one must not widen the pane

QFont fontOf(const TextBlock &block)
{
    switch (block.kind) {
    case TextBlock::Kind::Heading:
        return scaledFont(1, QFont::DemiBold);
    case TextBlock::Kind::Code:
    case TextBlock::Kind::Table:
        return fixedFont();
    case TextBlock::Kind::Paragraph:
    case TextBlock::Kind::ListItem:
    case TextBlock::Kind::Quote:
    case TextBlock::Kind::Html:
        break;
    }
    return scaledFont(1);
}

QString shortened(const QString &address)
{
    if (address.size() <= kShownCharacters)
        return address;
    return address.left(kShownCharacters / 2) + u'…' + address.right(kShownCharacters / 2);
}

} // namespace

EntryCard::EntryCard(const Content &content, QStringList words, QWidget *parent)
    : Card(firstLine(content.entry.blocks.constFirst().text), parent)
    , m_words(std::move(words))
    , m_isContacts(content.isContacts)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(12, 10, 12, 10);
    m_column->setSpacing(6);
    if (!content.section.isEmpty())
        m_column->addWidget(capsLabel(content.section, this));
    for (const TextBlock &block : content.entry.blocks)
        addBlock(block);
}

QWidget *EntryCard::marked(const QString &text, const QFont &font)
{
    auto *label = new MarkedLabel(text, this);
    label->setFont(font);
    label->setMarks(occurrences(text, m_words));
    return label;
}

void EntryCard::addBlock(const TextBlock &block)
{
    if (block.kind == TextBlock::Kind::Code) {
        addCode(block);
        return;
    }
    const bool isItem = block.kind == TextBlock::Kind::ListItem;
    auto *row = new QHBoxLayout;
    row->setContentsMargins(isItem ? block.level * kIndent : 0, 0, 0, 0);
    row->setSpacing(8);
    if (isItem)
        row->addWidget(bodyLabel(u"•"_s, this), 0, Qt::AlignTop);
    row->addWidget(marked(block.text, fontOf(block)), 1);
    m_column->addLayout(row);
    addAddresses(block.text);
}

void EntryCard::addCode(const TextBlock &block)
{
    auto *frame = styled(new QFrame(this), "code");
    auto *copy = linkButton(tr("Copy"), frame);
    copy->setAccessibleName(tr("Copy: %1").arg(firstLine(block.text)));
    connect(copy, &QPushButton::clicked, this,
            [this, text = block.text] { Q_EMIT copyWanted(text); });
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(10, 6, 6, 6);
    row->addWidget(marked(block.text, fontOf(block)), 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    m_column->addWidget(frame);
}

void EntryCard::addAddresses(const QString &text)
{
    const QStringList addresses = addressesIn(text, m_isContacts);
    for (const QString &address : addresses) {
        QPushButton *copy = linkButton(shortened(address), this);
        copy->setAccessibleName(tr("Copy: %1").arg(address));
        copy->setToolTip(tr("Copy: %1").arg(address).toHtmlEscaped());
        connect(copy, &QPushButton::clicked, this, [this, address] { Q_EMIT copyWanted(address); });
        m_column->addWidget(copy, 0, Qt::AlignLeft);
    }
}

} // namespace runsheet
