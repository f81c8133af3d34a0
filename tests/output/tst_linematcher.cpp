// SPDX-License-Identifier: Apache-2.0
#include "output/linematcher.h"

#include <QTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace runsheet;

class LineMatcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsText_data();
    void findsText();
    void agreesWithQtOnRandomText();
    void recognisesErrors_data();
    void recognisesErrors();
    void findsTheFirstErrorOfALongText();
    void findsNothingInNothing_data();
    void findsNothingInNothing();
    void reachesAsFarAsAMatchCan();
};

void LineMatcherTest::findsText_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<Qt::CaseSensitivity>("caseSensitivity");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("at");
    const auto exact = Qt::CaseSensitive;
    const auto folded = Qt::CaseInsensitive;
    QTest::newRow("exact") << u"lock"_s << exact << QByteArray("a lock") << 2;
    QTest::newRow("exact, other case") << u"lock"_s << exact << QByteArray("a LOCK") << -1;
    QTest::newRow("folded") << u"LoCk"_s << folded << QByteArray("a lOcK") << 2;
    QTest::newRow("folded, not there") << u"lock"_s << folded << QByteArray("l o c k") << -1;
    QTest::newRow("folded bits are not letters") << u"ab"_s << folded << QByteArray("!\" AB") << 3;
    QTest::newRow("two letters at the end") << u"ok"_s << folded << QByteArray("xxOK") << 2;
    QTest::newRow("one letter, folded") << u"x"_s << folded << QByteArray("abX") << 2;
    QTest::newRow("not ASCII, exact") << u"ß"_s << exact << QByteArray("grüße") << 4;
    QTest::newRow("not ASCII, folded") << u"GRÖẞE"_s << folded << QByteArray("a\ngröße") << 2;
    QTest::newRow("longer than the bytes") << u"longer"_s << folded << QByteArray("long") << -1;
    QTest::newRow("nothing wanted") << QString() << folded << QByteArray("abc") << -1;
    QTest::newRow("nothing there") << u"a"_s << exact << QByteArray() << -1;
}

void LineMatcherTest::findsText()
{
    QFETCH(QString, wanted);
    QFETCH(Qt::CaseSensitivity, caseSensitivity);
    QFETCH(QByteArray, bytes);
    QFETCH(int, at);
    QCOMPARE(TextMatcher(wanted, caseSensitivity).find(bytes, 0), at);
}

void LineMatcherTest::agreesWithQtOnRandomText()
{
    std::mt19937 random(11);
    const auto word = [&](int length) {
        QByteArray text;
        for (int i = 0; i < length; ++i)
            text += "abAB c"[random() % 6];
        return text;
    };
    for (int round = 0; round < 3000; ++round) {
        const QByteArray text = word(static_cast<int>(random() % 300));
        const QByteArray wanted = word(2 + static_cast<int>(random() % 5));
        const auto from = text.isEmpty() ? 0 : static_cast<qsizetype>(random()) % text.size();
        const QString string = QString::fromLatin1(text);
        const QString pattern = QString::fromLatin1(wanted);
        QCOMPARE(TextMatcher(pattern, Qt::CaseInsensitive).find(text, from),
                 string.indexOf(pattern, from, Qt::CaseInsensitive));
        QCOMPARE(TextMatcher(pattern, Qt::CaseSensitive).find(text, from),
                 string.indexOf(pattern, from, Qt::CaseSensitive));
    }
}

