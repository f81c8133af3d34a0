// SPDX-License-Identifier: Apache-2.0
#include "redaction/plaintext.h"
#include "redaction/secretforms.h"
#include "redaction/secretnames.h"
#include "redaction/textencodings.h"
#include "redaction/urlpasswords.h"

#include <QRandomGenerator>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace runsheet::redaction;

namespace
{

QByteArrayList toList(const std::vector<std::string> &texts)
{
    QByteArrayList list;
    for (const std::string &text : texts)
        list += QByteArray::fromStdString(text);
    return list;
}

QByteArray randomBytes(QRandomGenerator &random, qsizetype size)
{
    QByteArray bytes(size, '\0');
    for (char &byte : bytes)
        byte = static_cast<char>(random.bounded(256));
    return bytes;
}

} // namespace

class TestSecretForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formsHoldEveryEncoding_data();

    void formsHoldEveryEncoding()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, form);
        // A shell word escapes its blank, which then goes with the others.
        QVERIFY2(toList(secretForms(value.toStdString())).contains(form), form.constData());
    }

    void formsOfQtAreFound()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            const QByteArray value = randomBytes(random, 12 + round % 20);
            const QByteArrayList forms = toList(percentForms(value.toStdString()));
            QVERIFY(forms.contains(value.toPercentEncoding()));
            for (const QByteArray &hex : {value.toHex(), value.toHex(':')}) {
                QVERIFY(toList(hexForms(value.toStdString())).contains(hex));
                QVERIFY(toList(hexForms(value.toStdString())).contains(hex.toUpper()));
            }
        }
    }

    void base64IsFoundWhereverItBegins()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 2000; ++round) {
            const QByteArray secret = randomBytes(random, 8 + round % 25);
            const QByteArray whole =
                randomBytes(random, round % 7) + secret + randomBytes(random, round % 5);
            const auto isIn = [](const QByteArray &text) {
                return [&text](const std::string &form) {
                    return form.size() >= 8 && text.contains(QByteArray::fromStdString(form));
                };
            };
            const std::vector<std::string> forms = base64Forms(secret.toStdString());
            QVERIFY(std::ranges::any_of(forms, isIn(whole.toBase64())));
            QVERIFY(
                std::ranges::any_of(forms, isIn(whole.toBase64(QByteArray::Base64UrlEncoding))));
        }
    }

    void shortFormsAreNone()
    {
        QVERIFY(!isMaskable("1234567"));
        QVERIFY(!isMaskable("  1 2 3\n4 5 6 7  "));
        QVERIFY(isMaskable("12345678"));
        QVERIFY(secretForms("1234567").empty());
        for (const std::string &form : secretForms("{\n\"key\": \"value of the key\"\n}\n"))
            QVERIFY2(form.size() >= kShortestSecret, form.c_str());
    }

    void passwordsAreFoundWithin_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArrayList>("passwords");
        QTest::newRow("nothing") << "postgres://host:5432/shop"_ba << QByteArrayList();
        QTest::newRow("URL") << "postgres://app:s3cret@host/shop"_ba << QByteArrayList{"s3cret"};
        QTest::newRow("coded in a URL") << "postgres://app:p%40ss%word%2@host/shop"_ba
                                        << QByteArrayList{"p%40ss%word%2", "p@ss%word%2"};
        QTest::newRow("no user") << "redis://:s3cret@host"_ba << QByteArrayList{"s3cret"};
        QTest::newRow("@ within") << "amqp://a:p@ss@host/x@y"_ba << QByteArrayList{"p@ss"};
        QTest::newRow("two") << "a://b:c@d e://f:g@h"_ba << QByteArrayList{"c", "g"};
        QTest::newRow("parameter")
            << "host=a password=s3cret user=b"_ba << QByteArrayList{"s3cret"};
        QTest::newRow("quoted") << "PASSWORD='it\\'s a' user=b"_ba << QByteArrayList{"it's a"};
        QTest::newRow("query") << "//h/d?password=s3cret&x=1"_ba << QByteArrayList{"s3cret"};
        QTest::newRow("empty") << "password= user=b a://b:@c"_ba << QByteArrayList();
    }

    void passwordsAreFoundWithin()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArrayList, passwords);
        QCOMPARE(toList(passwordsWithin(value.toStdString())), passwords);
    }

    void urlsWithoutAPasswordAreLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"http://localhost:8080/x@y", "http://localhost:8080 a@b", "see http://a@b:80/",
              "12:30://x", "://", "a://b:c", "\"http://a:b\"@c", "git@host:path"})
            QTest::newRow(text) << QByteArray(text);
    }

    void urlsWithoutAPasswordAreLeftAlone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(urlPasswords(text.toStdString()).empty());
    }

    void openUrlsAreNoticed()
    {
        QCOMPARE(openUrl("nothing"), 7U);
        QCOMPARE(openUrl("a postgres:"), 10U);
        QCOMPARE(openUrl("a postgres:/"), 10U);
        QCOMPARE(openUrl("a postgres://"), 10U);
        QCOMPARE(openUrl("a postgres://u:p@h"), 10U);
        QCOMPARE(openUrl("a postgres://u:p@h/"), 19U);
        const std::string endless = "a://" + std::string(3000, 'x');
        QCOMPARE(openUrl(endless), endless.size());
    }

    void escapesAreReducedAway_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("plain");
        QTest::newRow("none") << "a b\r\n\tc"_ba
                              << "abc"_ba;
        QTest::newRow("colour") << "a\x1b[1;31mb\x1b[0mc"_ba
                                << "abc"_ba;
        QTest::newRow("private") << "a\x1b[?25hb\x1b[2 qc"_ba
                                 << "abc"_ba;
        QTest::newRow("character set") << "a\x1b(Bb\x1b)0c"_ba
                                       << "abc"_ba;
        QTest::newRow("other") << "a\x1b=b"_ba
                               << "a=b"_ba;
        QTest::newRow("title") << "a\x1b]0;secret\x07"_ba
                               << "a]0;secret\x07"_ba;
        QTest::newRow("cut off") << "a\x1b[1;3"_ba
                                 << "a"_ba;
        QTest::newRow("lone") << "a\x1b"_ba
                              << "a"_ba;
        QTest::newRow("broken") << "a\x1b[1\xc3\xa4"_ba
                                << "a\xc3\xa4"_ba;
    }

    void escapesAreReducedAway()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, plain);
        const std::string whole = text.toStdString();
        QCOMPARE(QByteArray::fromStdString(reduced(whole, Omit::SpaceAndEscapes)), plain);
        QByteArray placed;
        for (const uint32_t place : placesOfReduced(whole, Omit::SpaceAndEscapes))
            placed += whole[place];
        QCOMPARE(placed, plain);
    }

    void openEscapesAreNoticed()
    {
        QCOMPARE(openEscape("text"), 4U);
        QCOMPARE(openEscape("a\x1b[31"), 1U);
        QCOMPARE(openEscape("a\x1b[31mb"), 7U);
    }

    void namesTellSecrets()
    {
        for (const char *name : {"PGPASSWORD", "api_token", "My_Secret_2", "DB_CONNECTION_STRING",
                                 "db_pass", "MYSQL_PWD"})
            QVERIFY2(isSecretName(name), name);
        for (const char *name : {"PATH", "HOME", "PASS", "KEYBOARD", "PASSES_TOTAL", "START_PWD"})
            QVERIFY2(!isSecretName(name), name);
        QVERIFY(namesAPlace("AWS_WEB_IDENTITY_TOKEN_FILE"));
        QVERIFY(namesAPlace("password_store_dir"));
        QVERIFY(!namesAPlace("FILE_TOKEN"));
    }
};

