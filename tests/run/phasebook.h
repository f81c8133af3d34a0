// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "controllerbench.h"

namespace runsheet::test
{

/// Three steps with commands, a step without, and a phase after them.
inline constexpr char kPhaseBook[] = R"(# Carry on

## Execution

### Step 1: Prepare

```bash
# First
echo first
```

```bash
# Second
echo second
```

### Step 2: Tell people

### Step 3: Migrate

```bash
# Third
echo third
```

## Verification

### Step 1: Look

```bash
# Fourth
echo fourth
```
)";

/// A controller on fakes with a run of some runbook, and what a test does to it.
struct PhaseBench : Bench
{
    void open(const QByteArray &source = kPhaseBook, bool approved = true)
    {
        create(source);
        if (approved)
            controller.approveRunbook();
        settle();
    }
    [[nodiscard]] PhaseId phase(const QString &title = QStringLiteral("Execution")) const
    {
        return phaseNamed(state(), title);
    }
    [[nodiscard]] CommandId command(const QString &label) const
    {
        for (const Phase &phase : state().runbook->phases) {
            for (const Step &step : phase.steps) {
                for (const Command &one : step.commands) {
                    if (one.title() == label)
                        return one.id;
                }
            }
        }
        return {};
    }
    /// Labels of the commands that were started, in order.
    [[nodiscard]] QStringList ran() const
    {
        QStringList labels;
        for (const CommandRequest &request : runner.requests())
            labels += state().runbook->command(request.command)->title();
        return labels;
    }
    void end(ExecutionOutcome outcome = ExecutionOutcome::Succeeded, int exitCode = 0)
    {
        runner.reportStarted();
        runner.reportEnded({.outcome = outcome, .exitCode = exitCode});
        settle();
    }
    void runByHand(const QString &label)
    {
        const auto before = runner.requests().size();
        controller.runCommand(command(label));
        QTRY_COMPARE(runner.requests().size(), before + 1);
    }
    void sign(const QString &title, SignOffOutcome outcome = SignOffOutcome::Done)
    {
        const StepId step = stepNamed(state(), title);
        controller.signStep({.step = step,
                             .outcome = outcome,
                             .note = QStringLiteral("n"),
                             .signedBy = QStringLiteral("Ada")});
        QTRY_VERIFY(state().isSigned(step));
    }
};

} // namespace runsheet::test
