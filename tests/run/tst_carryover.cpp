// SPDX-License-Identifier: Apache-2.0
#include "run/carryover.h"
#include "runbook/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

Runbook runbookOf(const QString &steps)
{
    return parseRunbook((u"# R\n\n## Execution\n\n"_s + steps).toUtf8(), u"r.md"_s);
}

/// "old → new" of every pair, sorted.
template <typename Id>
QString described(const QHash<Id, Id> &pairs)
{
    QStringList lines;
    for (auto it = pairs.begin(); it != pairs.end(); ++it)
        lines << it.key().value + u" → "_s + it.value().value;
    lines.sort();
    return lines.join(u'\n');
}

const QString kBoth = u"- [ ] Look\n- [ ] Migrate\n\n  ```bash\n  echo go\n  ```\n"_s;

} // namespace

class TestCarryOver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsAreTheSameWhenTheirContentIs_data();
    void stepsAreTheSameWhenTheirContentIs();
    void sameTextKeepsWhatRan_data();
    void sameTextKeepsWhatRan();
    void phasesAreTheSameByTitle();
    void unlikeListsNeverLookAlike();
};

void TestCarryOver::stepsAreTheSameWhenTheirContentIs_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("steps");
    const auto row = [](const char *name, const QString &before, const QString &after,
                        const QString &steps) { QTest::newRow(name) << before << after << steps; };
    const QString all = u"execution/look → execution/look\nexecution/migrate → execution/migrate"_s;
    const QString look = u"execution/look → execution/look"_s;
    row("nothing changed", kBoth, kBoth, all);
    row("moved", kBoth, u"- [ ] Migrate\n\n  ```bash\n  echo go\n  ```\n\n- [ ] Look\n"_s, all);
    row("renamed", u"- [ ] Look\n- [ ] Apply\n"_s, u"- [ ] Look\n- [ ] Apply it\n"_s, look);
    row("removed", kBoth, u"- [ ] Look\n"_s, look);
    row("added", u"- [ ] Look\n"_s, kBoth, look);
    row("other command", kBoth, QString(kBoth).replace(u"go"_s, u"stop"_s), look);
    row("its command is annotated anew", kBoth,
        QString(kBoth).replace(u"bash"_s, u"bash {timeout=15m}"_s), look);
    row("a note more", u"- [ ] Look\n- [ ] Ask\n"_s, u"- [ ] Look\n- [ ] Ask\n\n  The owner.\n"_s,
        look);
    row("ticked in the file", u"- [ ] Look\n"_s, u"- [x] Look\n"_s, look);
    row("under another step", u"- [ ] Look\n- [ ] Ask\n"_s, u"- [ ] Ask\n  - [ ] Look\n"_s,
        u"execution/ask → execution/ask"_s);
    row("the same twice, both kept", u"- [ ] Look\n- [ ] Look\n"_s,
        u"- [ ] Look\n- [ ] Ask\n- [ ] Look\n"_s,
        look + u"\nexecution/look-2 → execution/look-2"_s);
    row("the same twice, one removed: which one is not known", u"- [ ] Look\n- [ ] Look\n"_s,
        u"- [ ] Look\n"_s, {});
    row("a second one of the same title moves the id", u"- [ ] Look\n\n  Here.\n"_s,
        u"- [ ] Look\n\n  There.\n\n- [ ] Look\n\n  Here.\n"_s,
        u"execution/look → execution/look-2"_s);
}

void TestCarryOver::stepsAreTheSameWhenTheirContentIs()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, steps);
    QCOMPARE(described(carryOver(runbookOf(before), runbookOf(after)).steps), steps);
}

void TestCarryOver::sameTextKeepsWhatRan_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("commands");
    const auto step = [](const QString &title, const QString &command) {
        return u"- [ ] %1\n\n  ```bash\n  %2\n  ```\n\n"_s.arg(title, command);
    };
    const QString migrate = step(u"Migrate"_s, u"echo go"_s);
    const QString same = u"execution/migrate#1 → execution/migrate#1"_s;
    const auto row = [](const char *name, const QString &before, const QString &after,
                        const QString &commands) {
        QTest::newRow(name) << before << after << commands;
    };
    row("unchanged", migrate, migrate, same);
    row("its step has a note more", migrate, migrate + u"  Careful.\n"_s, same);
    row("it is annotated anew", migrate, QString(migrate).replace(u"bash"_s, u"bash {once=true}"_s),
        same);
    row("its step has another name", migrate, step(u"Apply"_s, u"echo go"_s),
        u"execution/migrate#1 → execution/apply#1"_s);
    row("it is another command", migrate, step(u"Migrate"_s, u"echo stop"_s), {});
    row("the same text elsewhere is not taken for it", migrate,
        step(u"First"_s, u"echo go"_s) + migrate + u"  Careful.\n"_s, same);
    row("once of twice is left", step(u"A"_s, u"echo go"_s) + step(u"B"_s, u"echo go"_s),
        step(u"B"_s, u"echo go"_s), u"execution/b#1 → execution/b#1"_s);
}

void TestCarryOver::sameTextKeepsWhatRan()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, commands);
    QCOMPARE(described(carryOver(runbookOf(before), runbookOf(after)).commands), commands);
}

void TestCarryOver::phasesAreTheSameByTitle()
{
    const Runbook before =
        parseRunbook("# R\n\n## Execution\n\n- [ ] A\n\n## Rollback\n\n- [ ] B\n", u"r.md"_s);
    const Runbook after = parseRunbook(
        "# R\n\n## Emergency rollback\n\n- [ ] B\n\n## Execution\n\n- [ ] C\n", u"r.md"_s);
    QCOMPARE(described(carryOver(before, after).phases), u"execution → execution"_s);
}

/// Where one text ends and the next begins is part of what is compared.
void TestCarryOver::unlikeListsNeverLookAlike()
{
    const Runbook before = runbookOf(u"- [ ] Look\n\n  One.\n\n  Two.\n"_s);
    const Runbook after = runbookOf(u"- [ ] Look\n\n  One.Two.\n"_s);
    QVERIFY(carryOver(before, after).steps.isEmpty());
}

QTEST_GUILESS_MAIN(TestCarryOver)
#include "tst_carryover.moc"
