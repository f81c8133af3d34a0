// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runbook/expectationmatch.h"

#include <QFrame>

class QGridLayout;

namespace runsheet
{

/// What was expected and what was printed, line by line: differences with a line around them, the
/// rest counted. Signs tell the lines apart as well as colours.
class DifferenceView final : public QFrame
{
    Q_OBJECT

public:
    explicit DifferenceView(QWidget *parent = nullptr);

    void setMatch(const ExpectationMatch &match);
    void setProblem(const QString &text);

private:
    void clear();
    void addLine(const MatchLine &line);
    void addRow(const QString &sign, const QString &text, const char *kind);
    void addRemark(const QString &text);

    QGridLayout *m_grid;
    int m_rows = 0;
    QStringList m_spoken; ///< what a screen reader is told
};

} // namespace runsheet
