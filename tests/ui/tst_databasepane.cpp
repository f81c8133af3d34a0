// SPDX-License-Identifier: Apache-2.0
#include "database/databasepane.h"
#include "database/sessionmodel.h"
#include "theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QFont>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

using State = MonitorStatus::State;

namespace
{

DatabaseSession session(qint64 pid, const QString &application = u"shop"_s)
{
    return {.pid = pid,
            .application = application,
            .user = u"app"_s,
            .state = u"active"_s,
            .durationMs = 3200,
            .wait = {},
            .query = u"SELECT <b>1</b>"_s,
            .waitsFor = {}};
}

MonitorStatus connected()
{
    MonitorStatus status;
    status.state = State::Connected;
    status.identity = ServerIdentity{.database = u"shop"_s,
                                     .user = u"app"_s,
                                     .host = u"db1"_s,
                                     .port = 5432,
                                     .version = u"15.18"_s,
                                     .versionNumber = 150018,
                                     .systemIdentifier = u"731244710982"_s,
                                     .inRecovery = false}
                          .toJson();
    return status;
}

DatabaseSnapshot snapshotWith(const QList<DatabaseSession> &sessions)
{
    DatabaseSnapshot snapshot;
    snapshot.connections = {{u"idle"_s, 9}, {u"active"_s, 3}};
    snapshot.maxConnections = 100;
    snapshot.sessions = sessions;
    return snapshot;
}

} // namespace

