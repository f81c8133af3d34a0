// SPDX-License-Identifier: Apache-2.0
#include "runbook/attributes.h"
#include "runbook/markdowntree.h"
#include "runbook/parser.h"
#include "runbook/sourcetext.h"
#include "runbook/transcript.h"

#include <QDir>
#include <QTest>

#include <algorithm>
#include <climits>

using namespace Qt::StringLiterals;
using namespace runsheet;

/// Walks over the markdown tree of whole runbooks and looks for the text of every block in what was
/// read from it: there once, and not twice.
class TestNothingLost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBlockIsFoundOnce_data();
    void everyBlockIsFoundOnce();
    void lossAndDoublingAreSeen();

private:
    struct Piece
    {
        int line = 0;
        QString text; ///< letters and digits only
        bool isHeading = false;
    };
    using Pieces = QList<Piece>;

    static QString squeezed(const QString &text);
    static Pieces blocksOf(const Runbook &runbook);
    static void addBlock(cmark_node *block, Pieces &pieces);
    static Pieces piecesOf(const Runbook &runbook);
    static void addStep(const Step &step, const Phase &phase, Pieces &pieces);
    static QStringList titlesElsewhere(const Runbook &runbook);
    static QStringList differences(const Runbook &runbook);
};

QString TestNothingLost::squeezed(const QString &text)
{
    QString letters;
    for (const QChar c : text) {
        if (c.isLetterOrNumber())
            letters += c;
    }
    return letters;
}

/// A block copied from a terminal counts without its prompts.
void TestNothingLost::addBlock(cmark_node *block, Pieces &pieces)
{
    using markdown::Kind;
    const Kind kind = markdown::kindOf(block);
    const int line = markdown::locationOf(block).line;
    if (kind == Kind::Html && !annotationText(markdown::literalOf(block)).isNull())
        return;
    if (kind != Kind::Code) {
        const auto targets =
            kind == Kind::Heading ? markdown::LinkTargets::Leave : markdown::LinkTargets::Append;
        pieces.append({line, squeezed(markdown::plainText(block, targets)), kind == Kind::Heading});
        return;
    }
    QString text = markdown::literalOf(block);
    for (const auto language : {CommandLanguage::Shell, CommandLanguage::Sql}) {
        const auto parts = readTranscript(text, language, true);
        const bool mayBeOne =
            markdown::fenceInfo(block).startsWith(u"sql") == (language == CommandLanguage::Sql);
        if (parts.isEmpty() || !mayBeOne)
            continue;
        text.clear();
        for (const TranscriptPart &part : parts)
            text += part.text + u'\n' + part.output + u'\n';
    }
    const QString info = markdown::fenceInfo(block);
    if (const qsizetype comment = info.indexOf(u" # "); comment >= 0)
        text.prepend(info.mid(comment));
    else if (info.contains(u' ') && !info.contains(u'{') && !info.contains(u'='))
        text.prepend(info);
    pieces.append({line, squeezed(text)});
}

TestNothingLost::Pieces TestNothingLost::blocksOf(const Runbook &runbook)
{
    using markdown::Kind;
    const SourceText source = decodeSource(runbook.source);
    const markdown::Tree tree(source.utf8);
    Pieces pieces;
    if (!source.frontMatter.isEmpty())
        pieces.append({1, squeezed(source.frontMatter)});
    QList<cmark_node *> waiting{tree.get()};
    while (!waiting.isEmpty()) {
        cmark_node *node = waiting.takeLast();
        const Kind kind = markdown::kindOf(node);
        const bool holdsBlocks = kind == Kind::List || kind == Kind::Item || kind == Kind::Other;
        if (!holdsBlocks)
            addBlock(node, pieces);
        for (cmark_node *child = holdsBlocks ? markdown::firstChild(node) : nullptr;
             child != nullptr; child = markdown::next(child))
            waiting.append(child);
    }
    pieces.removeIf([](const Piece &piece) { return piece.text.isEmpty(); });
    std::ranges::stable_sort(pieces, {}, &Piece::line);
    return pieces;
}

