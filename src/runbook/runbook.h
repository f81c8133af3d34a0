// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "runbook/diagnostic.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace runsheet
{

/// The block of the phase rail a phase stands in, in carrying-out order.
enum class PhaseGroup
{
    Before,
    Window,
    After,
    Rollback,
    Reference
};

/// "before", "window", "after", "rollback", "reference": in rules, reports and checks.
[[nodiscard]] QString groupName(PhaseGroup group);
[[nodiscard]] std::optional<PhaseGroup> groupFromName(const QString &name);

/// A piece of the document that is no step and no command, kept so that nothing is dropped.
struct TextBlock
{
    enum class Kind
    {
        Paragraph,
        Heading,
        ListItem,
        Code,
        Quote,
        Table,
        Html
    };

    Kind kind = Kind::Paragraph;
    int level = 0; ///< heading level, or nesting depth of a list item (0 = outermost)
    QString text; ///< plain text; code verbatim without its fence
    QString info; ///< the fence's info string for Code
    SourceLocation location;

    bool operator==(const TextBlock &) const = default;
};

enum class CommandLanguage
{
    Shell,
    Sql
};

/// One runnable piece of a fenced block.
struct Command
{
    CommandId id;
    CommandLanguage language = CommandLanguage::Shell;
    QString label; ///< from the comment lines above it; may be empty
    QString text; ///< exactly the bytes that run, with its comments, no trailing newline
    QMap<QString, QString>
        attributes; ///< as annotated for it or above it, checked; use the accessors below
    bool follower = false; ///< runs beside the step until it is stopped (tail -f, watch …)
    QStringList placeholders; ///< unfilled <account>, XXXXX, YYYY-MM-DD as written
    QStringList variables; ///< names it reads as $NAME or ${NAME} and does not set itself
    /// "Option A": the commands of a step that have one are alternatives, of which one is run.
    QString choice;
    bool interactive = false; ///< waits for typing: an editor, a bare psql
    SourceLocation location;

    bool operator==(const Command &) const = default;

    /// Label, else the first line of the text that is no comment: for buttons and titles.
    [[nodiscard]] QString title() const;
    /// False only with tty=false.
    [[nodiscard]] bool wantsTerminal() const;
    /// confirm=true: a person is asked before it starts.
    [[nodiscard]] bool asksConfirmation() const;
    /// once=true: once it has succeeded, a second time in this run asks for a typed word.
    [[nodiscard]] bool runsOnce() const;
    /// False only with cancel=false: stopping it half-way would leave worse behind.
    [[nodiscard]] bool canBeCancelled() const;
    /// check="select …": a query whose answer says whether the command's work is done; may be
    /// empty.
    [[nodiscard]] QString checkQuery() const;
    /// clientcheck=true or false: whether the server is told to notice a client that is gone.
    [[nodiscard]] std::optional<bool> wantsClientCheck() const;
    /// timeout=15m: after this a warning is shown.
    [[nodiscard]] std::optional<qint64> timeoutSeconds() const;
    [[nodiscard]] QString name() const; ///< name=backup; may be empty
    [[nodiscard]] QString workingFolder() const; ///< cwd=apps/api; may be empty
    /// probe=15s: how often to run it and chart its answer; 0 for probe=true, which leaves it open.
    [[nodiscard]] std::optional<qint64> probeSeconds() const;
};

/// What the runbook says the command before it prints.
struct Expectation
{
    QString text;
    QString label; ///< the line that announces it, "Expected output:"; may be empty
    QString info; ///< fence info string, "json" for JSON
    CommandId command; ///< empty when no command stands before it
    SourceLocation location;

    bool operator==(const Expectation &) const = default;
};

/// A request the runbook describes and a person may have made for them ("GET /healthz").
struct HttpCheck
{
    QString method; ///< upper case
    QString target; ///< path or URL as written
    int expectedStatus = 0; ///< 0: any below 400
    QString expectedBody; ///< JSON or text; empty: not compared
    QString bodyLabel; ///< the line that announces the body; may be empty
    SourceLocation bodyLocation;
    SourceLocation location;

    bool operator==(const HttpCheck &) const = default;
};

/// One thing to do and sign.
struct Step
{
    StepId id;
    StepId parent; ///< empty for a step of the phase itself
    QList<StepId>
        children; ///< direct ones; a step with children is derived from them, never signed
    int depth = 0;
    QString title; ///< plain text of the item or heading, without markup
    bool required = true;
    int signOffs = 1; ///< how many different people must sign ("by 2+ engineers" → 2)
    QString role; ///< who should sign, as annotated; may be empty
    std::optional<qint64> dueSeconds; ///< from T0, when it differs from its phase's
    std::optional<qint64> waitSeconds; ///< "for 15 minutes": how long to watch
    bool checkedInSource = false; ///< "- [x]" in the document; shown, never counted as signed
    QList<TextBlock> notes; ///< everything else that stands under the step, in order
    QList<Command> commands;
    QList<Expectation> expectations;
    QList<HttpCheck> httpChecks;
    SourceLocation location;

    bool operator==(const Step &) const = default;
    [[nodiscard]] bool isSignable() const { return children.isEmpty(); }
};

/// A timed part of the runbook, or a reference section.
struct Phase
{
    PhaseId id;
    PhaseGroup group = PhaseGroup::Reference;
    QString
        kind; ///< id of the phase rule that recognised it: "week-before", "execution", "contacts" …
    QString title; ///< the heading as written
    QString
        section; ///< title of the section around it when that one is no phase itself; may be empty
    QString shortTitle; ///< for the phase rail: "1 week", "Execution", "0–1 h"
    QString icon; ///< icon name for reference and rollback entries; may be empty
    std::optional<qint64> dueSeconds; ///< from T0, negative before it
    /// Text of the phase that belongs to no step. `position` counts the steps of this phase that
    /// stand before the block, so steps and text can be shown in source order.
    struct Text
    {
        TextBlock block;
        int position = 0;
        bool operator==(const Text &) const = default;
    };
    QList<Text> text;
    QList<Step> steps; ///< pre-order: a parent stands before its children
    SourceLocation location;

    bool operator==(const Phase &) const = default;
    /// One that can be declared and worked through; a heading above the scenarios is only text.
    [[nodiscard]] bool isRollbackScenario() const
    {
        return group == PhaseGroup::Rollback && !steps.isEmpty();
    }
    [[nodiscard]] int commandCount() const;
};

/// What the reference parser counts, for `runsheet check` and for comparing with a known file.
struct RunbookCounts
{
    int headings = 0;
    int taskItems = 0; ///< all of them
    int nestedTaskItems = 0; ///< those under another task item
    int orderedItems = 0; ///< list items of ordered lists that are no task items
    int bulletItems = 0;
    QMap<QString, int> codeBlocks; ///< by first word of the info string, "" for none

    bool operator==(const RunbookCounts &) const = default;
    /// Keys: headings, task_items, nested_task_items, ordered_items, bullet_items, code_blocks.
    [[nodiscard]] QJsonObject toJson() const;
};

/// The markdown document as parsed. Immutable once made; the source is never rewritten.
struct Runbook
{
    QString title; ///< first heading of level 1, else the file's base name
    QString fileName; ///< as opened, for messages; not part of the identity
    QByteArray source; ///< exactly the bytes that were read
    QString sha256; ///< of source
    QList<Phase> phases; ///< in source order; only phases that hold something
    RunbookCounts counts;
    QList<Diagnostic> diagnostics;

    bool operator==(const Runbook &) const = default;

    [[nodiscard]] const Phase *phase(const PhaseId &id) const;
    [[nodiscard]] const Step *step(const StepId &id) const;
    [[nodiscard]] const Phase *phaseOf(const StepId &id) const;
    [[nodiscard]] const Command *command(const CommandId &id) const;
    [[nodiscard]] const Step *stepOf(const CommandId &id) const;
    [[nodiscard]] int signableSteps() const;
    [[nodiscard]] int commandCount() const;
    [[nodiscard]] bool hasErrors() const;
};

} // namespace runsheet
