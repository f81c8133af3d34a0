// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include "base/paths.h"

#include <QFileInfo>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace runsheet::log
{

namespace
{

constexpr size_t kMaxBytes = 1'000'000;
constexpr size_t kFiles = 3;

void use(const std::shared_ptr<spdlog::sinks::sink> &sink)
{
    auto logger = std::make_shared<spdlog::logger>("runsheet", sink);
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
}

/// Standard output belongs to what a command prints.
std::shared_ptr<spdlog::sinks::sink> standardError()
{
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    sink->set_level(spdlog::level::warn);
    return sink;
}

spdlog::logger &logger()
{
    static const bool kReady = [] {
        use(standardError());
        return true;
    }();
    static_cast<void>(kReady);
    return *spdlog::default_logger_raw();
}

void routeQtMessage(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtDebugMsg || type == QtInfoMsg)
        info(message);
    else if (type == QtWarningMsg)
        warning(message);
    else
        error(message);
}

} // namespace

void start(const QString &file)
{
    logger(); // so that a later first message does not replace what is chosen here
    const Result<void> folder = ensurePrivateFolder(QFileInfo(file).path());
    try {
        use(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.toStdString(), kMaxBytes,
                                                                   kFiles));
    } catch (const spdlog::spdlog_ex &problem) {
        use(standardError());
        warning(folder ? QString::fromUtf8(problem.what()) : folder.error().message);
    }
    qInstallMessageHandler(routeQtMessage);
}

void info(const QString &message)
{
    logger().info("{}", message.toStdString());
}

void warning(const QString &message)
{
    logger().warn("{}", message.toStdString());
}

void error(const QString &message)
{
    logger().error("{}", message.toStdString());
}

} // namespace runsheet::log
