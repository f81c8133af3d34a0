// SPDX-License-Identifier: Apache-2.0
#include "log/logsaver.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QPointer>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

QString suffix(LogSaver::Format format)
{
    return format == LogSaver::Format::Text ? u"txt"_s : u"cast"_s;
}

} // namespace

LogSaver::LogSaver(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

void LogSaver::ask(Format format, const Source &source)
{
    auto *const dialog = new QFileDialog(m_window,
                                         format == Format::Text ? tr("Save the log as text")
                                                                : tr("Save the log as asciicast"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix(format));
    dialog->selectFile(safeFileName(source.info.title) + u'.' + suffix(format));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format, source](const QString &target) { save(format, source, target); });
    dialog->open();
}

void LogSaver::save(Format format, const Source &source, const QString &target)
{
    // The pane may be gone when the disk is done.
    QThreadPool::globalInstance()->start([saver = QPointer(this), format, source, target] {
        const Result<void> saved = format == Format::Text
            ? saveLogAsText(source.log, target)
            : saveLogAsCast(source.log, source.timing, target, source.info);
        QMetaObject::invokeMethod(QCoreApplication::instance(), [saver, target, saved] {
            if (saver)
                saver->tell(target, saved);
        });
    });
}

void LogSaver::tell(const QString &target, const Result<void> &saved)
{
    if (saved)
        Q_EMIT finished(tr("Saved to %1.").arg(target), true);
    else
        Q_EMIT finished(saved.error().message, false);
}

} // namespace runsheet