/// The title of a step that a command gave it says what the command itself says.
void TestNothingLost::addStep(const Step &step, const Phase &phase, Pieces &pieces)
{
    const auto standsThere = [&step](const auto &thing) { return thing.location == step.location; };
    const bool isDerived = std::ranges::any_of(step.commands, standsThere)
        || std::ranges::any_of(step.notes, standsThere) || step.title == phase.title
        || step.title == u"Untitled step";
    if (!isDerived)
        pieces.append({step.location.line, squeezed(step.title)});
    for (const TextBlock &note : step.notes)
        pieces.append({note.location.line, squeezed(note.text)});
    for (const Command &command : step.commands) {
        const QString text = squeezed(command.text);
        const QString label = squeezed(command.label);
        // SQL out of a shell block has its comment as its label alone.
        pieces.append({command.location.line, text.contains(label) ? text : label + text});
    }
    for (const Expectation &expectation : step.expectations) {
        pieces.append({expectation.location.line - 1, squeezed(expectation.label)});
        pieces.append({expectation.location.line, squeezed(expectation.text)});
    }
    for (const HttpCheck &check : step.httpChecks) {
        pieces.append({check.bodyLocation.line - 1, squeezed(check.bodyLabel)});
        pieces.append({check.bodyLocation.line, squeezed(check.expectedBody)});
    }
}

TestNothingLost::Pieces TestNothingLost::piecesOf(const Runbook &runbook)
{
    Pieces pieces;
    for (const Phase &phase : runbook.phases) {
        if (phase.kind != u"introduction")
            pieces.append({phase.location.line, squeezed(phase.title)});
        for (const Phase::Text &text : phase.text)
            pieces.append({text.block.location.line, squeezed(text.block.text)});
        for (const Step &step : phase.steps)
            addStep(step, phase, pieces);
    }
    return pieces;
}

/// Headings that live on as something else than a phase of their own.
QStringList TestNothingLost::titlesElsewhere(const Runbook &runbook)
{
    QStringList titles{squeezed(runbook.title)};
    for (const Phase &phase : runbook.phases) {
        for (const QString &section : phase.section.split(u" › "_s, Qt::SkipEmptyParts))
            titles << squeezed(section);
    }
    for (const Diagnostic &diagnostic : runbook.diagnostics) {
        if (diagnostic.code == u"empty-section")
            titles << squeezed(diagnostic.message.section(u'“', 1).section(u'”', 0, 0));
    }
    return titles;
}

/// What was read between the start of a block and that of the next must be the block's letters;
/// in which order does not matter, for a step's title, links and comments change theirs.
QStringList TestNothingLost::differences(const Runbook &runbook)
{
    const auto sorted = [](QString letters) {
        std::ranges::sort(letters);
        return letters;
    };
    const Pieces blocks = blocksOf(runbook);
    const Pieces read = piecesOf(runbook);
    const QStringList elsewhere = titlesElsewhere(runbook);
    QStringList found;
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        const int from = blocks.at(i).line;
        const int to = i + 1 < blocks.size() ? blocks.at(i + 1).line : INT_MAX;
        QString letters;
        for (const Piece &piece : read)
            letters += piece.line >= from && piece.line < to ? piece.text : QString();
        if (letters.isEmpty() && blocks.at(i).isHeading && elsewhere.contains(blocks.at(i).text))
            continue;
        if (sorted(letters) != sorted(blocks.at(i).text))
            found << u"line %1: “%2” was read as “%3”"_s.arg(from).arg(blocks.at(i).text, letters);
    }
    return found;
}

void TestNothingLost::everyBlockIsFoundOnce_data()
{
    QTest::addColumn<QString>("file");
    const QString source = QStringLiteral(RUNSHEET_SOURCE_DIR);
    for (const QString &folder : {source + u"/runbooks"_s, source + u"/tests/data/runbooks"_s,
                                  source + u"/../shared/seeds"_s}) {
        const QDir directory(folder);
        for (const QString &name : directory.entryList({u"*.md"_s, u"*.txt"_s}))
            QTest::newRow(qPrintable(directory.dirName() + u'/' + name))
                << directory.filePath(name);
    }
}

void TestNothingLost::everyBlockIsFoundOnce()
{
    QFETCH(QString, file);
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook.hasValue());
    QVERIFY(!blocksOf(*runbook).isEmpty());
    QCOMPARE(differences(*runbook), QStringList());
}

/// The test itself can fail.
void TestNothingLost::lossAndDoublingAreSeen()
{
    Runbook runbook = parseRunbook("## Execution\n\ntext\n\n- [ ] a\n\n  note\n", u"x.md"_s);
    QVERIFY(differences(runbook).isEmpty());
    Runbook lost = runbook;
    lost.phases.first().text.clear();
    QCOMPARE(differences(lost).size(), 1);
    Runbook twice = runbook;
    QList<TextBlock> &notes = twice.phases.first().steps.first().notes;
    notes.append(notes.first());
    QCOMPARE(differences(twice).size(), 1);
}

QTEST_GUILESS_MAIN(TestNothingLost)
#include "tst_nothinglost.moc"
