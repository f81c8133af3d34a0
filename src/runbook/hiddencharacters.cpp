// SPDX-License-Identifier: Apache-2.0
#include "runbook/hiddencharacters.h"

#include "runbook/emoji.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

struct Hidden
{
    char16_t first = 0;
    char16_t last = 0;
    Severity severity = Severity::Error;
    QStringView what;
};

// Unicode TR 36 and CVE-2021-42574: what may make text read otherwise than it runs.
constexpr std::array kHidden = {
    Hidden{0x00A0, 0x00A0, Severity::Warning, u"a no-break space, which is no space to a shell"},
    Hidden{0x00AD, 0x00AD, Severity::Error, u"a soft hyphen, which is not seen"},
    Hidden{0x061C, 0x061C, Severity::Error, u"a mark that turns the direction of writing"},
    Hidden{0x180E, 0x180E, Severity::Error, u"a character of no width"},
    Hidden{0x2000, 0x200A, Severity::Warning,
           u"a space of another width, which is none to a shell"},
    Hidden{0x200B, 0x200D, Severity::Error, u"a character of no width"},
    Hidden{0x200E, 0x200F, Severity::Error, u"a mark that turns the direction of writing"},
    Hidden{0x2028, 0x2029, Severity::Error, u"a line separator, which is no line end to a shell"},
    Hidden{0x202A, 0x202E, Severity::Error, u"a mark that turns the direction of writing"},
    Hidden{0x202F, 0x202F, Severity::Warning, u"a no-break space, which is no space to a shell"},
    Hidden{0x2060, 0x2064, Severity::Error, u"a character of no width"},
    Hidden{0x2066, 0x2069, Severity::Error, u"a mark that turns the direction of writing"},
    Hidden{0x3000, 0x3000, Severity::Warning, u"a wide space, which is no space to a shell"},
    Hidden{0xFEFF, 0xFEFF, Severity::Error, u"a character of no width"},
};

constexpr QChar kJoiner(0x200D);

const Hidden *hiddenAt(QStringView text, qsizetype at)
{
    const QChar c = text.at(at);
    if (c.unicode() < kHidden.front().first)
        return nullptr; // as nearly always
    if (c == kJoiner && joinsEmoji(text, at))
        return nullptr; // ordinary text
    const auto *it = std::ranges::find_if(kHidden, [c](const Hidden &hidden) {
        return c.unicode() >= hidden.first && c.unicode() <= hidden.last;
    });
    return it == kHidden.end() ? nullptr : it;
}

Diagnostic findingFor(const Hidden &hidden, QChar c, SourceLocation location)
{
    const QString code = QString::number(c.unicode(), 16).toUpper().rightJustified(4, u'0');
    const bool turns = hidden.severity == Severity::Error;
    return {hidden.severity, turns ? u"hidden-character"_s : u"strange-space"_s,
            u"The command holds U+%1, %2. "_s.arg(code, hidden.what)
                + (turns ? u"It may run otherwise than it reads; remove it."_s
                         : u"Put a plain space in its place."_s),
            location};
}

} // namespace

QList<Diagnostic> findHiddenCharacters(const QString &text, SourceLocation start)
{
    QList<Diagnostic> found;
    int line = start.line;
    int column = start.column;
    QString named; // on this line
    for (qsizetype at = 0; at < text.size(); ++at, ++column) {
        const QChar c = text.at(at);
        if (c == u'\n') {
            ++line;
            column = start.column - 1;
            named.clear();
        } else if (const Hidden *hidden = hiddenAt(text, at);
                   hidden != nullptr && !named.contains(c)) {
            found.append(findingFor(*hidden, c, {line, column}));
            named += c;
        }
    }
    return found;
}

} // namespace runsheet
