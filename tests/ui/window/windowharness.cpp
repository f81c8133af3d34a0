// SPDX-License-Identifier: Apache-2.0
#include "window/windowharness.h"

#include "support/eventbuilder.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
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
    m_window = std::make_unique<MainWindow>(*m_controller, settingsFile());
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
    reopen(run);
}

void WindowHarness::reopen(const RunId &run)
{
    QSignalSpy opened(m_controller.get(), &RunController::runOpened);
    m_controller->openRun(run);
    QVERIFY(opened.wait());
}

void WindowHarness::restartEmpty()
{
    m_window->close();
    m_window.reset();
    open();
}

void WindowHarness::connectServer()
{
    m_window->setMonitorStatus(
        {.state = MonitorStatus::State::Connected, .message = {}, .detail = {}, .identity = {}});
}

Environment WindowHarness::practice()
{
    Environment environment;
    environment.name = u"practice"_s;
    environment.connection.host = u"/run/postgresql"_s;
    environment.connection.database = u"shop"_s;
    environment.variables = {{u"SHOP_DIR"_s, u"/srv/shop"_s},
                             {u"BACKUP_DIR"_s, u"/srv/backup"_s},
                             {u"BACKUP_ID"_s, u"20261120"_s},
                             {u"ORDERS_BEFORE"_s, u"70000"_s}};
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

QDialog *WindowHarness::dialog()
{
    return qobject_cast<QDialog *>(QApplication::activeModalWidget());
}

QPushButton *WindowHarness::button(const QString &name) const
{
    return named<QPushButton>(name);
}

void WindowHarness::press(const QString &name) const
{
    QPushButton *wanted = button(name);
    QVERIFY2(wanted != nullptr, qPrintable(name));
    QVERIFY2(wanted->isEnabled(), qPrintable(name));
    QTest::mouseClick(wanted, Qt::LeftButton);
}

void WindowHarness::trigger(const QString &action) const
{
    for (QAction *one : m_window->actions()) {
        if (one->text() == action) {
            QVERIFY2(one->isEnabled(), qPrintable(action));
            one->trigger();
            return;
        }
    }
    QFAIL(qPrintable(u"There is no action “%1”."_s.arg(action)));
}

void WindowHarness::giveReason(const QString &text) const
{
    QVERIFY(dialog() != nullptr);
    auto *field = dialog()->findChild<QLineEdit *>(u"reason"_s);
    QVERIFY(field != nullptr);
    field->clear();
    QTest::keyClicks(field, text);
}

bool WindowHarness::canConfirm()
{
    return dialog()->findChild<QPushButton *>(u"confirm"_s)->isEnabled();
}

void WindowHarness::confirm() const
{
    QVERIFY(dialog() != nullptr && canConfirm());
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"confirm"_s), Qt::LeftButton);
}

void WindowHarness::choosePhase(const QString &title) const
{
    auto *phases = named<QAbstractItemView>(u"Phases"_s);
    const QAbstractItemModel *model = phases->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 0).data().toString() == title) {
            phases->setCurrentIndex(model->index(row, 0));
            return;
        }
    }
    QFAIL(qPrintable(u"There is no phase “%1”."_s.arg(title)));
}

void WindowHarness::signChecks()
{
    const RunState &state = m_controller->state();
    for (const auto &title : {u"First check"_s, u"Second check"_s}) {
        const StepId step = stepNamed(state, title);
        m_controller->signStep(
            {.step = step, .observed = {}, .note = {}, .signedBy = u"release"_s});
        QTRY_VERIFY(state.isSigned(step));
    }
}

void WindowHarness::startCommand()
{
    signChecks();
    m_controller->approveRunbook();
    QTRY_VERIFY(m_controller->state().approval);
    choosePhase(u"Execution"_s);
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QTRY_COMPARE(runner.requests().size(), 1);
    runner.reportStarted();
    QTRY_VERIFY(shows(u"running 00:00:00"_s));
    QTRY_VERIFY(button(u"Stop"_s)->isEnabled()); // once it is known which process it is
}

void WindowHarness::endCommand(ExecutionOutcome outcome, int exitCode)
{
    CommandEnded end;
    end.outcome = outcome;
    end.exitCode = exitCode;
    end.outputLines = 3;
    runner.reportEnded(end);
    QTRY_VERIFY(m_controller->state().openExecutions().isEmpty());
}

} // namespace runsheet::test
