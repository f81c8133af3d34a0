// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "metrics/probesample.h"

#include <QFile>
#include <QList>

namespace runsheet
{

/// Appends samples to a run's file, a line each: time in milliseconds, probe, microseconds (−1: no
/// answer), with tabs between. Backslash, tab and newline in a probe's name are written \\ \t \n.
class SampleWriter
{
public:
    /// Makes the file where it is missing. A last line that was cut off by a crash is removed.
    [[nodiscard]] Result<void> open(const QString &fileName);
    void close();
    [[nodiscard]] bool isOpen() const { return m_file.isOpen(); }
    /// Handed to the system before it returns; not forced to the disk, since samples are no
    /// statement of a person.
    [[nodiscard]] Result<void> append(const QList<ProbeSample> &samples);

private:
    QFile m_file;
};

/// The last `maxSamples` samples of the file, oldest first. A missing file has none. Lines that do
/// not fit the form, and a last line without its end, are left out.
[[nodiscard]] Result<QList<ProbeSample>> readSamples(const QString &fileName,
                                                     qsizetype maxSamples = 1'000'000);

} // namespace runsheet
