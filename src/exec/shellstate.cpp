// SPDX-License-Identifier: Apache-2.0
#include "exec/shellstate.h"

#include "base/secrets.h"
#include "exec/shelldeclaration.h"
#include "redaction/secretnames.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr QByteArrayView kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
constexpr QByteArrayView kEndMark = "# complete\n";
constexpr QByteArrayView kSecretPrefix = "# secret ";

/// Bash that saves the state. Nothing is forked for it and nothing it does shows in the log.
/// LC_ALL=C makes declare write every byte above 127 as an octal escape, so that declarations mean
/// the same in any locale and bytes that are no UTF-8 survive. The script's own EXIT traps are
/// kept: ours runs first and hands on the exit code. In a trap a bare "return" answers the status
/// from before the trap, so each return says its own.
///
/// What holds a secret is only named: by its own name, because a password stands in it, or because
/// it holds the value of one that is secret by name. The place of a secret (TOKEN_FILE) is no such
/// value: others may well lie there.
///
/// An interrupt by Stop ends the script, whatever it meets: left to itself, bash forgets one that
/// arrives while a program is just ending or that a program takes for its own affair (ping), and
/// goes on to the next command. Two of three were lost in a loop of short programs. In a $(…) that
/// is just ending bash still forgets one in twenty, as it does by itself.
///
/// Stop leaves the file "interrupted". Without it Ctrl+C was typed: a program that takes it for its
/// own affair and ends well, as psql does with a statement, lets the script go on as in a terminal.
constexpr auto kPrelude = R"bash(unset BASH_ENV
__runsheet_holds_password() {
    [[ ${1,,} =~ ://[^/[:space:]:@]*:[^/[:space:]@]+@|(^|[?\&[:space:]])password=[^[:space:]\&] ]]
}
__runsheet_hide_copies() {
    local __runsheet_secret
    local -a __runsheet_all=("${__runsheet_kept[@]}")
    __runsheet_kept=()
    for __runsheet_name in "${__runsheet_all[@]}"; do
        __runsheet_value="$__runsheet_name[*]"
        for __runsheet_secret in "${__runsheet_secrets[@]}"; do
            if [[ ${!__runsheet_value} == *"$__runsheet_secret"* ]]; then
                __runsheet_hidden+=("$__runsheet_name")
                continue 2
            fi
        done
        __runsheet_kept+=("$__runsheet_name")
    done
}
__runsheet_dump() {
    local -
    set +eux
    local __runsheet_name __runsheet_value=${*:2} __runsheet_any=
    # One look at all names together: mostly there is no secret one, and a command waits for this.
    case ${__runsheet_value^^} in @SECRETS@) __runsheet_any=1 ;; esac
    local -a __runsheet_kept=() __runsheet_hidden=() __runsheet_secrets=()
    local -a __runsheet_rematch=("${BASH_REMATCH[@]}")
    for __runsheet_name in "${@:2}"; do
        case ${__runsheet_name^^} in
            __RUNSHEET_*|BASH*|_|LC_ALL) continue ;;
        esac
        if [[ $__runsheet_any ]]; then
            case ${__runsheet_name^^} in @SECRETS@)
                __runsheet_hidden+=("$__runsheet_name")
                case ${__runsheet_name^^} in @PLACES@) continue ;; esac
                __runsheet_value=${!__runsheet_name-}
                (( ${#__runsheet_value} < 8 )) || __runsheet_secrets+=("$__runsheet_value")
                continue ;;
            esac
        fi
        __runsheet_value="$__runsheet_name[*]"
        case ${!__runsheet_value} in
            *@*|*=*)
                if __runsheet_holds_password "${!__runsheet_value}"; then
                    __runsheet_hidden+=("$__runsheet_name")
                    continue
                fi ;;
        esac
        __runsheet_kept+=("$__runsheet_name")
    done
    (( ${#__runsheet_secrets[@]} == 0 )) || __runsheet_hide_copies
    {
        (( ${#__runsheet_hidden[@]} == 0 )) || printf '# secret %s\n' "${__runsheet_hidden[@]}"
        LC_ALL=C declare -p "${__runsheet_kept[@]}"
        declare -p LC_ALL
        printf '# complete\n'
    } >|"$__runsheet_folder/$1"
    BASH_REMATCH=("${__runsheet_rematch[@]}")
}
__runsheet_exit() {
    if [[ $BASHPID == "$__runsheet_pid" ]]; then __runsheet_dump state.after @ALL@; fi
    return "$1"
}
__runsheet_interrupt() {
    local __runsheet_word
    local -a __runsheet_words
    if [[ $1 != 130 && ! -e $__runsheet_folder/interrupted ]]; then
        read -ra __runsheet_words <<< "$BASH_COMMAND"
        for __runsheet_word in "${__runsheet_words[@]}"; do
            [[ $__runsheet_word == [A-Za-z_]*=* ]] || break
        done
        if [[ $(builtin type -t -- "$__runsheet_word") == file ]]; then return 0; fi
    fi
    builtin trap - INT
    kill -INT "$BASHPID"
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
{ __runsheet_dump state.before @FIRST@ || :; } 2>/dev/null
builtin trap "$__runsheet_save" EXIT
builtin trap '__runsheet_interrupt "$?"' INT
)bash";

QByteArray singleQuoted(const QString &text)
{
    return '\'' + text.toUtf8().replace('\'', "'\\''") + '\'';
}

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray secretPatterns()
{
    QByteArrayList patterns;
    for (const std::string_view word : redaction::kSecretWords)
        patterns += '*' + bytesOf(word) + '*';
    for (const std::string_view ending : redaction::kSecretEndings)
        patterns += '*' + bytesOf(ending);
    return patterns.join('|');
}

QByteArray placePatterns()
{
    QByteArrayList patterns;
    for (const std::string_view ending : redaction::kPlaceEndings)
        patterns += '*' + bytesOf(ending);
    return patterns.join('|');
}

/// Bash's names of all variables that begin so, letter by letter: the one list of them that needs
/// no fork.
QByteArray namesBeginningWith(QByteArrayView letters)
{
    QByteArrayList prefixes;
    for (const char first : letters)
        prefixes += R"("${!)"_ba + first + R"(@}")"_ba;
    return prefixes.join(' ');
}

/// Each letter costs bash a look at every variable, and a command waits for this list.
QByteArray firstLetters(const QStringList &names)
{
    QByteArray letters = "BCDEFGHILMOPRSTU_"; // bash's own
    for (const QString &name : names) {
        const char first = name.isEmpty() ? '\0' : name.front().toLatin1();
        if (kLetters.contains(first) && !letters.contains(first))
            letters += first;
    }
    return letters;
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

QByteArray shellPrelude(const QString &folder, const QMap<QString, ShellVariable> &variables,
                        const QStringList &environment)
{
    const QByteArray first = firstLetters(environment + variables.keys());
    QByteArray text = QByteArray(kPrelude)
                          .replace("@SECRETS@", secretPatterns())
                          .replace("@PLACES@", placePatterns())
                          .replace("@ALL@", namesBeginningWith(kLetters))
                          .replace("@FIRST@", namesBeginningWith(first));
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