void LineMatcherTest::recognisesErrors_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isError");
    QTest::newRow("psql") << QByteArray("psql:x.sql:3: ERROR:  relation \"t\" exists") << true;
    QTest::newRow("postgres") << QByteArray("FATAL: role does not exist") << true;
    QTest::newRow("panic") << QByteArray("PANIC: could not write") << true;
    QTest::newRow("go") << QByteArray("panic: runtime error") << true;
    QTest::newRow("git") << QByteArray("fatal: not a repository") << true;
    QTest::newRow("node") << QByteArray("TypeError: x is not a function") << true;
    QTest::newRow("failed") << QByteArray("Migration 009 failed") << true;
    QTest::newRow("in capitals") << QByteArray("2 tests FAILED.") << true;
    QTest::newRow("bracketed") << QByteArray("[ERROR] no route") << true;
    QTest::newRow("none failed") << QByteArray("12 passed, 0 failed") << false;
    QTest::newRow("ten failed") << QByteArray("10 failed") << true;
    QTest::newRow("psql option") << QByteArray("psql -v ON_ERROR_STOP=1 -f x.sql") << false;
    QTest::newRow("plural") << QByteArray("ERRORS 0") << false;
    QTest::newRow("talk about errors") << QByteArray("checks the error log") << false;
    QTest::newRow("no errors") << QByteArray("0 errors") << false;
    for (const char *line :
         {"bash: psqll: command not found", "npm ERR! code ELIFECYCLE", "npm error code E404",
          "Traceback (most recent call last):", "Exception in thread \"main\" java.lang.X",
          "a.ts(3,5): error TS2304: Cannot find name 'x'.", "Segmentation fault (core dumped)",
          "./up.sh: Permission denied", "E: Unable to locate package psql-17", "casino error: x",
          "10 error: x"})
        QTest::newRow(line) << QByteArray(line) << true;
    for (const char *line :
         {"no error: all is well", "No ERROR found", "0 error: x", "no failed tests",
          "an error TSx", "error T", "found 3 commands", "permission granted"})
        QTest::newRow(line) << QByteArray(line) << false;
    QTest::newRow("part of a word") << QByteArray("TERROR") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void LineMatcherTest::recognisesErrors()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, isError);
    QCOMPARE(ErrorMatcher().find(line, 0) >= 0, isError);
}

/// Wherever the windows that are looked at one after the other end.
void LineMatcherTest::findsTheFirstErrorOfALongText()
{
    for (const char *text : {"failed", "ERROR", "no error: permission denied", "failedx failed"}) {
        const QByteArray line(text);
        const qsizetype wanted = ErrorMatcher().find(line, 0);
        for (int before = 4000; before < 4200; ++before) {
            const QByteArray bytes =
                QByteArray(before, '.') + line + " traceback (most recent call last)";
            QCOMPARE(ErrorMatcher().find(bytes, 0), before + wanted);
        }
    }
}

void LineMatcherTest::findsNothingInNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Qt::CaseSensitivity>("caseSensitivity");
    for (const auto sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        const char *const how = sensitivity == Qt::CaseSensitive ? "exactly" : "folded";
        QTest::addRow("nothing, %s", how) << QString() << sensitivity;
        QTest::addRow("a letter, %s", how) << u"x"_s << sensitivity;
        QTest::addRow("a word, %s", how) << u"word"_s << sensitivity;
        QTest::addRow("beyond ASCII, %s", how) << u"größe"_s << sensitivity;
    }
}

void LineMatcherTest::findsNothingInNothing()
{
    QFETCH(QString, text);
    QFETCH(Qt::CaseSensitivity, caseSensitivity);
    const TextMatcher matcher(text, caseSensitivity);
    QCOMPARE(matcher.find(QByteArrayView(), 0), -1);
    QCOMPARE(matcher.find("", 0), -1);
    QCOMPARE(matcher.find("abc", 3), -1);
    QCOMPARE(matcher.find("abc", 4), -1);
    QCOMPARE(ErrorMatcher().find(QByteArrayView(), 0), -1);
}

/// A search steps over a huge line in blocks that overlap by this much.
void LineMatcherTest::reachesAsFarAsAMatchCan()
{
    const TextMatcher text(u"straße"_s, Qt::CaseInsensitive);
    QVERIFY(text.reach() >= QByteArray("STRA\xe1\xba\x9e"
                                       "E")
                                .size());
    QVERIFY(ErrorMatcher().reach() >= QByteArray(" 0 failed ").size());
    QVERIFY(ErrorMatcher().reach() >= QByteArray("Traceback (most recent call last)").size());
    QVERIFY(ErrorMatcher().reach() >= QByteArray(" no error TS1").size());
}

QTEST_GUILESS_MAIN(LineMatcherTest)
#include "tst_linematcher.moc"
