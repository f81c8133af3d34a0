// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/reference.h"
#include "widgets/card.h"

class QVBoxLayout;

namespace runsheet
{

/// One entry of the reference. What can be copied is a button that copies: nothing in it opens or
/// runs anything.
class EntryCard final : public Card
{
    Q_OBJECT

public:
    struct Content
    {
        ReferenceEntry entry;
        QString section; ///< named above it; empty when it is clear
        bool isContacts = false;
    };
    EntryCard(const Content &content, QStringList words, QWidget *parent);

Q_SIGNALS:
    void copyWanted(const QString &text);

private:
    void addBlock(const TextBlock &block);
    void addCode(const TextBlock &block);
    void addAddresses(const QString &text);
    [[nodiscard]] QWidget *marked(const QString &text, const QFont &font);

    QStringList m_words;
    bool m_isContacts;
    QVBoxLayout *m_column;
};

} // namespace runsheet
