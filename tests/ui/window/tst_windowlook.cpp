// SPDX-License-Identifier: Apache-2.0
#include "support/eventbuilder.h"
#include "theme.h"
#include "window/windowharness.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;
using namespace runsheet::test;

namespace
{

QByteArray bundled(const QString &name)
{
    QFile file(QStringLiteral(RUNSHEET_SOURCE_DIR "/runbooks/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Into the folder named by RUNSHEET_SHOTS, for looking at; otherwise nowhere.
void shoot(QWidget &widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("RUNSHEET_SHOTS");
    if (!folder.isEmpty())
        widget.grab().save(folder + u'/' + name + u".png"_s);
}

StartContent content()
{
    StartContent content;
    content.runbooks = {
        {u"Production migration"_s,
         u"1 week, 24 hours, 1 hour before · 7 steps · 3 rollback scenarios · after"_s, 64,
         u"a.md"_s},
        {u"Expand, backfill, switch, contract"_s, u"Prisma · four phases, weeks apart"_s, 31,
         u"b.md"_s},
        {u"Cosmos DB containers"_s, u"continuous backup, az commands with values to fill in"_s, 41,
         u"c.md"_s},
    };
    const QDateTime now = fromIsoUtc(u"2026-11-20T01:40:00.000Z"_s);
    const auto run = [&](int number, RunStatus status, const QString &environment,
                         const QString &colour, int open) {
        RunSummary summary;
        summary.id = RunId::create();
        summary.number = number;
        summary.runbookTitle = u"Production migration"_s;
        summary.environmentName = environment;
        summary.environmentColour = colour;
        summary.mode = colour == u"red"_s ? RunMode::Live : RunMode::Rehearsal;
        summary.status = status;
        summary.createdAt = now.addDays(number - 20);
        if (status != RunStatus::InProgress)
            summary.endedAt = summary.createdAt.addSecs(4320);
        summary.closedSteps = 14;
        summary.totalSteps = 64;
        summary.openExecutions = open;
        summary.signedBy = {u"release"_s, u"dba"_s};
        return summary;
    };
    content.runs = {run(20, RunStatus::InProgress, u"production"_s, u"red"_s, 1),
                    run(18, RunStatus::Completed, u"staging"_s, u"amber"_s, 0),
                    run(11, RunStatus::RolledBack, u"production"_s, u"red"_s, 0),
                    run(4, RunStatus::Aborted, u"practice"_s, u"teal"_s, 0)};
    content.journalLine =
        u"Journal: SQLite on this computer · 4 runs · checked on opening, intact"_s;
    return content;
}

/// Labels whose text does not fit the room they got, among the visible ones.
QStringList clippedLabels(const QWidget &window)
{
    QStringList clipped;
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty()
            || label->inherits("runsheet::ElidedLabel"))
            continue;
        const int needed =
            label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        if (label->height() + 1 < needed
            || (!label->wordWrap() && label->width() + 1 < label->sizeHint().width()))
            clipped << u"“%1” %2x%3"_s.arg(label->text()).arg(label->width()).arg(label->height());
    }
    return clipped;
}

QStringList namelessWidgets(const QWidget &window)
{
    QStringList nameless;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (accessible == nullptr || accessible->text(QAccessible::Name).isEmpty())
            nameless << QString::fromLatin1(widget->metaObject()->className()) + u' '
                    + widget->objectName();
    }
    return nameless;
}

} // namespace

class TestWindowLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void startPage();
    void emptyStartPageSaysWhatToDo();
    void runPage_data();
    void runPage();
    void everyFocusableWidgetHasAName();
    void accessibleNamesAreTheContract();
    void everyBundledPhaseShows();

private:
    void makeBusy();

    QFont m_font;
    std::unique_ptr<WindowHarness> m_harness;
};

void TestWindowLook::init()
{
    m_font = QApplication::font();
    applyTheme(*qApp, ThemeChoice::Light);
    m_harness = std::make_unique<WindowHarness>();
}

void TestWindowLook::cleanup()
{
    m_harness.reset();
    QApplication::setFont(m_font);
}

