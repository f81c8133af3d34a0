// SPDX-License-Identifier: Apache-2.0
#include "monitor/clientwords.h"

#include "base/text.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qint64 kTail = 8192;

} // namespace

QString clientWordsIn(const QString &fileName)
{
    QFile log(fileName);
    if (fileName.isEmpty() || !log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - kTail));
    static const QRegularExpression kEnded(
        u"canceling statement due to|terminating connection due to"_s);
    constexpr qsizetype kContext = 8; // lines that psql adds below: CONTEXT, the lost connection
    const QStringList lines = QString::fromUtf8(log.readAll()).split(u'\n', Qt::SkipEmptyParts);
    QString found;
    for (const QString &line : lines.mid(std::max<qsizetype>(0, lines.size() - kContext))) {
        if (const qsizetype at = line.indexOf(kEnded); at >= 0)
            found = line.sliced(at).trimmed();
    }
    return found;
}

QString maskedQuery(const QString &query)
{
    static const QRegularExpression kPassword(u"(password\\s*=?\\s*)'[^']*'?"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    return firstLine(query).replace(kPassword, u"\\1'••••••••'"_s);
}

} // namespace runsheet
