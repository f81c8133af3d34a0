// SPDX-License-Identifier: Apache-2.0
#include "run/workedin.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

const QString kCreate = u"'create index concurrently a on b (c)'"_s;

std::optional<QString> workedIn(const RunState &state, const QString &text,
                                const QStringList &seenIn = {},
                                CommandLanguage language = CommandLanguage::Shell)
{
    return databaseWorkedIn(state, {.id = {u"e"_s}, .text = text}, language, seenIn);
}

} // namespace

class TestWorkedIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textThatNamesAnotherServerIsTold_data();
    void textThatNamesAnotherServerIsTold();
    void variablesMayLeadElsewhere();
    void whereItWasSeenCounts();
};

void TestWorkedIn::textThatNamesAnotherServerIsTold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("atHome");
    const auto row = [](const char *name, const QString &text, bool atHome) {
        QTest::newRow(name) << text << atHome;
    };
    row("plain", u"psql -c "_s + kCreate, true);
    row("with settings", u"# Apply\nexec psql -X -v ON_ERROR_STOP=1 -P pager=off -c "_s + kCreate,
        true);
    row("with an output", u"psql -Xq --command="_s + kCreate + u" 2>&1"_s, true);
    row("deaf", u"exec env --block-signal=INT --block-signal=TERM psql -X -c "_s + kCreate, true);
    row("database", u"psql -d other -c "_s + kCreate, false);
    row("database by its long name", u"psql --dbname=other -c "_s + kCreate, false);
    row("database as a word", u"psql other -c "_s + kCreate, false);
    row("database as the last word", u"psql -c "_s + kCreate + u" other"_s, false);
    row("server", u"psql -h db2 -c "_s + kCreate, false);
    row("port", u"psql -p 5433 -c "_s + kCreate, false);
    row("role, whose name is the default database's", u"psql -U shop -c "_s + kCreate, false);
    row("address", u"psql postgres://db2/shop -c "_s + kCreate, false);
    row("variable as an address", u"psql $DATABASE_URL -c "_s + kCreate, false);
    row("environment", u"PGDATABASE=other psql -c "_s + kCreate, false);
    row("environment by env", u"env PGHOST=db2 psql -c "_s + kCreate, false);
    row("own environment", u"env -i psql -c "_s + kCreate, false);
}

void TestWorkedIn::textThatNamesAnotherServerIsTold()
{
    QFETCH(QString, text);
    QFETCH(bool, atHome);
    const std::optional<QString> found = workedIn({}, text);
    QCOMPARE(found.has_value(), atHome);
    QCOMPARE(found.value_or(QString()), QString());
}

void TestWorkedIn::variablesMayLeadElsewhere()
{
    const QString sql = u"create index a on b (c)"_s;
    const auto place = [&](const RunState &state) {
        return workedIn(state, sql, {}, CommandLanguage::Sql);
    };
    RunState state;
    state.environment.connection = {.host = u"db1"_s, .port = 5432, .database = u"shop"_s};
    QCOMPARE(place(state), QString());
    state.variables.insert(u"PGDATABASE"_s, {.value = u"shop"_s});
    state.environment.variables.insert(u"PGPORT"_s, u"5432"_s);
    QCOMPARE(place(state), QString());
    state.variables.insert(u"PGDATABASE"_s, {.value = u"other"_s});
    QCOMPARE(place(state), std::nullopt);
    state.variables.insert(u"PGDATABASE"_s, {}); // libpq then takes the role's name
    QCOMPARE(place(state), std::nullopt);
    state.variables.clear();
    state.environment.variables.insert(u"PGHOST"_s, u"db2"_s);
    QCOMPARE(place(state), std::nullopt);
}

void TestWorkedIn::whereItWasSeenCounts()
{
    const QString elsewhere = u"psql -d other -c "_s + kCreate;
    QCOMPARE(workedIn({}, elsewhere, {u"other"_s}), u"other"_s);
    QCOMPARE(workedIn({}, elsewhere, {QString()}), QString()); // another name of the same one
    QCOMPARE(workedIn({}, u"psql -c "_s + kCreate, {u"other"_s}), u"other"_s);
    QCOMPARE(workedIn({}, elsewhere, {QString(), u"other"_s}), std::nullopt);
}

QTEST_GUILESS_MAIN(TestWorkedIn)
#include "tst_workedin.moc"
