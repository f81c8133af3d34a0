// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recognisesSecretNames_data();
    void recognisesSecretNames();
};

void TestSecrets::recognisesSecretNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("secret");
    for (const auto &name : {"PGPASSWORD"_L1, "db_password"_L1, "GITHUB_TOKEN"_L1, "MY_SECRET"_L1,
                             "AWS_SECRET_ACCESS_KEY"_L1, "API_KEY"_L1, "STRIPE_APIKEY"_L1})
        QTest::newRow(name.data()) << QString(name) << true;
    for (const auto &name : {"BACKUP_ID"_L1, "PGPASSFILE"_L1, "PGHOST"_L1, "KEYSPACE"_L1})
        QTest::newRow(name.data()) << QString(name) << false;
}

void TestSecrets::recognisesSecretNames()
{
    QFETCH(QString, name);
    QTEST(isSecretName(name), "secret");
}

QTEST_APPLESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