void TestWindowLook::startPage()
{
    MainWindow &window = m_harness->window();
    window.setStartContent(content());
    QVERIFY(m_harness->shows(u"Production migration"_s));
    QTRY_VERIFY(m_harness->shows(u"1 command running"_s));
    QVERIFY(m_harness->shows(u"checked on opening, intact"_s));
    QVERIFY(m_harness->named(u"Runs"_s) != nullptr);
    QVERIFY(m_harness->named(u"Runbooks"_s) != nullptr);
    QTRY_COMPARE(clippedLabels(window), QStringList());
    shoot(window, u"start-light"_s);
    applyTheme(*qApp, ThemeChoice::Dark);
    shoot(window, u"start-dark"_s);
    QSignalSpy opened(&window, &MainWindow::openRunRequested);
    m_harness->named(u"Runs"_s)->setFocus();
    QTest::keyClick(m_harness->named(u"Runs"_s), Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    window.offerNewRun(content().runbooks.first());
    shoot(*QApplication::activeModalWidget(), u"newrun"_s);
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
}

void TestWindowLook::emptyStartPageSaysWhatToDo()
{
    m_harness->window().setStartContent({});
    QVERIFY(m_harness->shows(u"No run yet"_s));
    QVERIFY(m_harness->named(u"Start practice"_s) != nullptr);
    shoot(m_harness->window(), u"start-empty"_s);
}

/// Some steps signed, one command ended and one running, as in the middle of a window.
void TestWindowLook::makeBusy()
{
    RunController &controller = m_harness->controller();
    const RunState &state = controller.state();
    controller.approveRunbook();
    QTRY_VERIFY(state.approval);
    for (int i = 0; i < 60; ++i) {
        const StepId step = state.firstOpenStep();
        const Phase *phase = controller.runbook().phaseOf(step);
        if (phase == nullptr || phase->group != PhaseGroup::Before)
            break;
        const auto before = state.signOffs.value(step).size();
        controller.signStep({.step = step,
                             .observed = u"as expected"_s,
                             .note = {},
                             .signedBy = before == 0 ? u"release"_s : u"dba"_s});
        QTRY_COMPARE(state.signOffs.value(step).size(), before + 1);
    }
    const Phase *current = controller.runbook().phaseOf(state.firstOpenStep());
    for (const Step &step : current->steps) {
        if (step.commands.isEmpty())
            continue;
        controller.runCommand(step.commands.first().id);
        QTRY_VERIFY(!m_harness->runner.requests().isEmpty());
        m_harness->runner.reportStarted();
        for (auto *button : m_harness->window().findChildren<QAbstractButton *>()) {
            if (button->accessibleName().startsWith(u"Go on"_s) && button->isVisible()) {
                button->click(); // replaces the cards, so the list of buttons is of no more use
                break;
            }
        }
        QTRY_COMPARE(state.openExecutions().size(), 1);
        break;
    }
    m_harness->clock.time = m_harness->clock.time.addSecs(581);
}

void TestWindowLook::runPage_data()
{
    QTest::addColumn<QString>("runbook");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    QTest::newRow("run-light") << u"production-migration.md"_s << false << QSize(1440, 900) << 1.0;
    QTest::newRow("run-dark") << u"production-migration.md"_s << true << QSize(1440, 900) << 1.0;
    QTest::newRow("run-practice") << u"practice.md"_s << false << QSize(1440, 900) << 1.0;
    QTest::newRow("run-narrow") << u"practice.md"_s << false << QSize(1024, 768) << 1.0;
    QTest::newRow("run-large-text") << u"practice.md"_s << false << QSize(1600, 1100) << 2.0;
}

void TestWindowLook::runPage()
{
    QFETCH(QString, runbook);
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    m_harness.reset();
    QFont font = m_font;
    font.setPointSizeF(font.pointSizeF() * scale);
    QApplication::setFont(font);
    applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light);
    m_harness = std::make_unique<WindowHarness>();
    MainWindow &window = m_harness->window();
    window.resize(size);
    const QByteArray source = bundled(runbook);
    QVERIFY(!source.isEmpty());
    m_harness->createRun(source,
                         runbook == u"practice.md"_s ? WindowHarness::practice()
                                                     : WindowHarness::production());
    makeBusy();
    QTRY_VERIFY(m_harness->shows(u"running 00:09:4"_s));
    QTRY_COMPARE(clippedLabels(window), QStringList());
    QCOMPARE(window.size(), size);
    shoot(window, QString::fromLatin1(QTest::currentDataTag()));
}

void TestWindowLook::everyFocusableWidgetHasAName()
{
    m_harness->window().setStartContent(content());
    QCOMPARE(namelessWidgets(m_harness->window()).join(u", "_s), QString());
    m_harness->createRun(bundled(u"practice.md"_s));
    makeBusy();
    auto *tabs = m_harness->window().findChild<QTabWidget *>(u"side"_s);
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QCOMPARE(namelessWidgets(m_harness->window()).join(u", "_s), QString());
    }
}

void TestWindowLook::accessibleNamesAreTheContract()
{
    m_harness->createRun(bundled(u"practice.md"_s));
    MainWindow &window = m_harness->window();
    m_harness->connectServer();
    QCOMPARE(QAccessible::queryAccessibleInterface(&window)->text(QAccessible::Name),
             u"Runsheet"_s);
    for (const auto &name : {u"Phases"_s, u"Steps"_s, u"Observed value"_s, u"Note"_s,
                             u"Signed by"_s, u"Query durations"_s})
        QVERIFY2(m_harness->named(name) != nullptr, qPrintable(name));
    QCOMPARE(QAccessible::queryAccessibleInterface(m_harness->named(u"Steps"_s))->role(),
             QAccessible::List);
    auto *tabs = window.findChild<QTabWidget *>(u"side"_s);
    QStringList names;
    for (int tab = 0; tab < tabs->count(); ++tab)
        names << tabs->tabText(tab);
    QCOMPARE(names,
             (QStringList{u"Log"_s, u"Database"_s, u"Variables"_s, u"Journal"_s, u"Reference"_s}));
    QStringList actions;
    for (const QAction *action : window.actions())
        actions << action->text();
    for (const auto &name : {u"Roll back"_s, u"Export report"_s, u"Find in log"_s})
        QVERIFY2(actions.contains(name), qPrintable(name));
}

void TestWindowLook::everyBundledPhaseShows()
{
    m_harness->createRun(bundled(u"production-migration.md"_s), WindowHarness::production());
    auto *phases = m_harness->named<QAbstractItemView>(u"Phases"_s);
    for (int row = 0; row < phases->model()->rowCount(); ++row) {
        const QModelIndex index = phases->model()->index(row, 0);
        if (!index.flags().testFlag(Qt::ItemIsEnabled))
            continue;
        phases->setCurrentIndex(index);
        QTRY_COMPARE(clippedLabels(m_harness->window()), QStringList());
        shoot(m_harness->window(), u"phase-%1"_s.arg(row));
    }
}

QTEST_MAIN(TestWindowLook)
#include "tst_windowlook.moc"
