// SPDX-License-Identifier: Apache-2.0
#include "runbook/commandfrom.h"

#include "runbook/interactive.h"
#include "runbook/placeholders.h"
#include "runbook/shellvariables.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// What is annotated wins over what the text looks like.
bool isSet(const Attributes &attributes, const QString &name, bool otherwise)
{
    const auto it = attributes.constFind(name);
    return it == attributes.constEnd() ? otherwise : *it == u"true";
}

} // namespace

Command commandFrom(const CommandPiece &piece, const FenceInfo &fence, const Attributes &attributes,
                    SourceLocation location)
{
    Command command;
    command.language = piece.language;
    command.label =
        attributes.value(u"label"_s, piece.label.isEmpty() ? fence.comment : piece.label);
    command.text = piece.text;
    command.attributes = attributes;
    command.choice = piece.choice;
    command.placeholders = findPlaceholders(piece.text, command.language);
    command.location = location;
    if (command.language == CommandLanguage::Shell) {
        command.follower = isSet(attributes, u"background"_s, isFollower(piece.text));
        command.variables = variablesReadBy(piece.text);
        command.interactive = isSet(attributes, u"interactive"_s, isInteractive(piece.text));
    }
    return command;
}

} // namespace runsheet
