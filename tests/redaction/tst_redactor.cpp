// SPDX-License-Identifier: Apache-2.0
#include "redaction/redactor.h"
#include "redaction/secretscan.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet::redaction;

namespace
{

const std::vector<Secret> kSecrets{{"PGPASSWORD", "hunter2hunter2"},
                                   {"KEY", "-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END-----"}};

std::string redact(Redactor redactor, std::string_view text, size_t chunk)
{
    std::string out;
    for (size_t at = 0; at < text.size(); at += chunk)
        out += redactor.feed(text.substr(at, chunk));
    return out.append(redactor.finish());
}

/// A text of words, secrets in their forms, parts of them, colours, blanks and addresses.
std::string randomText(QRandomGenerator &random, const std::vector<std::string> &forms)
{
    static const std::vector<std::string> kFiller{
        "select", " ",      "\r\n", "\x1b[31m", "\x1b[0m", "a",
        "://",    "x://u:", "@",    "\x1b",     "\t",      "2h"};
    std::string text;
    for (int i = 0; i < 60; ++i) {
        const std::string &form = forms[random.bounded(static_cast<quint32>(forms.size()))];
        const quint32 part = random.bounded(static_cast<quint32>(form.size()) + 1);
        switch (random.bounded(5)) {
        case 0:
            text += form;
            break;
        case 1:
            text += form.substr(0, part);
            break;
        case 2: // with something in the middle
            text += form.substr(0, part) + (i % 2 == 0 ? "\x1b[1;32m" : "\r\n") + form.substr(part);
            break;
        default:
            text += kFiller[random.bounded(static_cast<quint32>(kFiller.size()))];
        }
    }
    return text;
}

} // namespace

class TestRedactor : public QObject
{
    Q_OBJECT

private:
    const Redactor m_redactor{kSecrets}; // copied for every stream
    const SecretScan m_scan{kSecrets};
    std::vector<std::string> m_forms;

private Q_SLOTS:
    void initTestCase()
    {
        for (const Secret &secret : kSecrets) {
            for (std::string &form : secretForms(secret.value))
                m_forms.push_back(std::move(form));
        }
    }

