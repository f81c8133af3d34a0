// SPDX-License-Identifier: Apache-2.0
#include "output/plainlines.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestPlainLines : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString fileWith(const QByteArray &content)
    {
        const QString name = m_folder.filePath(u"output.log"_s);
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
        return name;
    }

private Q_SLOTS:
    void coloursAndProgressAreResolved()
    {
        const auto read = readPlainLines(
            fileWith("\x1b[32mOK\x1b[0m 3 rows\r\n10%\r50%\r100%\r\n\r\nlast"), 1000, 100);
        QVERIFY(read.hasValue());
        QCOMPARE(read->lines, (QStringList{u"OK 3 rows"_s, u"100%"_s, QString(), u"last"_s}));
        QVERIFY(!read->wasCut);
    }

    void limitsCutAndSaySo()
    {
        const QString file = fileWith("one\ntwo\nthree\n");
        const auto lines = readPlainLines(file, 1000, 2);
        QCOMPARE(lines->lines, (QStringList{u"one"_s, u"two"_s}));
        QVERIFY(lines->wasCut);
        const auto bytes = readPlainLines(file, 5, 100);
        QCOMPARE(bytes->lines, (QStringList{u"one"_s, u"t"_s}));
        QVERIFY(bytes->wasCut);
        QVERIFY(!readPlainLines(file, 1000, 3)->wasCut);
    }

    void missingFileIsNamed()
    {
        const auto read = readPlainLines(u"/no/such/log"_s, 10, 10);
        QVERIFY(!read);
        QVERIFY(read.error().message.contains(u"/no/such/log"_s));
    }
};

QTEST_GUILESS_MAIN(TestPlainLines)
#include "tst_plainlines.moc"
