// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <QDir>
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
    std::shared_ptr<spdlog::sinks::sink> sink; // shared with spdlog's registry
    try {
        QDir().mkpath(QFileInfo(file).path());
        sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.toStdString(), kMaxBytes,
                                                                      kFiles);
    } catch (const spdlog::spdlog_ex &) {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        sink->set_level(spdlog::level::warn);
    }
    auto logger = std::make_shared<spdlog::logger>("runsheet", sink);
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
    qInstallMessageHandler(routeQtMessage);
}

void info(const QString &message)
{
    spdlog::info("{}", message.toStdString());
}

void warning(const QString &message)
{
    spdlog::warn("{}", message.toStdString());
}

void error(const QString &message)
{
    spdlog::error("{}", message.toStdString());
}

} // namespace runsheet::log
