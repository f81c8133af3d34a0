// SPDX-License-Identifier: Apache-2.0
#include "models/reference.h"
#include "runbook/parser.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

Runbook with(const QString &section)
{
    return parseRunbook((u"# R\n\n## Execution\n\n- [ ] Migrate\n\n"_s + section).toUtf8(),
                        u"r.md"_s);
}

/// "a+b|c": texts of an entry's blocks, entries apart.
QString described(const QList<ReferenceSection> &sections)
{
    QStringList all;
    for (const ReferenceSection &section : sections) {
        for (const ReferenceEntry &entry : section.entries) {
            QStringList texts;
            for (const TextBlock &block : entry.blocks)
                texts << block.text;
            all << texts.join(u'+');
        }
    }
    return all.join(u'|');
}

} // namespace

/// Contacts, troubleshooting and the rest, as they are searched and read.
class TestReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatBelongsTogetherIsOneEntry_data();
    void whatBelongsTogetherIsOneEntry();
    void nothingOfASectionIsLost();
    void onlyReferenceIsHere();
    void wordsAreFoundWhereverTheyStand();
    void occurrencesAreJoined_data();
    void occurrencesAreJoined();
    void addressesAreFound_data();
    void addressesAreFound();
};

void TestReference::whatBelongsTogetherIsOneEntry_data()
{
    QTest::addColumn<QString>("section");
    QTest::addColumn<QString>("entries");
    const auto row = [](const char *name, const QString &section, const QString &entries) {
        QTest::newRow(name) << section << entries;
    };
    row("a contact each",
        u"## Contacts\n\n- **DBA**: 1234\n- **Lead**: 5678\n  - at night: 9999\n"_s,
        u"DBA: 1234|Lead: 5678+at night: 9999"_s);
    row("symptom and resolution in paragraphs",
        u"## Troubleshooting\n\nSymptom: it hangs\n\nResolution: wait\n\n- look\n- kill\n\n"
        "Symptom: it fails\n\nResolution: go back\n"_s,
        u"Symptom: it hangs+Resolution: wait+look+kill|Symptom: it fails+Resolution: go back"_s);
    row("symptom and resolution in a list",
        u"## Troubleshooting\n\n- It hangs\n  - wait\n- It fails\n  - go back\n"_s,
        u"It hangs+wait|It fails+go back"_s);
    row("a command with what it is for",
        u"## Command Reference\n\nList:\n\n```bash\nls\n```\n\nWho:\n\n```bash\nid\n```\n"_s,
        u"List:+ls|Who:+id"_s);
    row("a list with what it is a list of",
        u"## Overview\n\nIn two parts:\n\n- one\n- two\n\nEnd.\n"_s,
        u"In two parts:+one+two|End."_s);
    row("people below a paragraph", u"## Contacts\n\nAt any time:\n\n- A: 1234\n- B: 5678\n"_s,
        u"At any time:|A: 1234|B: 5678"_s);
    row("practices", u"## Best Practices\n\n1. One\n2. Two\n"_s, u"One|Two"_s);
}

void TestReference::whatBelongsTogetherIsOneEntry()
{
    QFETCH(QString, section);
    QFETCH(QString, entries);
    QCOMPARE(described(referenceOf(with(section))), entries);
}

void TestReference::nothingOfASectionIsLost()
{
    const Runbook runbook =
        with(u"## Troubleshooting\n\nIntro.\n\n### Issue: it hangs\n\n**Symptoms**: waiting\n\n"
             "**Resolution**:\n\n```bash\necho look\n```\n\n#### Deeper\n\nMore.\n\n"
             "### Issue: it fails\n\n> Quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"_s);
    const QList<ReferenceSection> sections = referenceOf(runbook);
    const QString all = described(sections);
    for (const auto &text : {u"Intro."_s, u"waiting"_s, u"echo look"_s, u"More."_s, u"Quote"_s})
        QVERIFY2(all.count(text) == 1, qPrintable(all));
    for (const ReferenceSection &section : sections) {
        for (const ReferenceEntry &entry : section.entries) {
            if (entry.matches({u"waiting"_s}))
                QVERIFY(entry.matches({u"echo"_s, u"MORE"_s}) && !entry.matches({u"Quote"_s}));
        }
    }
}

