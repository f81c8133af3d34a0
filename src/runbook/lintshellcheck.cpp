// SPDX-License-Identifier: Apache-2.0
#include "runbook/linttools.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

constexpr int kTimeoutMs = 30'000;

/// Wrong here, where commands pass their variables and folder on to the next and stop at errors:
/// no interpreter line, variables from elsewhere or for later, cd without a check, files to source.
const QString kExcluded = u"SC2148,SC2154,SC2034,SC2164,SC1090,SC1091,SC2103"_s;

/// A placeholder is no shell; a word of its length keeps the columns.
QString withoutPlaceholders(const Command &command)
{
    QString text = command.text;
    for (const QString &placeholder : command.placeholders)
        text.replace(placeholder, QString(placeholder.size(), u'x'));
    return text;
}

/// One file per command, by its name in the folder.
QHash<QString, const Command *> writeCommands(const Runbook &runbook, const QString &folder)
{
    QHash<QString, const Command *> files;
    for (const Phase &phase : runbook.phases) {
        for (const Step &step : phase.steps) {
            for (const Command &command : step.commands) {
                if (command.language != CommandLanguage::Shell)
                    continue;
                const QString name = u"%1.sh"_s.arg(files.size());
                QFile file(folder + u'/' + name);
                if (file.open(QIODevice::WriteOnly)
                    && file.write(withoutPlaceholders(command).toUtf8() + '\n') > 0)
                    files.insert(name, &command);
            }
        }
    }
    return files;
}

QByteArray askShellcheck(const QString &program, const QString &folder, const QStringList &files)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program,
                  QStringList{u"--norc"_s, u"--shell=bash"_s, u"--format=json1"_s,
                              u"--exclude="_s + kExcluded}
                      + files);
    if (!process.waitForFinished(kTimeoutMs)) {
        process.kill();
        process.waitForFinished(kTimeoutMs);
        return {};
    }
    return process.readAllStandardOutput();
}

Diagnostic diagnosticFrom(const QJsonObject &comment, const Command &command)
{
    const QString level = comment.value(u"level"_s).toString();
    const bool matters = level == u"error" || level == u"warning";
    const int line = comment.value(u"line"_s).toInt(1);
    const int column = comment.value(u"column"_s).toInt(1);
    return {matters ? Severity::Warning : Severity::Note,
            u"SC"_s + QString::number(comment.value(u"code"_s).toInt()),
            u"shellcheck: "_s + comment.value(u"message"_s).toString(),
            {command.location.line + line - 1, command.location.column + column - 1}};
}

} // namespace

QList<Diagnostic> lintWithShellcheck(const Runbook &runbook)
{
    const QString program = QStandardPaths::findExecutable(u"shellcheck"_s);
    const QTemporaryDir folder;
    if (program.isEmpty() || !folder.isValid())
        return {};
    const QHash<QString, const Command *> files = writeCommands(runbook, folder.path());
    if (files.isEmpty())
        return {};
    const QJsonObject answer =
        QJsonDocument::fromJson(askShellcheck(program, folder.path(), files.keys())).object();
    QList<Diagnostic> found;
    for (const QJsonValue value : answer.value(u"comments"_s).toArray()) {
        const QJsonObject comment = value.toObject();
        if (const Command *command = files.value(comment.value(u"file"_s).toString()))
            found.append(diagnosticFrom(comment, *command));
    }
    return found;
}

} // namespace runsheet
