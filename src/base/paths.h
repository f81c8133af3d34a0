// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QString>

namespace runsheet
{

/// Where everything lives: one data folder, laid out here and nowhere else. The folder is
/// $RUNSHEET_DATA when set (tests, portable use), else runsheet/ in the XDG data folder.
class Paths
{
public:
    explicit Paths(QString dataFolder)
        : m_data(std::move(dataFolder))
    {
    }
    [[nodiscard]] static Paths standard();

    [[nodiscard]] QString data() const { return m_data; }
    [[nodiscard]] QString journal() const; ///< journal.sqlite
    [[nodiscard]] QString logFile() const; ///< the application's own log
    [[nodiscard]] QString run(const RunId &run) const; ///< runs/<id>/
    [[nodiscard]] QString samples(const RunId &run) const; ///< runs/<id>/samples.tsv
    [[nodiscard]] QString execution(const RunId &run, const ExecutionId &execution) const;

private:
    QString m_data;
};

/// Makes the folder, and those above it, with mode 0700 where they are missing; the error says that
/// it cannot be written.
Result<void> ensurePrivateFolder(const QString &folder);

} // namespace runsheet
