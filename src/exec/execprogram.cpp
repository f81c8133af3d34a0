// SPDX-License-Identifier: Apache-2.0
#include "exec/execprogram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace runsheet
{

QString findExecProgram()
{
    QString chosen = qEnvironmentVariable("RUNSHEET_EXEC");
    if (!chosen.isEmpty())
        return chosen;
    const QDir own(QCoreApplication::applicationDirPath());
    // Beside the program, in libexec, and where a build folder has it.
    for (const QString &place :
         {u"runsheet-exec"_s, u"../libexec/runsheet-exec"_s, u"../runsheet-exec/runsheet-exec"_s}) {
        const QFileInfo candidate(own.absoluteFilePath(place));
        if (candidate.isFile() && candidate.isExecutable())
            return candidate.canonicalFilePath();
    }
    return QStandardPaths::findExecutable(u"runsheet-exec"_s);
}

} // namespace runsheet
