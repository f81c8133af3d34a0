// SPDX-License-Identifier: Apache-2.0
#include "runbook/steptitle.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr auto kAnyCase = QRegularExpression::CaseInsensitiveOption;
constexpr int kMaxSignOffs = 9;
constexpr qsizetype kMaxLabel = 60;

int numberFrom(const QString &word)
{
    if (word == u"two")
        return 2;
    if (word == u"three")
        return 3;
    return word.toInt();
}

} // namespace

bool isStepHeading(const QString &heading)
{
    static const QRegularExpression kStep(u"^[^\\p{L}\\p{N}]*step\\s+\\d+[a-z]?\\b"_s, kAnyCase);
    return kStep.match(heading).hasMatch();
}

bool isNumberedHeading(const QString &heading)
{
    static const QRegularExpression kNumber(u"^[^\\p{L}\\p{N}]*\\d+(\\.\\d+)*[.):]\\s+\\S"_s);
    return kNumber.match(heading).hasMatch();
}

bool isExpectationLabel(const QString &text)
{
    if (text.size() > kMaxLabel)
        return false;
    static const QRegularExpression kLabel(
        u"^(the )?(expected|example|sample)( \\w+)? (output|response|result)s?( \\w+)?\\s*[:.]?$"
        "|^(expected|output|expect):$"_s,
        kAnyCase);
    return kLabel.match(text).hasMatch();
}

DrawnBox withoutBox(const QString &text)
{
    if (text.isEmpty() || (text.front().unicode() < 0x80 && text.front() != u'['))
        return {text, false}; // as nearly always
    static const QRegularExpression kBox(u"^(?:([☑☒])|☐|⬜|🔲|◻|□|\\[!?\\](?=\\s))\\x{FE0F}?\\s*"_s);
    const QRegularExpressionMatch match = kBox.match(text);
    return {text.mid(match.hasMatch() ? match.capturedLength() : 0), !match.captured(1).isEmpty()};
}

bool isBrokenTask(std::string_view text)
{
    return text.size() > 4 && (text[0] == '-' || text[0] == '*') && text[1] == '[' && text[3] == ']'
        && (text[2] == ' ' || text[2] == 'x' || text[2] == 'X');
}

QString cleanTitle(const QString &text)
{
    QString title = text.section(u'\n', 0, 0).trimmed();
    while (title.endsWith(u':'))
        title.chop(1);
    return title.isEmpty() ? u"Untitled step"_s : title;
}

int signOffsAskedFor(const QString &title)
{
    if (!title.contains(u"by ") && !title.contains(u"By "))
        return 1;
    static const QRegularExpression kPeople(
        u"\\bby (?:at least )?(\\d{1,3}|two|three)\\+?(?: or more)?(?: [\\w-]+)? "
        "(?:engineers|people|persons|reviewers|approvers|developers|dbas|admins|operators|colleagues)\\b"_s,
        kAnyCase);
    const QRegularExpressionMatch match = kPeople.match(title);
    return match.hasMatch() ? std::clamp(numberFrom(match.captured(1).toLower()), 1, kMaxSignOffs)
                            : 1;
}

bool isMarkedOptional(const QString &title)
{
    return (title.contains(u'(') && title.contains(u"(optional)", Qt::CaseInsensitive))
        || title.startsWith(u"optional:", Qt::CaseInsensitive)
        || title.startsWith(u"[n/a]", Qt::CaseInsensitive);
}

} // namespace runsheet
