// SPDX-License-Identifier: Apache-2.0
#include "run/commandinputs.h"

#include "base/secrets.h"
#include "redaction/secretforms.h"
#include "runbook/fillplaceholders.h"

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// A secret variable of the run is known by name only, so the next command has to be given it anew.
bool hasValue(const RunState &state, const QString &name)
{
    const auto variable = state.variables.constFind(name);
    return variable != state.variables.constEnd() && !variable->declaration.isEmpty();
}

QStringList openVariables(const RunState &state, const Command &command,
                          const QStringList &processVariables)
{
    QStringList open;
    if (command.language != CommandLanguage::Shell)
        return open;
    const QMap<QString, QString> given = commandEnvironment(state.environment);
    for (const QString &name : command.variables) {
        if (!hasValue(state, name) && !given.contains(name) && !processVariables.contains(name))
            open += name;
    }
    return open;
}

CommandInput inputFor(const RunState &state, const QString &name, CommandInput::Kind kind)
{
    using Origin = CommandInput::Origin;
    CommandInput input{.kind = kind, .name = name, .proposal = {}};
    const QString variable = variableNameOf(name);
    input.secret = isSecretAnswer(name, {});
    const auto propose = [&input](const QString &value, Origin origin) {
        if (input.proposal.isEmpty() && !value.isEmpty()) {
            input.proposal = value;
            input.origin = origin;
        }
    };
    propose(state.answers.value(variable), Origin::Remembered);
    if (hasValue(state, variable))
        propose(state.variables.value(variable).value, Origin::RunVariable);
    propose(state.environment.variables.value(variable), Origin::Environment);
    const auto left = state.variables.constFind(variable);
    if (input.origin == Origin::None && left != state.variables.constEnd()
        && left->value == kMaskedValue)
        input.origin = Origin::NotKept;
    return input;
}

QString tooShortToMask(const QString &name)
{
    return u"The value of %1 has fewer than %2 characters, so it cannot be masked: if the command "
           "prints it, it stands in the log. Use a longer secret."_s.arg(name)
               .arg(redaction::kShortestSecret);
}

} // namespace

QList<CommandInput> commandInputs(const RunState &state, const Command &command,
                                  const QStringList &processVariables)
{
    QList<CommandInput> inputs;
    for (const QString &name : command.placeholders)
        inputs += inputFor(state, name, CommandInput::Kind::Placeholder);
    for (const QString &name : openVariables(state, command, processVariables))
        inputs += inputFor(state, name, CommandInput::Kind::Variable);
    return inputs;
}

Result<PreparedCommand> prepareCommand(const RunState &state, const Command &command,
                                       const QMap<QString, QString> &answers,
                                       const QStringList &processVariables)
{
    const Result<FilledCommand> filled = fillPlaceholders(command, answers);
    if (!filled)
        return filled.error();
    PreparedCommand prepared{.text = filled->text,
                             .variables = {},
                             .secrets = filled->secrets,
                             .answers = {},
                             .secretAnswers = {},
                             .open = filled->open,
                             .warnings = filled->warnings};
    const QStringList variables = openVariables(state, command, processVariables);
    for (const QString &name : variables) {
        if (const QString value = answers.value(name); value.isEmpty())
            prepared.open += name;
        else if (isSecretAnswer(name, value))
            prepared.secrets.insert(name, value);
        else
            prepared.variables.insert(name, value);
    }
    for (const QString &name : command.placeholders + variables) {
        const QString value = answers.value(name);
        if (value.isEmpty())
            continue;
        if (isSecretAnswer(name, value))
            prepared.secretAnswers += name;
        else
            prepared.answers.insert(name, value);
    }
    for (auto it = prepared.secrets.begin(); it != prepared.secrets.end(); ++it) {
        if (!redaction::isMaskable(it->toStdString()))
            prepared.warnings += tooShortToMask(it.key());
    }
    return prepared;
}

} // namespace runsheet
