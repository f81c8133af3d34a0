// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>

namespace runsheet
{

/// "41 s", "12 min 03 s", "1 h 05 min", "3 d 04 h"; under ten seconds with tenths ("3.2 s"), under
/// one second in milliseconds ("412 ms").
[[nodiscard]] QString formatDuration(std::chrono::milliseconds duration);
/// "15 min", "1 h 30 min", "45 s": at most two units, without those that are zero.
[[nodiscard]] QString formatSpan(std::chrono::seconds span);
/// "00:18:04", hours unbounded, with a leading minus when negative. For clocks.
[[nodiscard]] QString formatClock(std::chrono::seconds duration);
/// "318 B", "1.2 kB", "1.6 MB": decimal units, one decimal below ten.
[[nodiscard]] QString formatBytes(qint64 bytes);
/// "12", "1,500": thousands are set apart.
[[nodiscard]] QString formatCount(qint64 count);
/// "1 command", "3 commands"; the plural is the singular with an s.
[[nodiscard]] QString countOf(qint64 count, const QString &singular);
/// The first line that is not blank, trimmed; for titles and accessible names.
[[nodiscard]] QString firstLine(const QString &text);
/// Lower-case ASCII letters, digits and dashes; never empty ("section" when nothing is left).
[[nodiscard]] QString slug(const QString &text, int maxLength = 48);
/// A file name that never leaves its folder: [A-Za-z0-9._-], at most 80 characters.
[[nodiscard]] QString safeFileName(const QString &text);

/// "a · b · c", without those that are empty.
[[nodiscard]] QString dotted(const QStringList &parts);

} // namespace runsheet
