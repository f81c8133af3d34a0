// SPDX-License-Identifier: Apache-2.0
// A canary is given as a password to the real program and window, and printed by a real command.
// Nothing that the window shows, tells a screen reader or puts on the clipboard holds it.
#include "log/logview.h"
#include "mainwindow.h"
#include "redaction/secretscan.h"
#include "session.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace runsheet;

namespace
{

constexpr char kCanary[] = "canary of the window";
constexpr char kVariable[] = "second-canary-4711";

// No raw string: moc loses its way in one with quotes and backslashes.
constexpr char kRunbook[] =
    "# Shop\n"
    "\n"
    "## Execution\n"
    "\n"
    "- [ ] Migrate\n"
    "\n"
    "```bash\n"
    "# Print it in every way\n"
    "name=PGPASS; name+=WORD; echo \"${!name}\"; printf %s \"${!name}\" | base64\n"
    "printf '\\e[31m%s\\e[0m\\n' \"${!name}\"; echo \"postgres://app:${!name// /%20}@db/shop\"\n"
    "echo \"$MY_TOKEN\"; COPY=${!name}; export URL=\"postgres://app:${MY_TOKEN}@db\"\n"
    "```\n"
    "\n"
    "## Troubleshooting\n"
    "\n"
    "### It hangs\n"
    "\n"
    "```bash\n"
    "psql \"$URL\" -c 'select 1'\n"
    "```\n";

/// What a screen reader is told, of this and everything below.
void addAccessibleText(QAccessibleInterface *item, QStringList &texts)
{
    if (item == nullptr)
        return;
    for (const QAccessible::Text kind :
         {QAccessible::Name, QAccessible::Value, QAccessible::Description, QAccessible::Help})
        texts += item->text(kind);
    if (QAccessibleTextInterface *text = item->textInterface())
        texts += text->text(0, text->characterCount());
    for (int child = 0; child < item->childCount(); ++child)
        addAccessibleText(item->child(child), texts);
}

/// Every row of every list and table, shown or not.
void addModelText(const QAbstractItemModel &model, QStringList &texts)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex cell = model.index(row, column);
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::EditRole})
                texts += cell.data(role).toString();
        }
    }
}

} // namespace

class TestWindowSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingShownHoldsASecret();
    void nothingCopiedHoldsASecret();

private:
    [[nodiscard]] RunController &controller() { return m_session->controller(); }
    [[nodiscard]] static std::optional<std::string> secretIn(const QString &text)
    {
        const redaction::SecretScan scan({{"PGPASSWORD", kCanary}, {"MY_TOKEN", kVariable}});
        return scan.find(text.toStdString());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestWindowSecrets::initTestCase()
{
    qputenv("RUNSHEET_EXEC", RUNSHEET_BINARY_DIR "/app/runsheet-exec/runsheet-exec");
}

/// A run whose command has printed both secrets.
void TestWindowSecrets::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>(Paths(m_folder->path()));
    m_window = std::make_unique<MainWindow>(controller(), m_folder->filePath(u"window.ini"_s));
    m_window->show();
    QSignalSpy opened(&controller(), &RunController::runOpened);
    controller().createRun({.runbookFile = u"shop.md"_s,
                            .runbookSource = kRunbook,
                            .environment = {.name = u"shop"_s},
                            .windowStart = controller().now(),
                            .windowEnd = controller().now().addSecs(3600)});
    QVERIFY(opened.wait(20'000));
    controller().usePassword(QString::fromLatin1(kCanary));
    controller().setVariable(u"MY_TOKEN"_s, QString::fromLatin1(kVariable));
    controller().approveRunbook();
    QTRY_VERIFY(controller().state().approval);
    const Step &step = *controller().runbook().step(controller().state().firstOpenStep());
    controller().runCommand(step.commands.constFirst().id);
    QTRY_VERIFY_WITH_TIMEOUT(!controller().state().executions.isEmpty()
                                 && !controller().state().executions.constLast().isOpen(),
                             20'000);
    QTRY_COMPARE(controller().pendingEvents(), 0);
    QCOMPARE(controller().state().executions.constLast().outcome(), ExecutionOutcome::Succeeded);
}

void TestWindowSecrets::cleanup()
{
    m_window.reset();
    m_session.reset();
}

void TestWindowSecrets::nothingShownHoldsASecret()
{
    auto *log = m_window->findChild<LogView *>();
    QTRY_COMPARE(log->log().lineCount(), 5);
    QStringList texts;
    for (const QWidget *widget : m_window->findChildren<QWidget *>())
        texts += widget->toolTip() + widget->accessibleName() + widget->accessibleDescription();
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        texts += label->text();
    for (const QLineEdit *line : m_window->findChildren<QLineEdit *>())
        texts += line->text();
    for (const QAbstractItemView *view : m_window->findChildren<QAbstractItemView *>()) {
        if (view->model() != nullptr)
            addModelText(*view->model(), texts);
    }
    addAccessibleText(QAccessible::queryAccessibleInterface(m_window.get()), texts);
    texts += log->visibleText();
    for (const QString &text : std::as_const(texts))
        QVERIFY2(!secretIn(text), qPrintable(text));
    const QString all = texts.join(u'\n');
    QVERIFY(all.contains(u"[REDACTED:PGPASSWORD]"_s));
    QVERIFY(all.contains(u"MY_TOKEN"_s)); // its name is no secret
}

void TestWindowSecrets::nothingCopiedHoldsASecret()
{
    QClipboard *const clipboard = QGuiApplication::clipboard();
    auto *log = m_window->findChild<LogView *>();
    QTRY_COMPARE(log->log().lineCount(), 5);
    log->selectAll();
    log->copy();
    QCOMPARE(clipboard->text().count(u"[REDACTED"_s), 5);
    QVERIFY2(!secretIn(clipboard->text()), qPrintable(clipboard->text()));
    // Every cell, as Ctrl+C copies it, and every button that copies.
    for (QAbstractItemView *view : m_window->findChildren<QAbstractItemView *>()) {
        for (int row = 0; view->model() != nullptr && row < view->model()->rowCount(); ++row) {
            for (int column = 0; column < view->model()->columnCount(); ++column) {
                clipboard->clear();
                view->setCurrentIndex(view->model()->index(row, column));
                QTest::keySequence(view, QKeySequence::Copy);
                QVERIFY2(!secretIn(clipboard->text()), qPrintable(clipboard->text()));
            }
        }
    }
    QTest::keyClick(m_window.get(), Qt::Key_F2);
    int copied = 0;
    for (QPushButton *button : m_window->findChildren<QPushButton *>()) {
        if (!button->accessibleName().startsWith(u"Copy"_s))
            continue;
        clipboard->clear();
        button->click();
        copied += clipboard->text().isEmpty() ? 0 : 1;
        QVERIFY2(!secretIn(clipboard->text()), qPrintable(clipboard->text()));
    }
    QVERIFY(copied > 0);
}

QTEST_MAIN(TestWindowSecrets)
#include "tst_windowsecrets.moc"
