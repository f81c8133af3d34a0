// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

namespace runsheet::testing
{

inline bool writeLog(const QString &path, const QByteArray &bytes,
                     QIODevice::OpenMode mode = QIODevice::WriteOnly)
{
    QFile file(path);
    return file.open(mode) && file.write(bytes) == bytes.size();
}

inline bool appendLog(const QString &path, const QByteArray &bytes)
{
    return writeLog(path, bytes, QIODevice::Append);
}

/// "line 0\n" … in order.
inline QByteArray numberedLines(int count, int first = 0)
{
    QByteArray bytes;
    for (int line = first; line < first + count; ++line)
        bytes += "line " + QByteArray::number(line) + '\n';
    return bytes;
}

} // namespace runsheet::testing