void TestReference::onlyReferenceIsHere()
{
    const QList<ReferenceSection> sections =
        referenceOf(with(u"## Contacts\n\n- A: 1234\n\n## Rollback\n\n1. Undo\n"_s));
    QCOMPARE(sections.size(), 1);
    QCOMPARE(sections.constFirst().title, u"Contacts"_s);
    QVERIFY(sections.constFirst().isContacts);
    const ReferenceSection guide =
        referenceOf(with(u"## The Troubleshooting Guide\n\nLook.\n"_s)).constFirst();
    QCOMPARE(guide.title, u"The Troubleshooting Guide"_s);
    QCOMPARE(guide.shortTitle, u"Troubleshooting"_s);
    QVERIFY(!guide.isContacts);
    QVERIFY(referenceOf(Runbook()).isEmpty());
}

void TestReference::wordsAreFoundWhereverTheyStand()
{
    const ReferenceEntry entry{
        .blocks = {{.text = u"Symptom: Lock time-out"_s}, {.text = u"Resolution: cancel"_s}}};
    QVERIFY(entry.matches({}));
    QVERIFY(entry.matches({u"cancel"_s, u"LOCK"_s}));
    QVERIFY(!entry.matches({u"cancel"_s, u"disk"_s}));
}

void TestReference::occurrencesAreJoined_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QList<int>>("ranges"); // start, length …
    QTest::newRow("none") << u"abc"_s << QStringList{u"x"_s} << QList<int>{};
    QTest::newRow("any case") << u"Lock lock"_s << QStringList{u"lock"_s} << QList{0, 4, 5, 4};
    QTest::newRow("overlapping") << u"abcd"_s << QStringList{u"abc"_s, u"cd"_s} << QList{0, 4};
    QTest::newRow("one in the other") << u"abcd"_s << QStringList{u"abcd"_s, u"b"_s} << QList{0, 4};
    QTest::newRow("an empty word") << u"abc"_s << QStringList{QString()} << QList<int>{};
}

void TestReference::occurrencesAreJoined()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    QFETCH(QList<int>, ranges);
    QList<int> found;
    for (const TextRange &range : occurrences(text, words))
        found << static_cast<int>(range.start) << static_cast<int>(range.length);
    QCOMPARE(found, ranges);
}

void TestReference::addressesAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("addresses");
    const auto row = [](const QString &text, const QStringList &addresses) {
        QTest::newRow(qPrintable(text)) << text << addresses;
    };
    row(u"DBA: +49 (89) 123-456"_s, {u"+49 (89) 123-456"_s});
    row(u"on call: 1234, or 0800/55 66."_s, {u"1234"_s, u"0800/55 66"_s});
    row(u"open 24/7, 9:00-17:00, since 2026-11-20"_s, {});
    row(u"mail dba@example.org, lead@example.org."_s,
        {u"dba@example.org"_s, u"lead@example.org"_s});
    row(u"see https://status.example.org/x?y=1."_s, {u"https://status.example.org/x?y=1"_s});
    row(u"the page (https://example.org/a) and again https://example.org/a"_s,
        {u"https://example.org/a"_s});
    row(u"guide (./docs/guide.md)"_s, {u"./docs/guide.md"_s});
    row(u"trap (javascript:alert)"_s, {u"javascript:alert"_s});
    row(u"a form of one: +1-800-xxx-xxxx"_s, {});
    row(u"host db1.example:5432"_s, {});
    row(u"nothing (at all)"_s, {});
}

void TestReference::addressesAreFound()
{
    QFETCH(QString, text);
    QFETCH(QStringList, addresses);
    QCOMPARE(addressesIn(text, true), addresses);
    QVERIFY(addressesIn(u"DBA: +49 (89) 123-456"_s, false).isEmpty());
}

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
