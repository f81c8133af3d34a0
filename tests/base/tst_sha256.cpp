// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestSha256 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheKnownOne()
    {
        QCOMPARE(sha256Hex("abc"),
                 u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s);
        QCOMPARE(sha256Hex({}),
                 u"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_s);
    }

    void piecesGiveTheHashOfTheWhole()
    {
        const QByteArray bytes = QByteArray(100'000, 'x') + QByteArray(1, '\0') + "end";
        Sha256 hash;
        for (qsizetype at = 0; at < bytes.size(); at += 777)
            hash.add(QByteArrayView(bytes).sliced(at, std::min<qsizetype>(777, bytes.size() - at)));
        QCOMPARE(hash.hex(),
                 QString::fromLatin1(
                     QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
    }
};

QTEST_APPLESS_MAIN(TestSha256)
#include "tst_sha256.moc"
