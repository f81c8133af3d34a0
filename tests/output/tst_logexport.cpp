// SPDX-License-Identifier: Apache-2.0
#include "output/logexport.h"

#include "output/logtesting.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::testing;

namespace
{

struct Event
{
    double time = 0;
    QString text;

    bool operator==(const Event &) const = default;
};

} // namespace

class LogExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_log = m_folder->filePath(u"output.log"_s);
        m_timing = m_folder->filePath(u"timing"_s);
        m_target = m_folder->filePath(u"saved"_s);
    }

    void textIsWhatAPersonReads()
    {
        QVERIFY(writeLog(m_log, "\x1b[32mok\x1b[0m\r\n10 %\r100 %\r\na\tb\xff\n\nlast"));
        QVERIFY(saveLogAsText(m_log, m_target));
        QCOMPARE(read(m_target), "ok\n100 %\na       b\xef\xbf\xbd\n\nlast");
    }

    void textKeepsLongLinesWhole()
    {
        const QByteArray giant = QByteArray("0123456789").repeated(300'000);
        QVERIFY(writeLog(m_log, "a\n" + giant + "\nb\n"));
        QVERIFY(saveLogAsText(m_log, m_target));
        QCOMPARE(read(m_target), "a\n" + giant + "\nb\n");
    }

    void castIsWhatAsciinemaPlays()
    {
        QVERIFY(writeLog(m_log, "one\ntwo\r\n\x1b[1mthree\x1b[0m \"q\" \\\n"));
        QVERIFY(writeLog(m_timing, "0 1500\n4 2000000\n9 61000000\n"));
        const auto started = QDateTime::fromString(u"2026-11-20T02:08:23Z"_s, Qt::ISODate);
        QVERIFY(saveLogAsCast(m_log, m_timing, m_target, {u"Apply part 2"_s, started, 100, 30}));
        QCOMPARE(header(),
                 (QJsonObject{{u"version"_s, 2},
                              {u"width"_s, 100},
                              {u"height"_s, 30},
                              {u"timestamp"_s, started.toSecsSinceEpoch()},
                              {u"title"_s, u"Apply part 2"_s},
                              {u"env"_s, QJsonObject{{u"TERM"_s, u"xterm-256color"_s}}}}));
        QCOMPARE(events(),
                 (QList<Event>{{0.0015, u"one\r\n"_s},
                               {2, u"two\r\n"_s},
                               {61, u"\u001b[1mthree\u001b[0m \"q\" \\\r\n"_s}}));
    }

    /// Seconds rise, every event is output, and the text together is the log's, however it came.
    void castHoldsEveryByte()
    {
        QByteArray bytes;
        QByteArray stamps;
        QString text;
        for (int line = 0; line < 3000; ++line) {
            const QString words = u"größer → ✓ 😀 %1\r\n"_s.arg(line);
            text += words;
            bytes += words.toUtf8();
            // Stamps fall between the bytes of characters, too.
            stamps += QByteArray::number(bytes.size() - line % 29) + ' '
                + QByteArray::number(line * 20'000) + '\n';
        }
        QVERIFY(writeLog(m_log, bytes));
        QVERIFY(writeLog(m_timing, stamps));
        QVERIFY(saveLogAsCast(m_log, m_timing, m_target, {}));
        QVERIFY(!header().contains(u"timestamp"_s));
        QString played;
        double last = 0;
        for (const Event &event : events()) {
            QVERIFY(event.time >= last);
            QVERIFY(!event.text.contains(QChar::ReplacementCharacter));
            last = event.time;
            played += event.text;
        }
        QCOMPARE(played, text);
        QVERIFY(last > 50);
    }

    void castWithoutTimesIsPlayedAtOnce()
    {
        QVERIFY(writeLog(m_log, QByteArray("\xc3\x28\n").repeated(100'000) + "\xe2\x82"));
        QVERIFY(saveLogAsCast(m_log, m_timing, m_target, {}));
        QString played;
        for (const Event &event : events()) {
            QCOMPARE(event.time, 0.0);
            played += event.text;
        }
        QCOMPARE(played.count(u'\n'), 100'000);
        QVERIFY(played.endsWith(QChar(QChar::ReplacementCharacter)));
    }

    void whatCannotBeDoneIsExplained()
    {
        const auto missing = saveLogAsText(m_log, m_target);
        QVERIFY(!missing);
        QVERIFY(missing.error().message.contains(m_log));
        QVERIFY(!QFile::exists(m_target));
        QVERIFY(writeLog(m_log, "x"));
        const QString nowhere = m_folder->filePath(u"no/such/folder.txt"_s);
        const auto unwritable = saveLogAsCast(m_log, m_timing, nowhere, {});
        QVERIFY(!unwritable);
        QCOMPARE(unwritable.error().kind, Error::Kind::Unwritable);
        QVERIFY(unwritable.error().message.contains(nowhere));
    }

private:
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }
    QJsonObject header() const
    {
        return QJsonDocument::fromJson(read(m_target).split('\n').first()).object();
    }
    /// Every line after the first, each of them checked.
    QList<Event> events() const
    {
        QList<Event> all;
        QList<QByteArray> lines = read(m_target).split('\n');
        if (lines.size() < 2 || !lines.takeLast().isEmpty())
            return {{-1, u"does not end with a newline"_s}};
        for (const QByteArray &line : lines.sliced(1)) {
            const QJsonArray event = QJsonDocument::fromJson(line).array();
            if (event.size() != 3 || !event[0].isDouble() || event[1] != u"o"_s
                || !event[2].isString())
                return {{-1, u"not an event: "_s + QString::fromUtf8(line)}};
            all.append({event[0].toDouble(), event[2].toString()});
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_log;
    QString m_timing;
    QString m_target;
};

QTEST_GUILESS_MAIN(LogExportTest)
#include "tst_logexport.moc"
