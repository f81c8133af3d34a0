// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/event.h"
#include "run/state.h"

namespace runsheet::test
{

/// A small runbook with every kind of phase, for tests of the run.
inline constexpr char kRunbook[] = R"(# Add a column

## Pre-Migration

### 1 Hour Before

- [ ] Create a backup
- [ ] Code review by 2+ engineers

## Execution

### Step 1: Migrate

```bash
# Apply
echo migrating
```

### Step 2: Look

## Rollback

### Scenario 1: It fails

1. Undo it

   ```bash
   echo undone
   ```

## Contacts

- **DBA**: 1234
)";

/// Builds a journal event by event, each complete with seq, link and hash, as a store would.
class EventBuilder
{
public:
    EventBuilder();

    /// Appends an event by `who`, one second after the one before.
    const RunEvent &add(EventBody body, const QString &who = QStringLiteral("Ada"));
    const RunEvent &create(const QByteArray &source = kRunbook);

    [[nodiscard]] const QList<RunEvent> &events() const { return m_events; }
    [[nodiscard]] RunState state() const { return replay(m_events); }

private:
    RunId m_run;
    QDateTime m_time;
    QList<RunEvent> m_events;
};

/// Step or command whose title contains the text; fails the test when there is none.
[[nodiscard]] StepId stepNamed(const RunState &state, const QString &text);
[[nodiscard]] CommandId commandOf(const RunState &state, const QString &stepText);
[[nodiscard]] PhaseId phaseNamed(const RunState &state, const QString &text);

} // namespace runsheet::test
