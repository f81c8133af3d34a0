// SPDX-License-Identifier: Apache-2.0
#include "control.h"
#include "exec/controlchannel.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <memory>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

/// The server of one folder, and what it understood so far.
class Server
{
public:
    explicit Server(const QString &folder)
        : m_folder(*exec::Folder::open(QFile::encodeName(folder).constData()))
        , m_server(m_folder)
    {
    }

    /// One turn of the loop in which the supervisor has it; false when nothing came.
    bool turn(int milliseconds = 0)
    {
        std::vector<pollfd> set;
        m_server.addTo(set);
        watched = set.size();
        if (::poll(set.data(), set.size(), milliseconds) <= 0)
            return false;
        for (exec::ControlRequest &request : m_server.handle(set))
            requests.push_back(std::move(request));
        return true;
    }
    void turnUntilQuiet()
    {
        while (turn()) { }
    }

    std::vector<exec::ControlRequest> requests;
    size_t watched = 0; ///< descriptors: the listener and one per client

private:
    exec::Folder m_folder;
    exec::ControlServer m_server;
};

/// A client that may write what ours never would.
class Client
{
public:
    explicit Client(const QString &folder)
        : m_fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray path = QFile::encodeName(folder + u"/control.sock"_s);
        std::strncpy(address.sun_path, path.constData(), sizeof address.sun_path - 1);
        isConnected =
            ::connect(m_fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address)
            == 0;
    }
    qsizetype write(const QByteArray &bytes) const
    {
        return ::send(m_fd.get(), bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
    }
    [[nodiscard]] bool isHungUp() const
    {
        char byte = 0;
        return ::recv(m_fd.get(), &byte, 1, 0) == 0;
    }
    void close() { m_fd.reset(); }

    bool isConnected = false;

private:
    exec::UniqueFd m_fd;
};

} // namespace

class TestControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRequests();
    void refusesOtherLines_data();
    void refusesOtherLines();
    void binaryInputArrivesUnchanged();
    void bothSidesUnderstandEachOther();
    void descriptorIsHeldAsLongAsTheServerLives();
    void linesMayComeInPieces();
    void endlessLineEndsItsClient();
    void oneClientTooManyWaitsItsTurn();
    void staleSocketIsReplaced();
    void deepFolderIsReached();
    void nobodyListens_data();
    void nobodyListens();
};

void TestControl::readsRequests()
{
    QCOMPARE(exec::parseControlLine(R"({"signal":2})")->signal, std::optional(SIGINT));
    QCOMPARE(exec::parseControlLine(R"({"signal":64})")->signal, std::optional(64));
    QCOMPARE(exec::parseControlLine(R"({"input":"eWVzCg=="})")->input, std::string("yes\n"));
    QCOMPARE(exec::parseControlLine(R"({"input":""})")->input, std::string());
    const auto resize = exec::parseControlLine(R"({"resize":[132,50]})")->resize;
    QVERIFY(resize);
    QCOMPARE(resize->columns, 132);
    QCOMPARE(resize->rows, 50);
}

void TestControl::refusesOtherLines_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
         {"", "{", "[]", "7", "null", "{}", R"({"kill":9})", R"({"signal":0})", R"({"signal":-9})",
          R"({"signal":65})", R"({"signal":"TERM"})", R"({"input":7})", R"({"input":"a*b="})",
          R"({"input":"\u0000"})", R"({"resize":[80]})", R"({"resize":"80x24"})",
          R"({"resize":{"columns":80}})", "\xff\xfe"})
        QTest::addRow("%s", line) << QByteArray(line);
}

void TestControl::refusesOtherLines()
{
    QFETCH(QByteArray, line);
    QVERIFY(!exec::parseControlLine(line.toStdString()));
}

void TestControl::binaryInputArrivesUnchanged()
{
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    for (const qsizetype size : {0, 1, 2, 3, 255, 256}) {
        const QByteArray bytes = all.last(size);
        const auto request = exec::parseControlLine(inputLine(bytes).toStdString());
        QVERIFY(request);
        QCOMPARE(QByteArray::fromStdString(*request->input), bytes);
    }
}