// Behind the class, because moc reads such raw strings as ordinary ones.
void TestSecretForms::formsHoldEveryEncoding_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("form");
    const QByteArray tricky = "p\"a's\\s w/o&r<d>$";
    QTest::newRow("raw") << "hunter2hunter2"_ba
                         << "hunter2hunter2"_ba;
    QTest::newRow("blanks do not count") << "correct horse"_ba
                                         << "correcthorse"_ba;
    QTest::newRow("JSON") << tricky << R"(p\"a's\\sw/o&r<d>$)"_ba;
    QTest::newRow("JSON, slash") << tricky << R"(p\"a's\\sw\/o&r<d>$)"_ba;
    QTest::newRow("JSON, safe in HTML") << tricky << R"(p\"a's\\sw/o\u0026r\u003cd\u003e$)"_ba;
    QTest::newRow("JSON, control") << "pass\x01word"_ba
                                   << R"(pass\u0001word)"_ba;
    QTest::newRow("JSON, line break") << "passone\npasstwo"_ba
                                      << R"(passone\npasstwo)"_ba;
    QTest::newRow("JSON, ASCII") << "geheim-Größe"_ba
                                 << R"(geheim-Gr\u00f6\u00dfe)"_ba;
    QTest::newRow("JSON, pair") << "geheim-😀-x"_ba
                                << R"(geheim-\ud83d\ude00-x)"_ba;
    QTest::newRow("shell, single") << tricky << R"(p"a'\''s\sw/o&r<d>$)"_ba;
    QTest::newRow("shell, changed") << tricky << R"(p"a'"'"'s\sw/o&r<d>$)"_ba;
    QTest::newRow("shell, double") << tricky << R"(p\"a's\\sw/o&r<d>\$)"_ba;
    QTest::newRow("shell, word") << tricky << R"(p\"a\'s\\s\w/o\&r\<d\>\$)"_ba;
    QTest::newRow("SQL") << tricky << R"(p"a''s\sw/o&r<d>$)"_ba;
    QTest::newRow("conninfo") << tricky << R"(p"a\'s\\sw/o&r<d>$)"_ba;
    QTest::newRow("XML") << tricky << "p&quot;a&apos;s\\sw/o&amp;r&lt;d&gt;$"_ba;
    QTest::newRow("XML, text") << tricky << "p\"a's\\sw/o&amp;r&lt;d&gt;$"_ba;
    QTest::newRow("percent") << tricky << "p%22a%27s%5Cs%20w%2Fo%26r%3Cd%3E%24"_ba;
    QTest::newRow("percent, lower") << tricky << "p%22a%27s%5cs%20w%2fo%26r%3cd%3e%24"_ba;
    QTest::newRow("percent, form") << tricky << "p%22a%27s%5Cs+w%2Fo%26r%3Cd%3E%24"_ba;
    QTest::newRow("percent, script") << tricky << "p%22a's%5Cs%20w%2Fo%26r%3Cd%3E%24"_ba;
    QTest::newRow("hex") << "hunter2h"_ba
                         << "68756e7465723268"_ba;
    QTest::newRow("hex, upper") << "hunter2z~"_ba
                                << "68756E746572327A7E"_ba;
    QTest::newRow("hex, colons") << "hunter2z~"_ba
                                 << "68:75:6e:74:65:72:32:7a:7e"_ba;
    QTest::newRow("hex, colons, upper") << "hunter2z~"_ba
                                        << "68:75:6E:74:65:72:32:7A:7E"_ba;
    QTest::newRow("hex, escapes") << "hunter2z~"_ba
                                  << R"(\x68\x75\x6e\x74\x65\x72\x32\x7a\x7e)"_ba;
    QTest::newRow("hex, escapes, upper") << "hunter2z~"_ba
                                         << R"(\x68\x75\x6E\x74\x65\x72\x32\x7A\x7E)"_ba;
    QTest::newRow("a line") << "short\nlong enough\nx"_ba
                            << "longenough"_ba;
}

QTEST_APPLESS_MAIN(TestSecretForms)
#include "tst_secretforms.moc"
