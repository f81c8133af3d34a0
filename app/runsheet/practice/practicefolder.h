// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QString>

namespace runsheet
{

/// The folder practice lives in. It often stands in /tmp, where anybody may have put something of
/// the same name first, and it is removed as a whole: so only a folder that is our own, closed to
/// writers and marked by us is ever used.
class PracticeFolder
{
public:
    explicit PracticeFolder(QString path);

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString lockFile() const { return m_path + QStringLiteral(".lock"); }
    [[nodiscard]] QString shop() const; ///< the shop's files, for psql and for people
    [[nodiscard]] QString backups() const;
    [[nodiscard]] bool exists() const;

    /// Makes the folder when it is missing. Refused when it belongs to somebody else, is a link,
    /// can be written by others or holds something that is not ours.
    Result<void> claim() const;
    /// The same checks for a folder that exists.
    Result<void> check() const;
    /// Writes the bundled files of the shop, in place of those that are there.
    Result<void> extractShop() const;
    Result<void> remove() const;

    /// The server's program folder when the shop was loaded to the end from the same files as this
    /// program's; else empty.
    [[nodiscard]] QString loadedWith() const;
    Result<void> setLoadedWith(const QString &binFolder) const;

private:
    [[nodiscard]] QString markerFile() const;
    [[nodiscard]] QString loadedFile() const;

    QString m_path;
};

} // namespace runsheet
