// SPDX-License-Identifier: Apache-2.0
#include "output/plainlines.h"

#include "output/linedecoder.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace runsheet
{

Result<PlainLines> readPlainLines(const QString &file, qint64 maxBytes, qsizetype maxLines)
{
    QFile log(file);
    if (!log.open(QIODevice::ReadOnly))
        return Error{.kind = Error::Kind::Unavailable,
                     .message = u"The output of the command is not there to look at. Check that "
                                "%1 can be read."_s.arg(file),
                     .detail = log.errorString()};
    const QByteArray bytes = log.read(maxBytes);
    PlainLines read{.lines = {}, .wasCut = log.size() > bytes.size()};
    TextStyle style;
    qsizetype at = 0;
    while (at < bytes.size() && read.lines.size() < maxLines) {
        const qsizetype end = bytes.indexOf('\n', at);
        const qsizetype next = end < 0 ? bytes.size() : end;
        QByteArrayView line = QByteArrayView(bytes).sliced(at, next - at);
        if (line.endsWith('\r'))
            line.chop(1); // of the terminal's line end
        const DecodedLine decoded = decodeLine(line, style);
        style = decoded.endStyle;
        read.lines += textWithoutNotes(decoded, 0, decoded.text.size());
        at = next + 1;
    }
    read.wasCut = read.wasCut || at < bytes.size();
    return read;
}

} // namespace runsheet
