// SPDX-License-Identifier: Apache-2.0
#include "runbook/markdowntree.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using markdown::Kind;
using markdown::LinkTargets;

namespace
{

QList<Kind> kindsOf(cmark_node *document)
{
    QList<Kind> kinds;
    for (cmark_node *node = markdown::firstChild(document); node != nullptr;
         node = markdown::next(node))
        kinds += markdown::kindOf(node);
    return kinds;
}

} // namespace

Q_DECLARE_METATYPE(RunbookCounts)

class TestMarkdownTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void markupBecomesPlainText_data()
    {
        QTest::addColumn<QByteArray>("markdown");
        QTest::addColumn<QString>("plain");
        QTest::addColumn<QString>("withLinks");
        const auto row = [](const char *name, const QByteArray &markdown, const QString &plain,
                            const QString &withLinks = {}) {
            QTest::newRow(name) << markdown << plain << (withLinks.isEmpty() ? plain : withLinks);
        };
        row("empty", "", QString());
        row("words", "some *words* and `code` ü", u"some words and code ü"_s);
        row("soft break", "one\ntwo", u"one two"_s);
        row("hard break", "one  \ntwo", u"one\ntwo"_s);
        row("break tag", "one<br/>two <b>three</b>", u"one\ntwo <b>three</b>"_s);
        row("comment", "one <!-- not shown --> two", u"one  two"_s);
        row("blocks", "# A\n\nb\n\n> c", u"A\nb\nc"_s);
        row("list", "- a\n- b\n  - c\n", u"a\nb\nc"_s);
        row("table", "|a|b|\n|-|-|\n|c|d|\n", u"a | b\nc | d"_s);
        row("empty cells", "|a||\n|-|-|\n", u"a |"_s);
        row("code block", "x\n\n    a\n     b\n", u"x\na\n b"_s);
        row("link", "see [here](https://x.org)", u"see here"_s, u"see here (https://x.org)"_s);
        row("bare link", "see <https://x.org>", u"see https://x.org"_s);
        row("empty link", "see [here]()", u"see here"_s);
        row("nested emphasis", "a **b *c `d`* e**", u"a b c d e"_s);
        row("entities", "a &amp; b &#x2713;", u"a & b ✓"_s);
    }
    void markupBecomesPlainText()
    {
        QFETCH(const QByteArray, markdown);
        const markdown::Tree tree(markdown);
        QTEST(markdown::plainText(tree.get()), "plain");
        QTEST(markdown::plainText(tree.get(), LinkTargets::Append), "withLinks");
    }

    void oneNodeGivesItsOwnTextOnly()
    {
        const markdown::Tree tree("# First\n\nsecond\n\n## Third\n");
        cmark_node *first = markdown::firstChild(tree.get());
        QCOMPARE(markdown::plainText(first), u"First"_s);
        QCOMPARE(markdown::plainText(markdown::next(first)), u"second"_s);
        QCOMPARE(markdown::headingLevel(markdown::next(markdown::next(first))), 2);
        QCOMPARE(markdown::locationOf(markdown::next(first)), (SourceLocation{3, 1}));
        QCOMPARE(markdown::parent(first), tree.get());
        QCOMPARE(markdown::previous(markdown::next(first)), first);
    }

    void anyDepthIsSafe()
    {
        const markdown::Tree tree(QByteArray(20'000, '>') + "deep\n");
        QCOMPARE(markdown::plainText(tree.get()), u"deep"_s);
        (void)markdown::countElements(tree.get());
    }

    void blocksAreTold()
    {
        const markdown::Tree tree(
            "# h\n\np\n\n- l\n\n```sh\nc\n```\n\n> q\n\n<div>x</div>\n\n|a|\n|-|\n\n---\n");
        QCOMPARE(kindsOf(tree.get()),
                 (QList{Kind::Heading, Kind::Paragraph, Kind::List, Kind::Code, Kind::Quote,
                        Kind::Html, Kind::Table, Kind::Rule}));
    }

    void codeKeepsItsBytes()
    {
        const markdown::Tree tree("```bash {name=x}\n  a\n\nb \n```\n\n    c\n");
        cmark_node *fenced = markdown::firstChild(tree.get());
        QCOMPARE(markdown::literalOf(fenced), u"  a\n\nb "_s);
        QCOMPARE(markdown::fenceInfo(fenced), u"bash {name=x}"_s);
        QVERIFY(markdown::isFenced(fenced));
        QVERIFY(!markdown::isFenced(markdown::next(fenced)));
        QCOMPARE(markdown::literalOf(markdown::next(fenced)), u"c"_s);
        QVERIFY(markdown::fenceInfo(markdown::next(fenced)).isEmpty());
    }

    void elementsAreCounted_data()
    {
        QTest::addColumn<QByteArray>("markdown");
        QTest::addColumn<RunbookCounts>("counts");
        QTest::newRow("nothing") << QByteArray() << RunbookCounts{};
        QTest::newRow("tasks in tasks") << QByteArray("- [ ] a\n  - [x] b\n    - [ ] c\n- [ ] d\n")
                                        << RunbookCounts{.taskItems = 4, .nestedTaskItems = 2};
        QTest::newRow("a bullet between does not count as a task")
            << QByteArray("- [ ] a\n  - b\n    - [ ] c\n- d\n")
            << RunbookCounts{.taskItems = 2, .nestedTaskItems = 1, .bulletItems = 2};
        QTest::newRow("numbers and headings")
            << QByteArray("# A\n\n1. a\n2. b\n\n## B\n\n> - c\n")
            << RunbookCounts{.headings = 2, .orderedItems = 2, .bulletItems = 1};
        QTest::newRow("code") << QByteArray(
            "```bash x\n```\n\n```\n```\n\n- a\n\n  ```bash\n  ```\n")
                              << RunbookCounts{.bulletItems = 1,
                                               .codeBlocks = {{QString(), 1}, {u"bash"_s, 2}}};
    }
    void elementsAreCounted()
    {
        QFETCH(const QByteArray, markdown);
        const markdown::Tree tree(markdown);
        QTEST(markdown::countElements(tree.get()), "counts");
    }

    void itemsKnowWhetherTheyHoldTasks()
    {
        const markdown::Tree tree("- a\n  - b\n    - [x] c\n- d\n");
        (void)markdown::countElements(tree.get());
        cmark_node *list = markdown::firstChild(tree.get());
        cmark_node *holding = markdown::firstChild(list);
        QVERIFY(!markdown::isOrdered(list));
        QVERIFY(markdown::holdsTasks(holding));
        QVERIFY(!markdown::isTask(holding));
        QVERIFY(!markdown::holdsTasks(markdown::next(holding)));
        cmark_node *inner = markdown::firstChild(markdown::next(markdown::firstChild(holding)));
        QVERIFY(markdown::holdsTasks(inner));
        cmark_node *task = markdown::firstChild(markdown::next(markdown::firstChild(inner)));
        QVERIFY(markdown::isTask(task));
        QVERIFY(markdown::isChecked(task));
        QVERIFY(!markdown::holdsTasks(task));
    }
};

QTEST_GUILESS_MAIN(TestMarkdownTree)
#include "tst_markdowntree.moc"
