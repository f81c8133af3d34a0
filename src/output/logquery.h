// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/linematcher.h"

#include <QList>
#include <QRegularExpression>
#include <QString>

#include <memory>

namespace runsheet
{

/// A piece of a line's text, in UTF-16 units.
struct TextSpan
{
    qsizetype start = 0;
    qsizetype end = 0;

    [[nodiscard]] bool contains(qsizetype index) const { return start <= index && index < end; }
    bool operator==(const TextSpan &) const = default;
};

/// What a person looks for in a log.
struct LogQuery
{
    QString text;
    bool matchCase = false;
    bool isExpression = false; ///< text is a regular expression (PCRE)

    [[nodiscard]] Qt::CaseSensitivity caseSensitivity() const
    {
        return matchCase ? Qt::CaseSensitive : Qt::CaseInsensitive;
    }
    bool operator==(const LogQuery &) const = default;
};

/// The query made ready for the text of lines. A regular expression gives up on a line that it
/// would take long to try every way on, so that no expression holds a thread.
class QueryFinder
{
public:
    QueryFinder() = default;
    explicit QueryFinder(const LogQuery &query);

    [[nodiscard]] bool isEmpty() const { return m_query.text.isEmpty(); }
    /// Why the regular expression cannot be used; empty where it can.
    [[nodiscard]] QString problem() const;
    /// All matches in a line that are not empty, in order.
    [[nodiscard]] QList<TextSpan> spansIn(const QString &line) const;
    [[nodiscard]] bool matches(const QString &line) const;

private:
    LogQuery m_query;
    QRegularExpression m_expression;
};

/// Lines in which a regular expression matches. The start of a line stands for the match.
class ExpressionMatcher final : public LineMatcher
{
public:
    explicit ExpressionMatcher(const LogQuery &query);
    [[nodiscard]] qsizetype find(QByteArrayView bytes, qsizetype from) const override;
    [[nodiscard]] qsizetype reach() const override;

private:
    QueryFinder m_finder;
};

/// Nothing for an empty query and for an expression with a problem.
[[nodiscard]] std::unique_ptr<LineMatcher> matcherFor(const LogQuery &query);

} // namespace runsheet