void TestControl::bothSidesUnderstandEachOther()
{
    const QTemporaryDir folder;
    Server server(folder.path());
    QVERIFY(
        sendControl(folder.path(),
                    signalLine(SIGTERM) + "what?\n" + inputLine("y\n"_ba) + resizeLine(0, 99'999)));
    server.turnUntilQuiet();
    QCOMPARE(server.requests.size(), 3U);
    QCOMPARE(server.requests[0].signal, std::optional(SIGTERM));
    QCOMPARE(server.requests[1].input, std::string("y\n"));
    QCOMPARE(server.requests[2].resize->columns, 1);
    QCOMPARE(server.requests[2].resize->rows, 10'000);
}

void TestControl::descriptorIsHeldAsLongAsTheServerLives()
{
    const QTemporaryDir folder;
    auto server = std::make_unique<Server>(folder.path());
    std::vector<exec::UniqueFd> kept; // the other end of each that was sent
    constexpr size_t kMost = 16;
    while (kept.size() <= kMost) {
        std::array<int, 2> ends{};
        QVERIFY(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0);
        kept.emplace_back(ends[0]);
        const exec::UniqueFd given(ends[1]);
        QVERIFY(sendControl(folder.path(), holdLine() + signalLine(SIGINT), given.get()));
        server->turnUntilQuiet();
        QCOMPARE(server->requests.size(), kept.size()); // what comes with it counts too
    }
    const auto isHeld = [](const exec::UniqueFd &end) {
        char byte = 0;
        return ::read(end.get(), &byte, 1) < 0;
    };
    QCOMPARE(std::ranges::count_if(kept, isHeld), std::ptrdiff_t(kMost));
    server.reset();
    QCOMPARE(std::ranges::count_if(kept, isHeld), 0);
}

void TestControl::linesMayComeInPieces()
{
    const QTemporaryDir folder;
    Server server(folder.path());
    Client client(folder.path());
    Client other(folder.path());
    QVERIFY(client.isConnected);
    client.write("{\"sig");
    server.turnUntilQuiet();
    QVERIFY(server.requests.empty());
    other.write("{\"signal\":15}\n");
    client.write("nal\":2}\n{\"signal\":1");
    server.turnUntilQuiet();
    QCOMPARE(server.requests.size(), 2U);
    client.close(); // what it did not finish is not done
    server.turnUntilQuiet();
    QCOMPARE(server.requests.size(), 2U);
    QCOMPARE(server.watched, 2U);
}

void TestControl::endlessLineEndsItsClient()
{
    const QTemporaryDir folder;
    Server server(folder.path());
    const Client client(folder.path());
    const QByteArray block(65'536, 'x');
    qsizetype sent = 0;
    while (sent < 8 << 20 && !client.isHungUp()) {
        sent += std::max<qsizetype>(0, client.write(block));
        server.turnUntilQuiet();
    }
    QVERIFY2(client.isHungUp(), qPrintable(QString::number(sent)));
    QVERIFY(sent >= 4 << 20);
    QVERIFY(sendControl(folder.path(), signalLine(SIGHUP)));
    server.turnUntilQuiet();
    QCOMPARE(server.requests.size(), 1U);
}

void TestControl::oneClientTooManyWaitsItsTurn()
{
    const QTemporaryDir folder;
    Server server(folder.path());
    std::vector<Client> clients;
    for (int i = 0; i < 17; ++i)
        clients.emplace_back(folder.path());
    clients.back().write("{\"signal\":9}\n");
    server.turnUntilQuiet();
    QVERIFY(server.requests.empty());
    clients.front().close();
    server.turnUntilQuiet();
    QCOMPARE(server.requests.size(), 1U);
}

void TestControl::staleSocketIsReplaced()
{
    const QTemporaryDir folder;
    {
        const Server killed(folder.path());
    }
    QVERIFY(QFile::exists(folder.filePath(u"control.sock"_s)));
    QVERIFY(!sendControl(folder.path(), signalLine(SIGINT)));
    Server server(folder.path());
    QVERIFY(sendControl(folder.path(), signalLine(SIGINT)));
    server.turnUntilQuiet();
    QCOMPARE(server.requests.size(), 1U);
}

void TestControl::deepFolderIsReached()
{
    const QTemporaryDir base;
    const QString folder = base.filePath(QString(120, u'd') + u'/' + QString(120, u'e'));
    QVERIFY(QDir().mkpath(folder));
    Server server(folder);
    QVERIFY(sendControl(folder, signalLine(SIGINT)));
    server.turnUntilQuiet();
    QCOMPARE(server.requests.size(), 1U);
}

void TestControl::nobodyListens_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("no folder") << u"/nonexistent/execution"_s;
    QTest::newRow("a file") << u"/etc/passwd"_s;
    QTest::newRow("no socket") << QDir::tempPath();
}

void TestControl::nobodyListens()
{
    QFETCH(QString, folder);
    QVERIFY(!sendControl(folder, signalLine(SIGINT)));
}

QTEST_GUILESS_MAIN(TestControl)
#include "tst_control.moc"
