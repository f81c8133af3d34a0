// SPDX-License-Identifier: Apache-2.0
#include "run/outputwatch.h"

#include "output/phrasescan.h"
#include "output/toolscan.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <unistd.h>

using namespace std::chrono_literals;

namespace runsheet
{

namespace
{

constexpr qint64 kBlock = 1 << 20;
constexpr qint64 kLongestPass = 64 << 20; ///< bytes, then the next tick goes on
constexpr qint64 kLongestOld = 16 << 20; ///< of an output that ended before the run was opened

QList<QStringList> phrasesOf(const QList<Symptom> &symptoms)
{
    QList<QStringList> phrases;
    for (const Symptom &symptom : symptoms)
        phrases += symptom.phrase;
    return phrases;
}

/// The administrator may use what is kept from the others.
bool hasNoRoom(const QString &file)
{
    constexpr qint64 kOneBlock = 4096;
    const QStorageInfo disk(QFileInfo(file).path());
    return disk.isValid()
        && (::geteuid() == 0 ? disk.bytesFree() : disk.bytesAvailable()) < kOneBlock;
}

} // namespace

/// Of one execution. One pass at a time: the pool hands it on to the next.
struct OutputWatch::Reader
{
    QString file;
    QList<Symptom> symptoms; ///< as they were when it began
    ToolScan tools;
    PhraseScan phrases;
    qint64 offset = 0;
    QDateTime lastOutput;
    bool diskFull = false;
    bool busy = false; ///< GUI thread
    bool over = false; ///< the command has ended, and a pass after that reached the end

    Reader(QString name, const QList<Symptom> &known)
        : file(std::move(name))
        , symptoms(known)
        , phrases(phrasesOf(known))
    {
    }

    /// Pool thread. False: there is more.
    bool pass(const std::atomic_bool &cancelled)
    {
        QFile log(file);
        if (!log.open(QIODevice::ReadOnly) || !log.seek(offset))
            return true;
        for (qint64 done = 0; done < kLongestPass && !cancelled;) {
            const QByteArray block = log.read(kBlock);
            if (block.isEmpty()) {
                lastOutput = log.fileTime(QFileDevice::FileModificationTime);
                diskFull = hasNoRoom(file);
                return true;
            }
            tools.add(block);
            phrases.add(block);
            offset += block.size();
            done += block.size();
        }
        return false;
    }

    [[nodiscard]] OutputFindings findings() const
    {
        const ToolReport report = tools.report();
        OutputFindings found;
        found.tool = {.execution = {},
                      .tool = report.tool,
                      .migration = report.migration,
                      .done = report.done,
                      .total = report.total,
                      .failure = report.failure,
                      .contradiction = {}};
        found.success = report.success;
        found.diskFull = diskFull;
        if (!report.success.isEmpty())
            found.lastOutput = lastOutput;
        for (const PhraseScan::Hit &hit : phrases.hits()) {
            const QString &entry = symptoms.at(hit.phrase).entry;
            if (!found.symptoms.contains(entry))
                found.symptoms += entry;
        }
        return found;
    }
};

OutputWatch::OutputWatch(RunController &controller, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
{
    m_pool.setMaxThreadCount(1);
    m_timer.setInterval(500ms);
    connect(&m_timer, &QTimer::timeout, this, &OutputWatch::tick);
    connect(&controller, &RunController::runOpened, this, &OutputWatch::restart);
    connect(&controller, &RunController::runClosed, this, [this] { m_timer.stop(); });
    connect(&controller, &RunController::stateChanged, this, [this](const RunEvent &event) {
        if (std::holds_alternative<RunbookAmended>(event.body))
            m_symptoms = symptomsOf(m_controller.runbook());
        else if (std::holds_alternative<CommandStarted>(event.body))
            m_timer.start();
    });
    connect(&controller, &RunController::terminalChanged, this,
            [this](const ExecutionId &execution, const TerminalState &state) {
                OutputFindings found = findings(execution);
                found.terminal = state;
                take(execution, found);
            });
}

OutputWatch::~OutputWatch()
{
    m_cancelled = true;
    m_pool.waitForDone();
}

OutputFindings OutputWatch::findings(const ExecutionId &execution) const
{
    return m_findings.value(execution);
}

void OutputWatch::restart()
{
    m_readers.clear();
    m_findings.clear();
    m_symptoms = symptomsOf(m_controller.runbook());
    m_timer.start();
}

/// What runs, and what did not succeed: there a symptom may still help.
QList<ExecutionId> OutputWatch::wanted() const
{
    QList<ExecutionId> wanted;
    for (const Execution &execution : m_controller.state().executions) {
        const auto reader = m_readers.constFind(execution.id);
        if (reader != m_readers.constEnd()) {
            if (!(*reader)->over)
                wanted += execution.id;
            continue;
        }
        const bool failed = execution.end && execution.outcome() != ExecutionOutcome::Succeeded
            && execution.end->outputBytes <= kLongestOld;
        if (execution.phase == Execution::Phase::Running || failed)
            wanted += execution.id;
    }
    return wanted;
}

void OutputWatch::tick()
{
    const QList<ExecutionId> executions = wanted();
    if (executions.isEmpty())
        m_timer.stop();
    for (const ExecutionId &execution : executions)
        read(execution);
}

void OutputWatch::read(const ExecutionId &id)
{
    std::shared_ptr<Reader> &reader = m_readers[id];
    if (!reader)
        reader = std::make_shared<Reader>(m_controller.outputFile(id), m_symptoms);
    if (reader->busy)
        return;
    reader->busy = true;
    const Execution *execution = m_controller.state().execution(id);
    const bool ended = execution != nullptr && !execution->isOpen();
    m_pool.start([this, id, reader, ended] {
        const bool all = reader->pass(m_cancelled);
        OutputFindings found = reader->findings();
        QMetaObject::invokeMethod(
            this,
            [this, id, reader, found, over = ended && all]() mutable {
                reader->busy = false;
                reader->over = over;
                if (m_readers.value(id) != reader)
                    return;
                found.terminal = findings(id).terminal;
                take(id, found);
            },
            Qt::QueuedConnection);
    });
}

void OutputWatch::take(const ExecutionId &execution, const OutputFindings &found)
{
    OutputFindings &known = m_findings[execution];
    if (known == found)
        return;
    known = found;
    Q_EMIT changed();
}

} // namespace runsheet
