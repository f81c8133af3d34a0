// SPDX-License-Identifier: Apache-2.0
#include "runbook/parser.h"

#include <QDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace runsheet;

/// The runbooks that come with the program must be examples of good ones.
class TestBundled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsesWithoutFindings_data() { addRunbooks(); }
    void parsesWithoutFindings();
    void hasPhasesToCarryOut_data() { addRunbooks(); }
    void hasPhasesToCarryOut();
    void everyRunnableBlockIsACommand_data() { addRunbooks(); }
    void everyRunnableBlockIsACommand();
    void everyCommandHasALabel_data() { addRunbooks(); }
    void everyCommandHasALabel();

private:
    static void addRunbooks();
};

void TestBundled::addRunbooks()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(RUNSHEET_SOURCE_DIR "/runbooks"));
    for (const QString &name : folder.entryList(QStringList{u"*.md"_s})) {
        if (name != u"README.md")
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
}

void TestBundled::parsesWithoutFindings()
{
    QFETCH(QString, file);
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook.hasValue());
    for (const Diagnostic &diagnostic : runbook->diagnostics)
        QFAIL(qPrintable(u"line %1: %2"_s.arg(diagnostic.location.line).arg(diagnostic.message)));
}

void TestBundled::hasPhasesToCarryOut()
{
    QFETCH(QString, file);
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook.hasValue());
    for (const PhaseGroup group : {PhaseGroup::Before, PhaseGroup::Window, PhaseGroup::Rollback}) {
        const bool found = std::ranges::any_of(runbook->phases, [group](const Phase &phase) {
            return phase.group == group && !phase.steps.isEmpty();
        });
        QVERIFY(found);
    }
    QVERIFY(std::ranges::none_of(runbook->phases, [](const Phase &phase) {
        return phase.group == PhaseGroup::Reference && !phase.steps.isEmpty();
    }));
}

/// What stands in a phase that is carried out can be run from there.
void TestBundled::everyRunnableBlockIsACommand()
{
    QFETCH(QString, file);
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook.hasValue());
    for (const Phase &phase : runbook->phases) {
        if (phase.group == PhaseGroup::Reference)
            continue;
        for (const Phase::Text &text : phase.text)
            QVERIFY2(!text.block.info.startsWith(u"bash"), qPrintable(text.block.text));
        for (const Step &step : phase.steps) {
            for (const TextBlock &note : step.notes)
                QVERIFY2(!note.info.startsWith(u"bash"), qPrintable(note.text));
        }
    }
}

void TestBundled::everyCommandHasALabel()
{
    QFETCH(QString, file);
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook.hasValue());
    for (const Phase &phase : runbook->phases) {
        for (const Step &step : phase.steps) {
            for (const Command &command : step.commands)
                QVERIFY2(!command.label.isEmpty(), qPrintable(command.text));
        }
    }
}

QTEST_GUILESS_MAIN(TestBundled)
#include "tst_bundled.moc"
