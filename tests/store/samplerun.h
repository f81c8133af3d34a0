// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run/event.h"

#include <QList>

namespace runsheet::test
{

/// Events of one made-up run, for the tests of store and report.
class SampleRun
{
public:
    explicit SampleRun(QString runbook = defaultRunbook());

    /// Two phases, a command, a step for two people.
    [[nodiscard]] static QString defaultRunbook();

    /// The event without seq, previous and hash, one minute after the one made before.
    RunEvent make(EventBody body, const QString &person = QStringLiteral("Rosa"));
    [[nodiscard]] RunCreated created() const;

    /// The ids as the parser gives them.
    [[nodiscard]] StepId step(const QString &title) const;
    [[nodiscard]] CommandId command(const QString &stepTitle) const;

    RunId id = RunId::create();
    QJsonObject environment;
    QString runbook;

private:
    int m_minute = 0;
};

/// Numbers, links and hashes the events, as the store does.
[[nodiscard]] QList<RunEvent> chained(QList<RunEvent> events);

} // namespace runsheet::test
