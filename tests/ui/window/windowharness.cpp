// SPDX-License-Identifier: Apache-2.0
#include "window/windowharness.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace runsheet::test
{

WindowHarness::WindowHarness()
{
    runner.setOutputFolder(m_folder.path());
    open();
}

void WindowHarness::open()
{
    const Person person{.name = u"release"_s, .account = u"release"_s, .host = u"desk"_s};
    m_controller = std::make_unique<RunController>(journal, runner, clock, person);
    m_window = std::make_unique<MainWindow>(*m_controller, m_folder.filePath(u"window.ini"_s));
    m_window->resize(1440, 900);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void WindowHarness::restart()
{
    const RunId run = m_controller->state().id;
    // As after kill -9: nothing gets a chance to write.
    m_window.reset();
    open();
    QSignalSpy opened(m_controller.get(), &RunController::runOpened);
    m_controller->openRun(run);
    QVERIFY(opened.wait());
}

Environment WindowHarness::practice()
{
    Environment environment;
    environment.name = u"practice"_s;
    environment.connection.host = u"/run/postgresql"_s;
    environment.connection.database = u"shop"_s;
    return environment;
}

Environment WindowHarness::production()
{
    Environment environment;
    environment.name = u"production"_s;
    environment.production = true;
    environment.connection.host = u"db1.example"_s;
    environment.connection.port = 5432;
    environment.connection.database = u"shop"_s;
    return environment;
}

void WindowHarness::createRun(const QByteArray &source, const Environment &environment)
{
    QSignalSpy opened(m_controller.get(), &RunController::runOpened);
    m_controller->createRun({.runbookFile = u"runbook.md"_s,
                             .runbookSource = source,
                             .environment = environment,
                             .mode = RunMode::Live,
                             .windowStart = clock.time.addSecs(-1084),
                             .windowEnd = clock.time.addSecs(7200),
                             .change = {}});
    QVERIFY(opened.wait());
}

bool WindowHarness::shows(const QString &text) const
{
    const auto labels = m_window->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

} // namespace runsheet::test
