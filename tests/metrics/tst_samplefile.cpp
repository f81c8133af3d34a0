// SPDX-License-Identifier: Apache-2.0
#include "metrics/samplefile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestSampleFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_name = m_folder->filePath(u"samples.tsv"_s);
    }

    void whatIsAppendedIsReadBackAtOnce()
    {
        SampleWriter writer;
        QVERIFY(writer.open(m_name));
        QVERIFY(writer.append(m_samples));
        QCOMPARE(*readSamples(m_name), m_samples); // before it is closed
        QVERIFY(writer.append({m_samples.first()}));
        QCOMPARE(readSamples(m_name)->size(), m_samples.size() + 1);
        QCOMPARE(content().split('\n').first(), QByteArray("1000\tplain\t42"));
    }

    void aTornLastLineIsIgnoredAndThenReplaced()
    {
        put("1000\ta\t5\n2000\tb\t6\n3000\tc\t7");
        QCOMPARE(readSamples(m_name)->size(), 2);
        SampleWriter writer;
        QVERIFY(writer.open(m_name));
        QVERIFY(writer.append({{4000, u"d"_s, 8}}));
        QCOMPARE(content(), QByteArray("1000\ta\t5\n2000\tb\t6\n4000\td\t8\n"));
    }

    void linesThatDoNotFitAreLeftOut()
    {
        put("1000\ta\t5\nrubbish\n\n2000\tb\n3000\tc\tx\n4000\td\t-2\n5000\te\t-1\n");
        const auto samples = readSamples(m_name);
        QCOMPARE(*samples, (QList<ProbeSample>{{1000, u"a"_s, 5}, {5000, u"e"_s, -1}}));
    }

    void onlyTheLastAreReadOfALongFile()
    {
        QByteArray lines;
        for (int i = 0; i < 5000; ++i)
            lines += QByteArray::number(i) + "\tprobe\t1\n";
        put(lines);
        const auto samples = readSamples(m_name, 10);
        QCOMPARE(samples->size(), 10);
        QCOMPARE(samples->last().timeMs, 4999);
        QCOMPARE(samples->first().timeMs, 4990);
    }

    void anyNameComesBack_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"orders"_s;
        QTest::newRow("tab and newline") << u"a\tb\nc"_s;
        QTest::newRow("backslashes") << u"\\t\\\\n\\"_s;
        QTest::newRow("other scripts") << u"Aufträge 注文 🚀"_s;
        QTest::newRow("empty") << QString();
    }
    void anyNameComesBack()
    {
        QFETCH(QString, name);
        SampleWriter writer;
        QVERIFY(writer.open(m_name));
        const QList<ProbeSample> samples{{1000, name, 7}, {2000, name, -1}};
        QVERIFY(writer.append(samples));
        const auto read = readSamples(m_name);
        QVERIFY(read);
        QCOMPARE(*read, samples);
    }

    void aFullDiskIsReported()
    {
        if (!QFile::exists(u"/dev/full"_s))
            QSKIP("there is no /dev/full here");
        QVERIFY(QFile::link(u"/dev/full"_s, m_name));
        SampleWriter writer;
        if (const auto opened = writer.open(m_name); opened) {
            const auto appended = writer.append({{1, u"a"_s, 2}});
            QVERIFY(!appended);
            QCOMPARE(appended.error().kind, Error::Kind::Unwritable);
            QVERIFY(appended.error().message.contains(m_name));
        }
    }

    void aClosedWriterKeepsNothingAndSaysSo()
    {
        SampleWriter writer;
        QVERIFY(!writer.isOpen());
        QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (QFile, \"\"): device not open");
        QVERIFY(!writer.append({{1, u"a"_s, 2}}));
    }

    void aFileWithoutALineEndIsBegunAnew()
    {
        put(QByteArray(10'000, 'x'));
        QVERIFY(readSamples(m_name)->isEmpty());
    }

    void aMissingFileHasNoSamples() { QVERIFY(readSamples(m_name)->isEmpty()); }

    void aFolderInItsPlaceIsReported()
    {
        SampleWriter writer;
        const auto result = writer.open(m_folder->path());
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Unwritable);
        QVERIFY(!writer.isOpen());
        QVERIFY(!readSamples(m_folder->path()));
    }

private:
    void put(const QByteArray &bytes) const
    {
        QFile file(m_name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(m_name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    const QList<ProbeSample> m_samples{
        {1000, u"plain"_s, 42},
        {2000, u"tab\there, line\nthere, back\\slash"_s, 7},
        {3000, u"Größe"_s, -1},
    };
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_name;
};

QTEST_GUILESS_MAIN(TestSampleFile)
#include "tst_samplefile.moc"
