// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"
#include "support/temporarypostgres.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace runsheet::test
{

/// A whole session on a real server, with one command to run and stop.
class ServerBench
{
public:
    explicit ServerBench(TemporaryPostgres &server)
        : m_server(server)
    {
        m_session = std::make_unique<Session>(Paths(m_folder.filePath(QStringLiteral("data"))));
    }

    [[nodiscard]] RunController &controller() { return m_session->controller(); }
    [[nodiscard]] const RunState &state() const { return m_session->controller().state(); }
    [[nodiscard]] const Execution &execution() const { return state().executions.constLast(); }
    [[nodiscard]] TemporaryPostgres &server() { return m_server; }
    [[nodiscard]] QString dataFolder() const { return m_session->paths().data(); }

    /// A run whose only command is this fence; it is approved and may run.
    void open(const QByteArray &fence, const QByteArray &script)
    {
        const QByteArray source = "# Stops\n\n## Execution\n\n### Step 1: Work\n\n```" + fence
            + '\n' + script + "\n```\n";
        QSignalSpy opened(&controller(), &RunController::runOpened);
        controller().createRun(
            {.runbookFile = QStringLiteral("stops.md"),
             .runbookSource = source,
             .environment = {.name = QStringLiteral("test"),
                             .connection = m_server.connection(),
                             .variables = {{QStringLiteral("PATH"),
                                            m_server.binFolder() + QLatin1Char(':')
                                                + qEnvironmentVariable("PATH")}}}});
        QVERIFY(opened.wait(20'000));
        controller().approveRunbook();
        QTRY_VERIFY(state().approval);
    }
    void run()
    {
        controller().runCommand(
            state().runbook->phases.constFirst().steps.constFirst().commands.constFirst().id);
        QTRY_VERIFY(!state().executions.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(execution().phase == Execution::Phase::Intended, false, 20'000);
    }
    /// As the dialog does first: what the command is doing on the server.
    void look()
    {
        const qsizetype before = checks().size();
        controller().checkServer(execution().id);
        QTRY_VERIFY_WITH_TIMEOUT(checks().size() > before, 20'000);
    }
    void stop(StopRung rung)
    {
        const qsizetype before = execution().stops.size();
        controller().stopExecution(execution().id, rung);
        QTRY_VERIFY(execution().stops.size() > before);
    }
    [[nodiscard]] QList<ServerChecked> checks() const
    {
        QList<ServerChecked> found;
        for (const RunEvent &event : m_session->controller().events()) {
            if (const auto *checked = std::get_if<ServerChecked>(&event.body))
                found += *checked;
        }
        return found;
    }
    [[nodiscard]] QString ask(const QString &sql) const
    {
        const Result<QString> answer = m_server.execute(sql);
        return answer ? answer->trimmed() : describe(answer.error());
    }
    /// The command's sessions that are working.
    [[nodiscard]] QString working() const
    {
        return ask(QStringLiteral("select count(*) from pg_stat_activity where application_name "
                                  "like 'runsheet:%' and state = 'active'"));
    }

private:
    TemporaryPostgres &m_server;
    QTemporaryDir m_folder;
    std::unique_ptr<Session> m_session;
};

} // namespace runsheet::test
