// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace runsheet::test
{

/// A small project of one migration tool: two migrations that work and a third that adds a column
/// which the rows do not have a value for, so that the server refuses it.
struct MigrationProject
{
    QString tool; ///< as it is recognised
    QStringList needs; ///< programs on the PATH
    QString probe; ///< a command that succeeds where the tool can be used at all
    QString setUp; ///< shell: writes the project into the current folder
    QString migrate; ///< shell
    QString mend; ///< shell: mends the third migration
    QString failing; ///< name of the third, as the tool says it; empty: it does not
    int exitCode = 1;
};

[[nodiscard]] QList<MigrationProject> migrationProjects();

} // namespace runsheet::test
