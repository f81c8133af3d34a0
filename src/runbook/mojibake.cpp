// SPDX-License-Identifier: Apache-2.0
#include "runbook/mojibake.h"

#include "runbook/limits.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

/// Windows-1252 for the bytes 0x80–0x9F; 0 where the code page has nothing and programs keep the
/// byte.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// The byte that Windows-1252 shows as this character, or -1.
int windowsByte(QChar c)
{
    const char16_t unicode = c.unicode();
    if (unicode < 0x100)
        return unicode;
    const auto *found = std::ranges::find(kWindows1252, unicode);
    return found == kWindows1252.end() ? -1 : 0x80 + static_cast<int>(found - kWindows1252.begin());
}

/// Only the lead bytes of what people really write (Latin, punctuation, arrows, emoji): others do
/// occur side by side in honest text.
int sequenceLength(QChar lead)
{
    switch (lead.unicode()) {
    case 0xC2:
    case 0xC3:
        return 2;
    case 0xE2:
    case 0xEF:
        return 3;
    case 0xF0:
        return 4;
    default:
        return 0;
    }
}

/// What the characters at `at` meant before they were misread; empty when they are honest.
QString meantAt(const QString &text, qsizetype at)
{
    const int length = sequenceLength(text.at(at));
    if (length == 0 || at + length > text.size())
        return {};
    QByteArray bytes;
    for (int i = 0; i < length; ++i) {
        const int byte = windowsByte(text.at(at + i));
        if (byte < 0 || (i > 0 && (byte & 0xC0) != 0x80))
            return {};
        bytes.append(static_cast<char>(byte));
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString meant = decoder.decode(bytes);
    return decoder.hasError() ? QString() : meant;
}

/// Eight bytes at a time: this looks at all of every runbook.
bool isAscii(const QByteArray &text)
{
    constexpr quint64 kHighBits = 0x8080'8080'8080'8080;
    qsizetype at = 0;
    for (; at + qsizetype{sizeof(quint64)} <= text.size(); at += qsizetype{sizeof(quint64)}) {
        quint64 eight = 0;
        std::memcpy(&eight, text.constData() + at, sizeof eight);
        if ((eight & kHighBits) != 0)
            return false;
    }
    return std::all_of(text.cbegin() + at, text.cend(),
                       [](char c) { return static_cast<uchar>(c) < 0x80; });
}

void checkLine(const QByteArray &bytes, int line, QList<Diagnostic> &found)
{
    const QString text = QString::fromUtf8(bytes);
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QString meant = meantAt(text, at);
        if (meant.isEmpty())
            continue;
        const QString written = text.mid(at, sequenceLength(text.at(at)));
        found.append(
            {Diagnostic::Severity::Warning,
             u"mojibake"_s,
             u"“%1” was probably “%2” before the file was saved in a wrong encoding. It is "
             u"kept as written; correct it in the file, or have it repaired in a new run."_s.arg(
                 written, meant),
             {line, static_cast<int>(at) + 1}});
        return;
    }
}

} // namespace

QList<Diagnostic> findMojibake(const QByteArray &utf8)
{
    QList<Diagnostic> found;
    if (isAscii(utf8))
        return found;
    int line = 0;
    for (const QByteArray &bytes : utf8.split('\n')) {
        ++line;
        if (found.size() < limits::kMaxDiagnosticsPerCode && !isAscii(bytes))
            checkLine(bytes, line, found);
    }
    return found;
}

QByteArray repairMojibake(const QByteArray &utf8)
{
    if (isAscii(utf8))
        return utf8;
    const QString text = QString::fromUtf8(utf8);
    QString repaired;
    repaired.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const QString meant = meantAt(text, at);
        repaired += meant.isEmpty() ? QString(text.at(at)) : meant;
        at += meant.isEmpty() ? 1 : sequenceLength(text.at(at));
    }
    return repaired.toUtf8();
}

} // namespace runsheet
