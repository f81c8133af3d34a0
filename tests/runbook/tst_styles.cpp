// SPDX-License-Identifier: Apache-2.0
#include "golden.h"
#include "runbook/parser.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

/// Short runbooks in the styles of many teams, each with the outline that a person expects of it.
class TestStyles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runbookIsReadAsExpected_data();
    void runbookIsReadAsExpected();
    void thereAreEnoughOfThem();

private:
    QDir m_folder{QStringLiteral(RUNSHEET_SOURCE_DIR "/tests/data/runbooks")};
};

void TestStyles::runbookIsReadAsExpected_data()
{
    QTest::addColumn<QString>("file");
    for (const QString &name : m_folder.entryList(QStringList{u"*.md"_s}))
        QTest::newRow(qPrintable(name)) << m_folder.filePath(name);
}

void TestStyles::runbookIsReadAsExpected()
{
    QFETCH(QString, file);
    const Result<Runbook> runbook = loadRunbook(file);
    QVERIFY(runbook.hasValue());
    const QString actual = GoldenOutline(100).of(*runbook);
    const QString expected = goldenText(QString(file).replace(u".md"_s, u".outline"_s), actual);
    QCOMPARE(actual.split(u'\n'), expected.split(u'\n'));
}

void TestStyles::thereAreEnoughOfThem()
{
    QVERIFY(m_folder.entryList(QStringList{u"*.md"_s}).size() >= 40);
}

QTEST_GUILESS_MAIN(TestStyles)
#include "tst_styles.moc"