    void masks_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("masked");
        const QByteArray mark = "[REDACTED:PGPASSWORD]";
        QTest::newRow("nothing") << "psql: connected\n"_ba
                                 << "psql: connected\n"_ba;
        QTest::newRow("raw") << "a hunter2hunter2 b"_ba
                             << "a " + mark + " b";
        QTest::newRow("twice") << "hunter2hunter2, hunter2hunter2"_ba << mark + ", " + mark;
        QTest::newRow("overlapping") << "hunter2hunter2hunter2"_ba << mark;
        QTest::newRow("broken over lines") << "hunter2\r\nhunter2\r\n"_ba << mark + "\r\n";
        QTest::newRow("coloured") << "x\x1b[31mhunter\x1b[1m2hunter2\x1b[0m"_ba
                                  << "x\x1b[31m" + mark + "\x1b[0m";
        QTest::newRow("in a title") << "\x1b]0;hunter2hunter2\x07"_ba
                                    << "\x1b]0;" + mark + "\x07";
        QTest::newRow("swallowed by an escape") << "\x1b[hunter2hunter2"_ba
                                                << "\x1b[" + mark;
        QTest::newRow("hex with blanks")
            << "6875 6e74 6572 3268 756e 7465 7232\n"_ba << mark + "\n";
        QTest::newRow("hex with colons") << "SHA 68:75:6E:74:65:72:32:68:\n75:6E:74:65:72:32\n"_ba
                                         << "SHA " + mark + "\n";
        QTest::newRow("hex escapes")
            << "$'\\x68\\x75\\x6e\\x74\\x65\\x72\\x32\\x68\\x75\\x6e\\x74\\x65\\x72\\x32'"_ba
            << "$'" + mark + "'";
        QTest::newRow("base64 within")
            << QByteArray("user:hunter2hunter2").toBase64() << "dXNlcjp[REDACTED:PGPASSWORD]g=="_ba;
        QTest::newRow("a line of it") << "> MIIEvQIBADANBg <"_ba
                                      << "> [REDACTED:KEY] <"_ba;
        QTest::newRow("unknown, in a URL") << "postgres://app:pw@db/shop"_ba
                                           << "postgres://app:[REDACTED:URL]@db/shop"_ba;
        QTest::newRow("known, in a URL") << "postgres://app:hunter2hunter2@db/shop"_ba
                                         << "postgres://app:" + mark + "@db/shop";
        QTest::newRow("URL at the end") << "x://a:b@c"_ba
                                        << "x://a:[REDACTED:URL]@c"_ba;
        QTest::newRow("part of it") << "hunter2hunter"_ba
                                    << "hunter2hunter"_ba;
    }

    void masks()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, masked);
        for (const size_t chunk : {1UL, 2UL, 3UL, 7UL, 1000UL})
            QCOMPARE(QByteArray::fromStdString(redact(m_redactor, text.toStdString(), chunk)),
                     masked);
    }

    void outputHoldsNoSecretHoweverItIsCut()
    {
        QRandomGenerator random(42);
        int held = 0;
        for (int round = 0; round < 80; ++round) {
            const std::string text = randomText(random, m_forms);
            held += m_scan.find(text) ? 1 : 0;
            for (const size_t chunk : {1UL, 5UL, 13UL, 4096UL}) {
                const std::string out = redact(m_redactor, text, chunk);
                QVERIFY2(!m_scan.find(out), out.c_str());
            }
        }
        QVERIFY(held > 70); // else nothing was tested
    }

    void cutsDoNotChangeTheOutput()
    {
        QRandomGenerator random(43);
        for (int round = 0; round < 80; ++round) {
            const std::string text = randomText(random, m_forms);
            const std::string whole = redact(m_redactor, text, text.size());
            for (const size_t chunk : {1UL, 3UL, 17UL})
                QCOMPARE(QByteArray::fromStdString(redact(m_redactor, text, chunk)),
                         QByteArray::fromStdString(whole));
        }
    }

    void pausesLetNoSecretThrough()
    {
        QRandomGenerator random(44);
        for (int round = 0; round < 80; ++round) {
            const std::string text = randomText(random, m_forms);
            Redactor redactor = m_redactor;
            std::string out;
            for (size_t at = 0; at < text.size();) {
                const size_t chunk = 1 + random.bounded(20U);
                out += redactor.feed(std::string_view(text).substr(at, chunk));
                if (random.bounded(2) == 0)
                    out += redactor.pause();
                at += chunk;
            }
            out += redactor.finish();
            QVERIFY2(!m_scan.find(out), out.c_str());
        }
    }

    void ordinaryTextIsUntouched()
    {
        QRandomGenerator random(45);
        std::string text;
        for (int i = 0; i < 200'000; ++i)
            text += static_cast<char>(random.bounded(256));
        QCOMPARE(redact(m_redactor, text, 4096), text);
    }

    void promptShowsAfterAPause()
    {
        Redactor redactor({Secret{"A", "Password-of-mine"}});
        QCOMPARE(redactor.feed("Pass"), ""); // might be the secret
        QVERIFY(redactor.isHolding());
        QCOMPARE(redactor.pause(), "Pass");
        QVERIFY(!redactor.isHolding());
        QCOMPARE(redactor.feed("word: "), "word: ");
    }

    void afterAPauseTheRestIsStillMasked()
    {
        Redactor redactor({Secret{"A", "Password-of-mine"}});
        std::string out(redactor.feed("Pass"));
        out += redactor.pause();
        out += redactor.feed("word-of-mine!");
        out += redactor.finish();
        QCOMPARE(out, "Pass[REDACTED:A]!");
    }

    void mostOfASecretIsNoPrompt()
    {
        Redactor redactor({Secret{"A", "Password-of-mine"}});
        QCOMPARE(redactor.feed("Password-of"), "");
        QCOMPARE(redactor.pause(), "");
        QVERIFY(!redactor.isHolding()); // asking again would give nothing
        QCOMPARE(redactor.finish(), "Password-of");
    }

    void openUrlShowsAfterAPause()
    {
        Redactor redactor({});
        QCOMPARE(redactor.feed("at http://localhost:80"), "at http");
        QCOMPARE(redactor.pause(), "://localhost:80");
        QCOMPARE(redactor.feed("80\n"), "80\n");
        std::string out(redactor.feed("x://u:secret@ho"));
        out += redactor.pause();
        QCOMPARE(out, "x://u:[REDACTED:URL]@ho");
        QCOMPARE(redactor.feed("st\n"), "st\n");
    }

    void endlessBlanksAreNotHeldForever()
    {
        Redactor redactor = m_redactor;
        size_t written = redactor.feed("hunter").size();
        const std::string blanks(1000, '\n');
        for (int i = 0; i < 200; ++i)
            written += redactor.feed(blanks).size();
        QVERIFY(written > 100'000);
        QVERIFY(!redactor.isHolding() || written > 6);
    }

    void markerNeverTellsTheSecret()
    {
        const std::vector<Secret> secrets{{"PGPASSWORD", "pgpassword"},
                                          {"PGPASSWORD", "PGPASSWORD"}};
        QCOMPARE(redact(Redactor(secrets), "is PGPASSWORD.", 4), "is [REDACTED].");
    }

    void maskedPlacesAreCounted()
    {
        Redactor redactor = m_redactor;
        static_cast<void>(redactor.feed("hunter2hunter2 a://b:c@d hunter2hunter2"));
        static_cast<void>(redactor.finish());
        QCOMPARE(redactor.masked(), 3);
    }

    void scanNamesTheSecret()
    {
        QVERIFY(!m_scan.find("nothing of it"));
        QCOMPARE(m_scan.find("{\"p\":\"hunter2hunter2\"}").value_or(""), "PGPASSWORD");
        QCOMPARE(m_scan.find("MIIEvQIBADANBg").value_or(""), "KEY");
        QCOMPARE(m_scan.find("hunter\x1b[0m2hunter2").value_or(""), "PGPASSWORD");
    }
};

QTEST_APPLESS_MAIN(TestRedactor)
#include "tst_redactor.moc"
