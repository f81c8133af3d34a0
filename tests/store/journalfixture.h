// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/journaldatabase.h"
#include "store/samplerun.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

namespace runsheet::test
{

using namespace Qt::StringLiterals;

/// Somebody with a SQLite shell and no respect for triggers.
inline bool tamper(const QString &file, const QStringList &statements)
{
    bool ok = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        database.setDatabaseName(file);
        ok = database.open();
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            ok = query.exec(statement) && ok;
            if (query.lastError().isValid())
                qWarning() << query.lastError().text();
        }
        database.close();
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
    return ok;
}

/// Journals in a folder of the test's own.
class JournalFixture : public QObject
{
    Q_OBJECT

protected:
    Paths freshPaths() { return Paths(m_folder.filePath(QString::number(++m_count))); }

    static void fill(JournalDatabase &database, SampleRun &run, int notes)
    {
        QVERIFY(database.append(run.make(run.created())));
        for (int i = 0; i < notes; ++i)
            QVERIFY(database.append(run.make(NoteAdded{.text = u"note %1"_s.arg(i), .step = {}})));
    }

    QTemporaryDir m_folder;

private:
    int m_count = 0;
};

} // namespace runsheet::test
