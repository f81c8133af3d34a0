// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheCanonicalForm_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QByteArray>("expected");
        const QJsonValue null;
        QTest::addRow("null") << null << QByteArray("null");
        QTest::addRow("booleans") << QJsonValue(QJsonArray{true, false})
                                  << QByteArray("[true,false]");
        QTest::addRow("largest integer")
            << QJsonValue(qint64(9'007'199'254'740'991)) << QByteArray("9007199254740991");
        QTest::addRow("negative") << QJsonValue(-3) << QByteArray("-3");
        QTest::addRow("escapes") << QJsonValue(u"\"\\\b\f\n\r\t\u0001/"_s)
                                 << QByteArray("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001/\"");
        QTest::addRow("not escaped")
            << QJsonValue(u"é€\U0001F600"_s) << QByteArray("\"é€\U0001F600\"");
        // Sorted by UTF-16 code unit: the surrogate pair of U+1F600 comes before U+FB33.
        QTest::addRow("key order") << QJsonValue(
            QJsonObject{{u"\uFB33"_s, 1}, {u"\U0001F600"_s, 2}, {u"b"_s, 3}, {u"a"_s, 4}})
                                   << QByteArray("{\"a\":4,\"b\":3,\"\U0001F600\":2,\"\uFB33\":1}");
        QTest::addRow("empty") << QJsonValue(
            QJsonObject{{u"o"_s, QJsonObject()}, {u"l"_s, QJsonArray()}})
                               << QByteArray("{\"l\":[],\"o\":{}}");
    }
    void writesTheCanonicalForm()
    {
        QFETCH(QJsonValue, value);
        QFETCH(QByteArray, expected);
        QCOMPARE(canonicalJson(value), expected);
    }

    void readingBackGivesTheSameForm()
    {
        const QByteArray form = "{\"a\":[1,null,\"x\\ny\"],\"z\":{\"k\":true}}";
        const Result<QJsonObject> object = parseJsonObject(form);
        QVERIFY(object.hasValue());
        QCOMPARE(canonicalJson(*object), form);
    }

    void brokenTextIsAnErrorWithAPlace()
    {
        const Result<QJsonObject> broken = parseJsonObject("{\"a\":");
        QVERIFY(!broken);
        QCOMPARE(broken.error().kind, Error::Kind::Corrupt);
        QVERIFY(broken.error().message.contains(u"byte"_s));
        QVERIFY(!parseJsonObject("[1]"));
    }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
