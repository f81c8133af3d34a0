// SPDX-License-Identifier: Apache-2.0
#include "startcontent.h"

#include "base/text.h"
#include "runbook/parser.h"
#include "runbooks/bundled.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kMaxPhasesNamed = 5;

QString phasesOf(const Runbook &runbook)
{
    QStringList names;
    qsizetype scenarios = 0;
    for (const Phase &phase : runbook.phases) {
        const bool onTheWay =
            phase.group != PhaseGroup::Rollback && phase.group != PhaseGroup::Reference;
        if (phase.isRollbackScenario())
            ++scenarios;
        else if (onTheWay && names.size() < kMaxPhasesNamed)
            names += phase.shortTitle;
    }
    if (scenarios > 0)
        names += countOf(scenarios, u"rollback scenario"_s);
    return names.join(u" · "_s);
}

/// Parsed once: the bundled runbooks are part of the program.
const QList<RunbookCard> &bundledCards()
{
    static const QList<RunbookCard> kCards = [] {
        QList<RunbookCard> cards;
        for (const QString &file : bundledRunbooks()) {
            const Result<Runbook> runbook = loadRunbook(file);
            if (runbook)
                cards += cardOf(*runbook);
        }
        return cards;
    }();
    return kCards;
}

QString journalLine(const QList<RunSummary> &runs)
{
    return u"Journal: SQLite on this computer · %1"_s.arg(countOf(runs.size(), u"run"_s));
}

} // namespace

RunbookCard cardOf(const Runbook &runbook)
{
    return {.title = runbook.title,
            .subtitle = phasesOf(runbook),
            .items = runbook.signableSteps(),
            .file = runbook.fileName,
            .findings = runbook.diagnostics};
}

StartContent startContent(const QList<RunSummary> &runs)
{
    return {.runbooks = bundledCards(), .runs = runs, .journalLine = journalLine(runs)};
}

StartContent startContentWithoutRuns()
{
    return {.runbooks = bundledCards(),
            .runs = {},
            .journalRead = false,
            .journalLine = u"Journal: cannot be read"_s};
}

} // namespace runsheet
