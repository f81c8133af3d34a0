// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "output/logexport.h"

#include <QObject>

namespace runsheet
{

/// Asks where a log shall be saved and saves it in a thread of the pool, because that takes as long
/// as the log is large.
class LogSaver final : public QObject
{
    Q_OBJECT

public:
    enum class Format
    {
        Text,
        Asciicast,
    };

    struct Source
    {
        QString log;
        QString timing;
        CastInfo info;
    };

    explicit LogSaver(QWidget *window);

    void ask(Format format, const Source &source);
    void save(Format format, const Source &source, const QString &target);

Q_SIGNALS:
    /// Once for each save(): what became of it, in a sentence.
    void finished(const QString &message, bool saved);

private:
    void tell(const QString &target, const Result<void> &saved);

    QWidget *m_window;
};

} // namespace runsheet