class TestDatabasePane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_pane = std::make_unique<DatabasePane>();
        m_pane->resize(560, 420);
        m_pane->show();
    }

    void theModelFollowsEverySnapshot_data()
    {
        QTest::addColumn<QList<qint64>>("before");
        QTest::addColumn<QList<qint64>>("after");
        QTest::newRow("first") << QList<qint64>{} << QList<qint64>{1, 2, 3};
        QTest::newRow("all gone") << QList<qint64>{1, 2, 3} << QList<qint64>{};
        QTest::newRow("one in the middle comes") << QList<qint64>{1, 3} << QList<qint64>{1, 2, 3};
        QTest::newRow("some leave, some come")
            << QList<qint64>{1, 2, 3, 4} << QList<qint64>{4, 5, 2};
        QTest::newRow("turned round") << QList<qint64>{1, 2, 3, 4} << QList<qint64>{4, 3, 2, 1};
    }
    void theModelFollowsEverySnapshot()
    {
        QFETCH(QList<qint64>, before);
        QFETCH(QList<qint64>, after);
        SessionModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        for (const QList<qint64> &pids : {before, after}) {
            QList<DatabaseSession> sessions;
            for (const qint64 pid : pids)
                sessions.append(session(pid));
            model.setSessions(sessions);
            QCOMPARE(model.rowCount(), pids.size());
            for (int row = 0; row < model.rowCount(); ++row)
                QCOMPARE(text(model, row, SessionModel::Pid), QString::number(pids[row]));
        }
        QCOMPARE(resets.count(), 0);
    }

    void aChangedSessionChangesItsRow()
    {
        SessionModel model;
        model.setSessions({session(1), session(2)});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        DatabaseSession waiting = session(2);
        waiting.waitsFor = {4121};
        model.setSessions({session(1), waiting});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 1);
        QCOMPARE(text(model, 1, SessionModel::Waits), u"waits for pid 4121"_s);
    }

    void waitsAreWords_data()
    {
        QTest::addColumn<QList<qint64>>("waitsFor");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nobody") << QList<qint64>{} << u"IO: DataFileRead"_s;
        QTest::newRow("one") << QList<qint64>{5} << u"waits for pid 5"_s;
        QTest::newRow("three") << QList<qint64>{5, 6, 7} << u"waits for pids 5, 6 and 7"_s;
        QTest::newRow("prepared") << QList<qint64>{0} << u"waits for a prepared transaction"_s;
    }
    void waitsAreWords()
    {
        QFETCH(QList<qint64>, waitsFor);
        DatabaseSession waiting = session(1);
        waiting.wait = u"IO: DataFileRead"_s;
        waiting.waitsFor = waitsFor;
        QTEST(describeWait(waiting), "expected");
    }

    void ownSessionsAreBold()
    {
        SessionModel model;
        model.setSessions({session(1, u"runsheet:7:migrate:1"_s), session(2)});
        QVERIFY(model.index(0, 1).data(Qt::FontRole).value<QFont>().bold());
        QVERIFY(!model.index(1, 1).data(Qt::FontRole).isValid());
    }

    void anotherDatabaseIsNamed()
    {
        SessionModel model;
        DatabaseSession elsewhere = session(1, u"runsheet:7:migrate:1"_s);
        elsewhere.database = u"other"_s;
        model.setSessions({elsewhere, session(2, u"cron"_s)});
        QCOMPARE(model.index(0, 1).data().toString(), u"runsheet:7:migrate:1 (database other)"_s);
        QCOMPARE(model.index(1, 1).data().toString(), u"cron"_s);
    }

    void identityAndConnectionsAreShown()
    {
        m_pane->setStatus(connected());
        m_pane->setSnapshot(snapshotWith({session(1)}));
        QCOMPARE(label(u"databaseIdentity"_s), u"shop @ db1:5432 · PostgreSQL 15.18 · primary"_s);
        QCOMPARE(label(u"databaseDetails"_s), u"system 731244710982 · role app"_s);
        QCOMPARE(label(u"databaseConnections"_s), u"12 of 100 connections: 9 idle, 3 active"_s);
        auto *table = m_pane->findChild<QTableView *>();
        QCOMPARE(table->accessibleName(), u"Sessions"_s);
        QVERIFY(table->isVisible());
    }

    void blockedSessionsAreCounted()
    {
        QSignalSpy counted(m_pane.get(), &DatabasePane::blockedSessionsChanged);
        DatabaseSession waiting = session(2);
        waiting.waitsFor = {1};
        m_pane->setSnapshot(snapshotWith({session(1), waiting}));
        m_pane->setSnapshot(snapshotWith({session(1), waiting}));
        QCOMPARE(counted.count(), 1);
        QCOMPARE(m_pane->blockedSessions(), 1);
    }

    void nothingIsBlockedWhileNothingIsKnown_data()
    {
        QTest::addColumn<State>("state");
        QTest::newRow("lost") << State::Lost;
        QTest::newRow("refused") << State::Refused;
        QTest::newRow("another environment") << State::Connecting;
        QTest::newRow("no server") << State::Off;
    }
    void nothingIsBlockedWhileNothingIsKnown()
    {
        QFETCH(State, state);
        DatabaseSession waiting = session(2);
        waiting.waitsFor = {1};
        m_pane->setStatus(connected());
        m_pane->setSnapshot(snapshotWith({session(1), waiting}));
        QSignalSpy counted(m_pane.get(), &DatabasePane::blockedSessionsChanged);
        MonitorStatus status;
        status.state = state;
        m_pane->setStatus(status);
        QCOMPARE(m_pane->blockedSessions(), 0);
        QCOMPARE(counted.count(), 1);
        m_pane->setStatus(connected());
        m_pane->setSnapshot(snapshotWith({session(1), waiting}));
        QCOMPARE(m_pane->blockedSessions(), 1);
    }

    void theNextServerStartsWithAnEmptyTable()
    {
        m_pane->setStatus(connected());
        m_pane->setSnapshot(snapshotWith({session(1), session(2)}));
        MonitorStatus connecting;
        connecting.state = State::Connecting;
        m_pane->setStatus(connecting);
        QCOMPARE(m_pane->findChild<QTableView *>()->model()->rowCount(), 0);
        QVERIFY(label(u"databaseEmpty"_s).startsWith(u"Connecting"_s));
        QVERIFY(m_pane->findChild<QLabel *>(u"databaseEmpty"_s)->isVisible());
    }

    void aSelectionStaysOnItsSession()
    {
        m_pane->setStatus(connected());
        m_pane->setSnapshot(snapshotWith({session(1), session(2), session(3)}));
        auto *table = m_pane->findChild<QTableView *>();
        table->selectRow(1);
        m_pane->setSnapshot(snapshotWith({session(9), session(3), session(2)}));
        const auto rows = table->selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().data().toString(), u"2"_s);
    }

    void whatIsHiddenSaysSo()
    {
        m_pane->setStatus(connected());
        DatabaseSnapshot snapshot = snapshotWith({});
        snapshot.connections = {{QString(), 2}, {u"idle"_s, 1}};
        snapshot.hiddenSessions = 1;
        m_pane->setSnapshot(snapshot);
        QCOMPARE(label(u"databaseConnections"_s), u"3 of 100 connections: 2 hidden, 1 idle"_s);
        QVERIFY2(label(u"databaseHint"_s).contains(u"what one session does from"_s),
                 qPrintable(label(u"databaseHint"_s)));
        snapshot.hiddenSessions = 0;
        m_pane->setSnapshot(snapshot);
        QVERIFY(!m_pane->findChild<QLabel *>(u"databaseHint"_s)->isVisible());
    }

    void aRoleIsQuotedAsSqlWantsIt()
    {
        MonitorStatus status = connected();
        ServerIdentity identity = ServerIdentity::fromJson(status.identity);
        identity.user = u"re\"port"_s;
        status.identity = identity.toJson();
        m_pane->setStatus(status);
        DatabaseSnapshot snapshot = snapshotWith({});
        snapshot.hiddenSessions = 2;
        m_pane->setSnapshot(snapshot);
        QVERIFY2(label(u"databaseHint"_s).endsWith(u"GRANT pg_monitor TO \"re\"\"port\";"_s),
                 qPrintable(label(u"databaseHint"_s)));
    }

    void theServerIsNamedAsItIs_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("standby");
        QTest::addColumn<QString>("text");
        QTest::newRow("socket") << u"/tmp/x"_s << false
                                << u"shop @ local socket · PostgreSQL 15.18 · primary"_s;
        QTest::newRow("nothing") << QString() << false
                                 << u"shop @ local socket · PostgreSQL 15.18 · primary"_s;
        QTest::newRow("standby") << u"db2"_s << true
                                 << u"shop @ db2:5432 · PostgreSQL 15.18 · standby"_s;
    }
    void theServerIsNamedAsItIs()
    {
        QFETCH(QString, host);
        QFETCH(bool, standby);
        MonitorStatus status = connected();
        ServerIdentity identity = ServerIdentity::fromJson(status.identity);
        identity.host = host;
        identity.inRecovery = standby;
        identity.systemIdentifier.clear();
        status.identity = identity.toJson();
        m_pane->setStatus(status);
        QTEST(label(u"databaseIdentity"_s), "text");
        QCOMPARE(label(u"databaseDetails"_s), u"system identifier hidden · role app"_s);
    }

    void everyColumnHasANameAndEveryCellItsWords()
    {
        SessionModel model;
        DatabaseSession hidden = session(7);
        hidden.state.clear();
        hidden.durationMs = -1;
        hidden.query.clear();
        model.setSessions({session(5), hidden});
        QStringList names;
        QStringList first;
        for (int column = 0; column < model.columnCount(); ++column) {
            names.append(model.headerData(column, Qt::Horizontal).toString());
            first.append(text(model, 0, column));
        }
        QCOMPARE(names,
                 (QStringList{u"Pid"_s, u"Application"_s, u"User"_s, u"State"_s, u"For"_s,
                              u"Waits"_s, u"Query"_s}));
        QCOMPARE(first,
                 (QStringList{u"5"_s, u"shop"_s, u"app"_s, u"active"_s, u"3.2 s"_s, QString(),
                              u"SELECT <b>1</b>"_s}));
        QCOMPARE(text(model, 1, SessionModel::State), u"hidden"_s);
        QCOMPARE(text(model, 1, SessionModel::Duration), QString());
        const auto alignment = [&model](int column) {
            return model.index(0, column).data(Qt::TextAlignmentRole).value<Qt::Alignment>();
        };
        QVERIFY(alignment(SessionModel::Duration).testFlag(Qt::AlignRight));
        QVERIFY(!alignment(SessionModel::Query).testFlag(Qt::AlignRight));
        QVERIFY(!model.data({}).isValid());
        QVERIFY(!model.headerData(0, Qt::Horizontal, Qt::DecorationRole).isValid());
    }

    void aMissingGrantIsNamed()
    {
        m_pane->setStatus(connected());
        DatabaseSnapshot snapshot = snapshotWith({});
        snapshot.hiddenSessions = 4;
        m_pane->setSnapshot(snapshot);
        QVERIFY(label(u"databaseHint"_s).contains(u"GRANT pg_monitor TO \"app\";"_s));
    }

    void withoutServerItSaysSo()
    {
        QVERIFY(label(u"databaseEmpty"_s).contains(u"when the environment names a server"_s));
        QVERIFY(!m_pane->findChild<QTableView *>()->isVisible());
    }

    void aLostServerIsSaidAndCanBeRetried()
    {
        m_pane->setStatus(connected());
        m_pane->setSnapshot(snapshotWith({session(1)}));
        auto *retry = m_pane->findChild<QPushButton *>(u"retryServer"_s);
        QVERIFY(!retry->isVisible());
        MonitorStatus lost;
        lost.state = State::Lost;
        lost.message = u"The server does not answer."_s;
        lost.detail = u"<i>EOF</i>"_s;
        m_pane->setStatus(lost);
        QVERIFY(retry->isVisible());
        QCOMPARE(label(u"serverMessage"_s), u"The server does not answer.\n<i>EOF</i>"_s);
        QCOMPARE(m_pane->findChild<QLabel *>(u"serverMessage"_s)->textFormat(), Qt::PlainText);
        QVERIFY(
            m_pane->findChild<QTableView *>()->isVisible()); // what was seen last stays readable
        QSignalSpy requested(m_pane.get(), &DatabasePane::retryRequested);
        QTest::mouseClick(retry, Qt::LeftButton);
        QCOMPARE(requested.count(), 1);
        m_pane->setStatus(connected());
        QVERIFY(!retry->isVisible());
    }

    void itPaintsInBothThemes_data()
    {
        QTest::addColumn<ThemeChoice>("choice");
        QTest::newRow("light") << ThemeChoice::Light;
        QTest::newRow("dark") << ThemeChoice::Dark;
    }
    void itPaintsInBothThemes()
    {
        QFETCH(ThemeChoice, choice);
        applyTheme(*qApp, choice);
        DatabaseSession waiting = session(4121, u"runsheet:14:migrate:1"_s);
        waiting.waitsFor = {77};
        m_pane->setStatus(connected());
        m_pane->setSnapshot(snapshotWith({waiting, session(77, u"cron"_s), session(90)}));
        MonitorStatus lost;
        lost.state = State::Lost;
        lost.message = u"The server at db1:5432 does not answer. It is tried again by itself."_s;
        m_pane->setStatus(lost);
        const QImage picture = m_pane->grab().toImage();
        QVERIFY(picture.width() >= 560);
        const QString folder = qEnvironmentVariable("RUNSHEET_SHOTS");
        if (!folder.isEmpty())
            picture.save(folder
                         + u"/database-%1.png"_s.arg(QLatin1StringView(QTest::currentDataTag())));
    }

private:
    static QString text(const SessionModel &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
    [[nodiscard]] QString label(const QString &name) const
    {
        return m_pane->findChild<QLabel *>(name)->text();
    }

    std::unique_ptr<DatabasePane> m_pane;
};

QTEST_MAIN(TestDatabasePane)
#include "tst_databasepane.moc"
