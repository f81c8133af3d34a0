// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <functional>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

/// What `speak` writes to the file descriptor.
QByteArray captured(int descriptor, const std::function<void()> &speak)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"captured"_s));
    if (!file.open(QIODevice::ReadWrite))
        return "cannot capture";
    fflush(nullptr);
    const int kept = dup(descriptor);
    dup2(file.handle(), descriptor);
    speak();
    fflush(nullptr);
    dup2(kept, descriptor);
    close(kept);
    file.seek(0);
    return file.readAll();
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void speakUp()
{
    log::info(u"only for the file"_s);
    log::warning(u"look {} here"_s);
    log::error(u"it failed"_s);
}

} // namespace

class TestLog : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QtMessageHandler m_handler = nullptr;

private Q_SLOTS:
    void initTestCase() { m_handler = qInstallMessageHandler(nullptr); }
    void init() { qInstallMessageHandler(m_handler); }
    void cleanup() { qInstallMessageHandler(m_handler); }

    // First, for nothing has been started yet.
    void withoutAStartOnlyTroubleIsSaidAndOnStandardError()
    {
        QByteArray error;
        const QByteArray output =
            captured(STDOUT_FILENO, [&] { error = captured(STDERR_FILENO, speakUp); });
        QCOMPARE(output, QByteArray());
        QVERIFY(error.contains("look {} here"));
        QVERIFY(error.contains("it failed"));
        QVERIFY(!error.contains("only for the file"));
    }

    void everythingGoesToTheFile()
    {
        const QString file = m_folder.filePath(u"data/log/runsheet.log"_s);
        const QByteArray error = captured(STDERR_FILENO, [&] {
            log::start(file);
            speakUp();
            qWarning("from Qt");
        });
        qInstallMessageHandler(m_handler);
        QCOMPARE(error, QByteArray());
        const QByteArray text = contentOf(file);
        for (const char *expected : {"only for the file", "look {} here", "it failed", "from Qt"})
            QVERIFY2(text.contains(expected), expected);
        const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther;
        for (const QString &folder : {u"data"_s, u"data/log"_s})
            QVERIFY(!(QFileInfo(m_folder.filePath(folder)).permissions() & others));
    }

    void theFileIsRotatedBeforeItGrowsTooLarge()
    {
        const QString file = m_folder.filePath(u"rotated/runsheet.log"_s);
        log::start(file);
        qInstallMessageHandler(m_handler);
        const QString line(2000, u'x');
        for (int i = 0; i < 2500; ++i)
            log::info(line);
        const QFileInfoList files = QFileInfo(file).dir().entryInfoList(QDir::Files);
        QCOMPARE(files.size(), 4); // the current one and three older
        for (const QFileInfo &info : files)
            QVERIFY(info.size() <= 1'000'000);
    }

    void aLogThatCannotBeOpenedIsSaidOnStandardError()
    {
        const QByteArray error = captured(STDERR_FILENO, [] {
            log::start(u"/proc/nothing/runsheet.log"_s);
            log::error(u"it failed"_s);
        });
        qInstallMessageHandler(m_handler);
        QVERIFY(error.contains("/proc/nothing"));
        QVERIFY(error.contains("it failed"));
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
