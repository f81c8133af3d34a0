// SPDX-License-Identifier: Apache-2.0
// A durable sign-off from the GUI thread and back, beside one bare SQLite insert on the same disk.
#include "store/samplerun.h"
#include "store/sqliteconnection.h"
#include "store/sqlitejournal.h"
#include "support/benchreport.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>

#include <vector>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr int kRounds = 200;
constexpr double kAimRatio = 2;

class SignOffs
{
public:
    explicit SignOffs(const QString &folder)
        : m_journal(Paths(folder))
    {
        QObject::connect(&m_journal, &RunJournal::appended, &m_loop, &QEventLoop::quit);
        QObject::connect(&m_journal, &RunJournal::appendFailed, &m_loop,
                         [](const RunEvent &, const Error &error) {
                             qFatal("%s", qUtf8Printable(error.message));
                         });
        append(m_run.created());
        m_step = m_run.step(u"Tell support"_s);
    }

    void sign()
    {
        append(StepSigned{.step = m_step, .observed = u"12 rows"_s, .note = u"as expected"_s});
    }

private:
    void append(EventBody body)
    {
        m_journal.append(m_run.make(std::move(body)));
        m_loop.exec();
    }

    SqliteJournal m_journal;
    QEventLoop m_loop;
    test::SampleRun m_run;
    StepId m_step;
};

class BareInserts
{
public:
    explicit BareInserts(const QString &folder)
        : m_connection(folder + u"/bare.sqlite"_s)
    {
        if (!m_connection.open()
            || !m_connection.run(
                u"CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT) STRICT"_s))
            qFatal("the bare database could not be made");
    }

    void insert()
    {
        const bool ok = m_connection.begin()
            && m_connection.run(u"INSERT INTO event (body) VALUES (?)"_s, {QString(600, u'x')})
            && m_connection.commit();
        if (!ok)
            qFatal("a bare insert failed");
    }

private:
    SqliteConnection m_connection;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    // Beside the build, not in /tmp, which may be memory.
    QTemporaryDir folder(QStringLiteral(RUNSHEET_BINARY_DIR "/bench-signoff-XXXXXX"));
    SignOffs signOffs(folder.path());
    BareInserts bareInserts(folder.path());
    std::vector<double> durable;
    std::vector<double> bare;
    // In turns, so that both meet the same disk.
    for (int i = 0; i < kRounds; ++i) {
        bare.push_back(bench::milliseconds([&] { bareInserts.insert(); }));
        durable.push_back(bench::milliseconds([&] { signOffs.sign(); }));
    }
    const double value = bench::median(durable);
    const double floor = bench::median(bare);
    bench::report({.name = u"durable sign-off"_s,
                   .value = value,
                   .unit = u"ms"_s,
                   .reference = u"bare SQLite insert"_s,
                   .referenceValue = floor,
                   .aim = u"≤ 2×"_s,
                   .met = value <= kAimRatio * floor});
    return 0;
}
