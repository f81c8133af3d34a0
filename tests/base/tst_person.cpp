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

    void namesAreComparedAsPeopleWriteThem_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("same");
        QTest::addRow("same") << u"Ada"_s << u"Ada"_s << true;
        QTest::addRow("case") << u"ada L"_s << u"ADA l"_s << true;
        QTest::addRow("spaces") << u" Ada  L\t"_s << u"Ada L"_s << true;
        QTest::addRow("accent in two characters") << u"Jose\u0301"_s << u"Jos\u00e9"_s << true;
        QTest::addRow("sharp s") << u"Strauß"_s << u"STRAUß"_s << true;
        QTest::addRow("without the accent") << u"Jose"_s << u"José"_s << false;
        QTest::addRow("a letter more") << u"Ada"_s << u"Adam"_s << false;
        QTest::addRow("space within") << u"Ada L"_s << u"AdaL"_s << false;
    }
    void namesAreComparedAsPeopleWriteThem()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QTEST(isSameName(one, other), "same");
        QTEST(isSameName(other, one), "same");
    }

    void anEmptyConfigurationFolderIsNone()
    {
        writeGitConfig(u".config/git/config"_s, "[user]\n\tname = Third\n");
        qputenv("XDG_CONFIG_HOME", "");
        QCOMPARE(currentPerson().name, u"Third"_s);
        qputenv("XDG_CONFIG_HOME", m_home.filePath(u"elsewhere"_s).toUtf8());
        QVERIFY(currentPerson().name != u"Third"_s);
        writeGitConfig(u"elsewhere/git/config"_s, "[user]\nname=Fourth\n");
        QCOMPARE(currentPerson().name, u"Fourth"_s);
        qunsetenv("XDG_CONFIG_HOME");
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
