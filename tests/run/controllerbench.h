// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/controller.h"
#include "support/eventbuilder.h"
#include "support/fakejournal.h"
#include "support/fakerunner.h"

#include <QSignalSpy>
#include <QTest>

namespace runsheet::test
{

class FixedClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override
    {
        return QDateTime(QDate(2026, 11, 20), QTime(2, 0), Qt::UTC);
    }
};

/// A controller on fakes, with what it said.
struct Bench
{
    FakeJournal journal;
    FakeRunner runner;
    FixedClock clock;
    RunController controller{journal,
                             runner,
                             clock,
                             {.name = QStringLiteral("Ada"),
                              .account = QStringLiteral("ada"),
                              .host = QStringLiteral("desk")}};
    QSignalSpy opened{&controller, &RunController::runOpened};
    QSignalSpy changed{&controller, &RunController::stateChanged};
    QSignalSpy failed{&controller, &RunController::failed};

    [[nodiscard]] const RunState &state() const { return controller.state(); }
    [[nodiscard]] QStringList journalled() const
    {
        QStringList types;
        for (const RunEvent &event : journal.events(state().id))
            types += typeName(event.body);
        return types;
    }
    [[nodiscard]] QString lastError() const
    {
        return failed.isEmpty() ? QString()
                                : failed.constLast().constFirst().value<Error>().message;
    }
    void settle() const { QTRY_COMPARE(controller.pendingEvents(), 0); }
    void create(const QByteArray &source = test::kRunbook)
    {
        controller.createRun(
            {.runbookFile = QStringLiteral("t.md"),
             .runbookSource = source,
             .environment = {.name = QStringLiteral("staging"),
                             .variables = {{QStringLiteral("APP"), QStringLiteral("shop")}}},
             .windowStart = clock.now(),
             .windowEnd = clock.now().addSecs(3600)});
        QTRY_VERIFY(!opened.isEmpty() || !failed.isEmpty());
    }
    /// Approved, and the gate to the execution phase open.
    void prepare()
    {
        create();
        controller.approveRunbook();
        controller.decideGate(
            state().runbook->phaseOf(stepNamed(state(), QStringLiteral("Migrate")))->id, true,
            QStringLiteral("rehearsed"));
        settle();
    }
    [[nodiscard]] CommandId migrate() const
    {
        return commandOf(state(), QStringLiteral("Migrate"));
    }
};

} // namespace runsheet::test
