// SPDX-License-Identifier: Apache-2.0
#include "startcontent.h"

#include "base/text.h"
#include "runbook/parser.h"
#include "runbooks/bundled.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

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

Result<void> readEnvironments(const QString &fileName, QList<Environment> &environments)
{
    QFile file(fileName);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = Error::Kind::Unreadable,
                     .message = u"%1 cannot be read. Check its permissions."_s.arg(fileName),
                     .detail = file.errorString()};
    const Result<QList<Environment>> read = parseEnvironments(file.readAll(), fileName);
    if (!read)
        return read.error();
    for (const Environment &environment : *read) {
        if (std::ranges::find(environments, environment.name, &Environment::name)
            == environments.end())
            environments += environment;
    }
    return {};
}

} // namespace

RunbookCard cardOf(const Runbook &runbook)
{
    return {.title = runbook.title,
            .subtitle = phasesOf(runbook),
            .items = runbook.signableSteps(),
            .file = runbook.fileName};
}

StartContent startContent(const QList<RunSummary> &runs)
{
    return {.runbooks = bundledCards(), .runs = runs, .journalLine = journalLine(runs)};
}

Result<QList<Environment>> environmentsFor(const QString &runbookFile)
{
    QList<Environment> environments;
    const QString own = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/runsheet/environments.yaml"_s;
    QStringList files{own};
    if (!runbookFile.isEmpty())
        files.prepend(QFileInfo(runbookFile).dir().filePath(u"environments.yaml"_s));
    for (const QString &fileName : files) {
        if (const Result<void> read = readEnvironments(fileName, environments); !read)
            return read.error();
    }
    return environments;
}

} // namespace runsheet
