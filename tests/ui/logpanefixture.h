// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/logpane.h"

#include "log/logview.h"
#include "output/logtesting.h"
#include "widgets/messagebar.h"

#include <QTemporaryDir>
#include <QTest>

namespace runsheet::testing
{

using namespace Qt::StringLiterals;

/// A log pane on the screen, and a log file that the test writes.
class LogPaneFixture : public QObject
{
    Q_OBJECT

protected:
    template <typename T>
    T *child(const char *name) const
    {
        return m_pane->findChild<T *>(QString::fromLatin1(name));
    }
    void show(const QByteArray &bytes, bool running, bool terminal)
    {
        QVERIFY(writeLog(m_path, bytes));
        m_pane->showLog(u"Execute migration"_s, m_path, running, terminal);
        QTRY_COMPARE(m_pane->view()->log().index().size(), bytes.size());
    }
    [[nodiscard]] QString notice() const { return m_pane->findChild<MessageBar *>()->text(); }
    void end(const QString &words, Tone tone)
    {
        m_pane->setEnded();
        m_pane->setExecutions({{u"shown"_s, u"Execute migration"_s, words, tone, {}}}, u"shown"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LogPane> m_pane;
    QString m_path;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"output.log"_s);
        m_pane = std::make_unique<LogPane>();
        m_pane->resize(600, 400);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    }
    void cleanup() { m_pane.reset(); }
};

} // namespace runsheet::testing
