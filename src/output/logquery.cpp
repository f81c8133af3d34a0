// SPDX-License-Identifier: Apache-2.0
#include "output/logquery.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr qsizetype kExpressionReach = 4096; // of a line without end, a match may take so much
constexpr qsizetype kMostSpans = 2000; // in one line; nobody sees more

/// PCRE counts its steps and stops at the limit; a usual match takes some hundred.
QString limited(const QString &expression)
{
    return u"(*LIMIT_MATCH=100000)"_s + expression;
}

} // namespace

QueryFinder::QueryFinder(const LogQuery &query)
    : m_query(query)
{
    if (!query.isExpression)
        return;
    const auto options = query.matchCase ? QRegularExpression::NoPatternOption
                                         : QRegularExpression::CaseInsensitiveOption;
    m_expression = QRegularExpression(limited(query.text), options);
    m_expression.optimize();
}

QString QueryFinder::problem() const
{
    if (!m_query.isExpression || isEmpty() || m_expression.isValid())
        return {};
    const qsizetype place = m_expression.patternErrorOffset() - limited({}).size();
    return QCoreApplication::translate("runsheet::LogQuery", "At character %1: %2")
        .arg(qMax<qsizetype>(place, 0) + 1)
        .arg(m_expression.errorString());
}

QList<TextSpan> QueryFinder::spansIn(const QString &line) const
{
    QList<TextSpan> spans;
    if (isEmpty() || (m_query.isExpression && !m_expression.isValid()))
        return spans;
    if (m_query.isExpression) {
        auto matches = m_expression.globalMatch(line);
        while (matches.hasNext() && spans.size() < kMostSpans) {
            const QRegularExpressionMatch match = matches.next();
            if (match.capturedLength() > 0)
                spans.append({match.capturedStart(), match.capturedEnd()});
        }
        return spans;
    }
    const qsizetype length = m_query.text.size();
    for (qsizetype at = line.indexOf(m_query.text, 0, m_query.caseSensitivity());
         at >= 0 && spans.size() < kMostSpans;
         at = line.indexOf(m_query.text, at + length, m_query.caseSensitivity()))
        spans.append({at, at + length});
    return spans;
}

bool QueryFinder::matches(const QString &line) const
{
    if (!m_query.isExpression)
        return !isEmpty() && line.contains(m_query.text, m_query.caseSensitivity());
    return m_expression.isValid() && !isEmpty() && m_expression.match(line).hasMatch();
}

ExpressionMatcher::ExpressionMatcher(const LogQuery &query)
    : m_finder(query)
{
}

qsizetype ExpressionMatcher::find(QByteArrayView bytes, qsizetype from) const
{
    while (from < bytes.size()) {
        const qsizetype newline = bytes.indexOf('\n', from);
        const qsizetype end = newline < 0 ? bytes.size() : newline;
        QByteArrayView line = bytes.sliced(from, end - from);
        while (line.endsWith('\r'))
            line.chop(1);
        if (m_finder.matches(QString::fromUtf8(line)))
            return from;
        from = end + 1;
    }
    return -1;
}

qsizetype ExpressionMatcher::reach() const
{
    return kExpressionReach;
}

std::unique_ptr<LineMatcher> matcherFor(const LogQuery &query)
{
    if (query.text.isEmpty() || !QueryFinder(query).problem().isEmpty())
        return nullptr;
    if (query.isExpression)
        return std::make_unique<ExpressionMatcher>(query);
    return std::make_unique<TextMatcher>(query.text, query.caseSensitivity());
}

} // namespace runsheet
