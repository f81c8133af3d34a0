// SPDX-License-Identifier: Apache-2.0
#include "exec/shellstate.h"

#include "base/secrets.h"
#include "exec/shelldeclaration.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr QByteArrayView kEndMark = "# complete\n";
constexpr QByteArrayView kSecretPrefix = "# secret ";

/// Bash that saves the state. Nothing is forked for it and nothing it does shows in the log.
/// LC_ALL=C makes declare write every byte above 127 as an octal escape, so that declarations mean
/// the same in any locale and bytes that are no UTF-8 survive. The script's own EXIT traps are
/// kept: ours runs first and hands on the exit code. In a trap a bare "return" answers the status
/// from before the trap, so each return says its own.
constexpr auto kPrelude = R"bash(unset BASH_ENV
__runsheet_holds_password() {
    [[ $1 == *@* || $1 == *=* ]] || return 1
    [[ ${1,,} =~ ://[^/[:space:]:@]*:[^/[:space:]@]+@|(^|[?\&[:space:]])password=[^[:space:]\&] ]]
}
__runsheet_dump() {
    local -
    set +eux
    local __runsheet_name __runsheet_all
    local -a __runsheet_names=() __runsheet_rematch=("${BASH_REMATCH[@]}")
    {
        for __runsheet_name in @NAMES@; do
            __runsheet_all="$__runsheet_name[*]"
            case ${__runsheet_name^^} in
                __RUNSHEET_*|BASH*|_|LC_ALL) continue ;;
                @SECRETS@) printf '# secret %s\n' "$__runsheet_name"; continue ;;
            esac
            if __runsheet_holds_password "${!__runsheet_all}"; then
                printf '# secret %s\n' "$__runsheet_name"
            else
                __runsheet_names+=("$__runsheet_name")
            fi
        done
        LC_ALL=C declare -p "${__runsheet_names[@]}"
        declare -p LC_ALL
        printf '# complete\n'
    } >|"$__runsheet_folder/$1"
    BASH_REMATCH=("${__runsheet_rematch[@]}")
}
__runsheet_exit() {
    if [[ $BASHPID == "$__runsheet_pid" ]]; then __runsheet_dump state.after; fi
    return "$1"
}
trap() {
    builtin trap "$@" || return
    if [[ ${1-} == -- ]]; then shift; fi
    if (( $# == 1 )) && [[ $1 != -* ]]; then set -- - "$1"; fi
    if (( $# < 2 )) || [[ $1 == -?* ]]; then return 0; fi
    local __runsheet_action=$1 __runsheet_condition
    if [[ $1 == - ]]; then __runsheet_action=; fi
    for __runsheet_condition in "${@:2}"; do
        case ${__runsheet_condition^^} in
            EXIT|SIGEXIT|0)
                builtin trap -- "$__runsheet_save"$'\n'"$__runsheet_action" EXIT ;;
        esac
    done
}
# "&& :" hands the exit code on without set -e taking it for a failure of the trap.
__runsheet_save='{ __runsheet_exit "$?" && :; } 2>/dev/null'
{ __runsheet_dump state.before || :; } 2>/dev/null
builtin trap "$__runsheet_save" EXIT
)bash";

QByteArray singleQuoted(const QString &text)
{
    return '\'' + text.toUtf8().replace('\'', "'\\''") + '\'';
}

QByteArray secretPatterns()
{
    QByteArrayList patterns;
    for (const QLatin1StringView word : kSecretWords)
        patterns += '*' + QByteArray(word.data(), word.size()) + '*';
    return patterns.join('|');
}

/// Bash's names of all variables, letter by letter: the one list of them that needs no fork.
QByteArray allNames()
{
    QByteArrayList prefixes;
    for (const char first : QByteArrayView("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"))
        prefixes += R"("${!)"_ba + first + R"(@}")"_ba;
    return prefixes.join(' ');
}

struct Snapshot
{
    bool complete = false;
    QMap<QString, ShellDeclaration> variables;
    QSet<QString> secrets;
    QString workingDirectory;
};

Snapshot readSnapshot(const QByteArray &text)
{
    Snapshot snapshot{.complete = text.endsWith(kEndMark)};
    for (const ShellDeclaration &declaration : parseDeclarations(text)) {
        if (declaration.name == "PWD"_L1)
            snapshot.workingDirectory = declaration.value;
        else if (isShellOwnName(declaration.name))
            continue;
        else if (holdsPassword(declaration.value))
            snapshot.secrets.insert(declaration.name);
        else
            snapshot.variables.insert(declaration.name, declaration);
    }
    for (const QByteArray &line : text.split('\n')) {
        const QString name = QString::fromLatin1(line.mid(kSecretPrefix.size()));
        if (line.startsWith(kSecretPrefix) && !isShellOwnName(name))
            snapshot.secrets.insert(name);
    }
    return snapshot;
}

/// A read-only variable passes on as an ordinary one: the next command may be the same again, and
/// setting it a second time would fail.
ShellVariable toVariable(const ShellDeclaration &declaration)
{
    ShellVariable variable{.value = declaration.value,
                           .declaration = declaration.source,
                           .exported = declaration.isExported()};
    if (declaration.isReadOnly()) {
        QString flags = declaration.flags;
        flags.remove(u'r');
        const qsizetype nameAt = variable.declaration.indexOf(u' ', qsizetype(9));
        variable.declaration = u"declare -"_s + (flags.isEmpty() ? u"-"_s : flags)
            + variable.declaration.sliced(nameAt);
    }
    return variable;
}

void collectChanges(const Snapshot &before, const Snapshot &after, ShellStateChange &change)
{
    for (const ShellDeclaration &declaration : after.variables) {
        const auto earlier = before.variables.constFind(declaration.name);
        if (earlier == before.variables.constEnd() || *earlier != declaration)
            change.changed.insert(declaration.name, toVariable(declaration));
    }
    for (const QString &name : after.secrets - before.secrets)
        change.changed.insert(name, ShellVariable{.value = kMaskedValue.toString()});
    const QStringList plain = before.variables.keys();
    for (const QString &name : QSet<QString>(plain.begin(), plain.end()) + before.secrets) {
        if (!after.variables.contains(name) && !after.secrets.contains(name))
            change.removed.append(name);
    }
    change.removed.sort();
}

} // namespace

QByteArray shellPrelude(const QString &folder, const QMap<QString, ShellVariable> &variables)
{
    QByteArray text =
        QByteArray(kPrelude).replace("@SECRETS@", secretPatterns()).replace("@NAMES@", allNames());
    QByteArray head = "__runsheet_folder=" + singleQuoted(folder) + "\n__runsheet_pid=$BASHPID\n";
    for (auto it = variables.begin(); it != variables.end(); ++it) {
        const std::optional<ShellDeclaration> declaration = parseDeclaration(it->declaration);
        if (declaration && declaration->name == it.key() && !isShellOwnName(it.key()))
            head += declaration->source.toUtf8() + " || :\n";
    }
    return head + text;
}

ShellStateChange shellStateChange(const QByteArray &before, const QByteArray &after)
{
    const Snapshot first = readSnapshot(before);
    const Snapshot last = readSnapshot(after);
    ShellStateChange change;
    if (!first.complete || !last.complete)
        return change;
    collectChanges(first, last, change);
    change.workingDirectory = last.workingDirectory;
    return change;
}

} // namespace runsheet
