// SPDX-License-Identifier: Apache-2.0
#include "exec/detachedprocess.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

DetachedProgram shell(const QString &script)
{
    return {.program = u"/bin/sh"_s,
            .arguments = {u"-c"_s, script},
            .environment = {"PATH=/usr/bin:/bin", "GREETING=hello"},
            .input = {}};
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestDetachedProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void getsItsInputAndEnvironmentAlone()
    {
        const QTemporaryDir folder;
        const QString result = folder.filePath(u"result"_s);
        const QFile open(result);
        DetachedProgram program = shell(u"exec >%1; echo $GREETING $HOME; cat <&3"_s.arg(result));
        program.input = QByteArray(300'000, 'x') + '\n'; // more than a pipe holds
        QVERIFY(startDetached(program));
        QCOMPARE(contentOf(result), "hello\n" + program.input);
    }

    void failureIsTold()
    {
        DetachedProgram missing = shell({});
        missing.program = u"/nonexistent/program"_s;
        const Result<void> gone = startDetached(missing);
        QVERIFY(!gone);
        QVERIFY(gone.error().detail.contains(u"No such file"_s));
        QCOMPARE(startDetached(shell(u"exit 2"_s)).error().detail, u"It ended with exit code 2."_s);
        QCOMPARE(startDetached(shell(u"kill -KILL $$"_s)).error().detail,
                 u"It was ended by signal 9."_s);
    }

    /// Inherited from a program that has no wish to hear of its children.
    void worksWhereChildrenAreNotWaitedFor()
    {
        const QTemporaryDir folder;
        const QString result = folder.filePath(u"result"_s);
        const auto before = std::signal(SIGCHLD, SIG_IGN);
        const Result<void> started = startDetached(shell(u"echo >%1"_s.arg(result)));
        std::signal(SIGCHLD, before);
        QVERIFY(started);
        QVERIFY(QFile::exists(result));
    }

    void inputThatNobodyReadsHarmsNobody()
    {
        DetachedProgram program = shell(u"exec 3<&-; exit 0"_s);
        program.input = QByteArray(3'000'000, 'x');
        QVERIFY(startDetached(program));
    }
};

QTEST_GUILESS_MAIN(TestDetachedProcess)
#include "tst_detachedprocess.moc"
