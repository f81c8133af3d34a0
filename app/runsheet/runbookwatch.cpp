// SPDX-License-Identifier: Apache-2.0
#include "runbookwatch.h"

#include "base/sha256.h"
#include "runbook/limits.h"
#include "runbook/mojibake.h"

#include <QFile>
#include <QFileInfo>
#include <QtConcurrentRun>

using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr auto kSettled = 200ms;

/// Nothing for what is no plain file: reading a pipe would wait for ever.
std::optional<QByteArray> contentOf(const QString &fileName)
{
    QFile file(fileName);
    if (!QFileInfo(fileName).isFile() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    // One byte more than allowed: the parser then says that it is too large.
    return file.read(limits::kMaxSourceBytes + 1);
}

/// A relative path would mean another file in another folder.
bool canBeWatched(const QString &fileName)
{
    return QFileInfo(fileName).isAbsolute() && !fileName.startsWith(u':');
}

} // namespace

RunbookWatch::RunbookWatch(RunController &controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSettled);
    connect(&m_soon, &QTimer::timeout, this, &RunbookWatch::look);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &RunbookWatch::onRead);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &RunbookWatch::lookSoon);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &RunbookWatch::lookSoon);
    connect(&controller, &RunController::runOpened, this, &RunbookWatch::watch);
    connect(&controller, &RunController::runClosed, this, &RunbookWatch::forget);
    connect(&controller, &RunController::stateChanged, this, [this](const RunEvent &event) {
        if (std::holds_alternative<RunbookAmended>(event.body))
            look();
    });
}

void RunbookWatch::watch()
{
    forget();
    const RunState &state = m_controller.state();
    if (state.status != RunStatus::InProgress || !canBeWatched(state.created.runbookFile))
        return;
    m_file = state.created.runbookFile;
    // The folder as well: most editors replace the file, and then the new one is not watched.
    m_watcher.addPath(QFileInfo(m_file).path());
    m_watcher.addPath(m_file);
    look();
}

void RunbookWatch::forget()
{
    m_soon.stop();
    m_file.clear();
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
}

void RunbookWatch::lookSoon()
{
    if (!m_watcher.files().contains(m_file) && QFileInfo::exists(m_file))
        m_watcher.addPath(m_file);
    m_soon.start();
}

void RunbookWatch::look()
{
    if (m_file.isEmpty())
        return;
    m_reading.setFuture(QtConcurrent::run([file = m_file] { return contentOf(file); }));
}

void RunbookWatch::onRead()
{
    if (m_file.isEmpty())
        return; // the run was closed meanwhile; of another one the newest read counts
    const std::optional<QByteArray> content = m_reading.result();
    if (content)
        compare(*content);
    else
        Q_EMIT compared(std::nullopt);
}

void RunbookWatch::compare(const QByteArray &content)
{
    const QByteArray source =
        m_controller.state().created.repaired ? repairMojibake(content) : content;
    const bool same = sha256Hex(source) == m_controller.state().runbookSha256();
    Q_EMIT compared(same ? std::nullopt : std::optional(source));
}

} // namespace runsheet
