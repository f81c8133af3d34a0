// SPDX-License-Identifier: Apache-2.0
#include "base/person.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

class TestPerson : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;

    void writeGitConfig(const QString &name, const QByteArray &text)
    {
        QDir().mkpath(QFileInfo(m_home.filePath(name)).path());
        QFile file(m_home.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HOME", m_home.path().toUtf8());
        qunsetenv("XDG_CONFIG_HOME");
    }

    void accountIsUsedWithoutGit()
    {
        const Person person = currentPerson();
        QVERIFY(!person.name.isEmpty());
        QVERIFY(!person.account.isEmpty());
        QVERIFY(!person.host.isEmpty());
    }

    void gitNameWins()
    {
        writeGitConfig(u".config/git/config"_s, "[user]\n\tname = Second\n");
        QCOMPARE(currentPerson().name, u"Second"_s);
        writeGitConfig(u".gitconfig"_s,
                       "[core]\n name = wrong\n[User]\n  email = a@b\n  Name = \"Ada L\"\n");
        QCOMPARE(currentPerson().name, u"Ada L"_s);
    }
};

QTEST_GUILESS_MAIN(TestPerson)
#include "tst_person.moc"
