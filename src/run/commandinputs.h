// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/state.h"

namespace runsheet
{

/// A value that a person gives before a command runs.
struct CommandInput
{
    enum class Kind
    {
        Placeholder, ///< written into the text
        Variable ///< handed over as an environment variable
    };
    enum class Origin
    {
        None,
        Remembered, ///< given earlier in this run
        RunVariable, ///< left by an earlier command
        Environment, ///< one of the environment's variables
        NotKept ///< no proposal: an earlier command left a secret, and its value is gone
    };

    Kind kind = Kind::Placeholder;
    QString name; ///< as written: "<account>", "BACKUP_ID"
    QString proposal; ///< empty: there is none
    Origin origin = Origin::None; ///< of the proposal
    bool secret = false; ///< by its name; not shown and not kept

    bool operator==(const CommandInput &) const = default;
};

/// A command as it would run with some answers.
struct PreparedCommand
{
    QString text; ///< the exact bytes
    QMap<QString, QString> variables; ///< handed to the command alone
    QMap<QString, QString> secrets; ///< handed over too, shown and written down nowhere
    QMap<QString, QString> answers; ///< of those given, what may be written down
    QStringList secretAnswers; ///< names of the others
    QStringList open; ///< what still has no answer; nothing runs before this is empty
    QStringList warnings; ///< sentences

    bool operator==(const PreparedCommand &) const = default;
};

/// Placeholders, and variables that neither the run nor the environment nor this program's own
/// process (`processVariables`: their names) has a value for, in the order of the text.
[[nodiscard]] QList<CommandInput> commandInputs(const RunState &state, const Command &command,
                                                const QStringList &processVariables);

/// Answers are by CommandInput::name; empty ones count as none. Refused when a value cannot be
/// filled in.
[[nodiscard]] Result<PreparedCommand> prepareCommand(const RunState &state, const Command &command,
                                                     const QMap<QString, QString> &answers,
                                                     const QStringList &processVariables);

} // namespace runsheet
