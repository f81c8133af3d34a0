// SPDX-License-Identifier: Apache-2.0
#include "checklist/differenceview.h"

#include "base/text.h"
#include "theme.h"
#include "widgets/card.h"
#include "widgets/labels.h"

#include <QGridLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kMaxRows = 60; // of labels; the log has the rest
constexpr qsizetype kMaxShown = 400; // characters of a line

/// Whether the line is a difference or stands beside one.
bool isShown(const QList<MatchLine> &lines, qsizetype index)
{
    const auto differs = [&](qsizetype i) {
        return i >= 0 && i < lines.size() && lines.at(i).kind != MatchLine::Kind::Same;
    };
    return differs(index - 1) || differs(index) || differs(index + 1);
}

QString shortened(const QString &text)
{
    return text.size() > kMaxShown ? text.left(kMaxShown) + u'…' : text;
}

} // namespace

DifferenceView::DifferenceView(QWidget *parent)
    : QFrame(parent)
    , m_grid(new QGridLayout(this))
{
    styled(this, "code");
    setAccessibleName(tr("Difference"));
    m_grid->setContentsMargins(1, 6, 1, 6);
    m_grid->setHorizontalSpacing(0);
    m_grid->setVerticalSpacing(1);
    m_grid->setColumnStretch(1, 1);
}

void DifferenceView::clear()
{
    m_spoken.clear();
    m_rows = 0;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void DifferenceView::setProblem(const QString &text)
{
    clear();
    addRemark(text);
    setAccessibleDescription(text);
}

void DifferenceView::setMatch(const ExpectationMatch &match)
{
    clear();
    addRemark(tr("− expected   + printed"));
    m_spoken.clear();
    qsizetype same = 0;
    const auto tellSame = [&] {
        if (same > 0)
            addRemark(tr("… %1 as expected").arg(countOf(same, tr("line"))));
        same = 0;
    };
    qsizetype at = 0;
    for (; at < match.lines.size() && m_rows < kMaxRows; ++at) {
        if (!isShown(match.lines, at)) {
            ++same;
            continue;
        }
        tellSame();
        addLine(match.lines.at(at));
    }
    tellSame();
    if (at < match.lines.size())
        addRemark(tr("… and more; the log has the whole output"));
    if (match.wasCut)
        addRemark(tr("Only the beginning of the output was compared."));
    setAccessibleDescription(m_spoken.join(u'\n'));
}

void DifferenceView::addLine(const MatchLine &line)
{
    const bool same = line.kind == MatchLine::Kind::Same;
    if (same) {
        addRow(u" "_s, line.actual, "same");
        return;
    }
    if (line.kind != MatchLine::Kind::Extra) {
        addRow(u"−"_s, line.expected, "expected");
        m_spoken << tr("expected: %1").arg(line.expected);
    }
    if (line.kind != MatchLine::Kind::Missing) {
        addRow(u"+"_s, line.actual, "printed");
        m_spoken << tr("printed: %1").arg(line.actual);
    }
}

void DifferenceView::addRow(const QString &sign, const QString &text, const char *kind)
{
    const int row = m_rows++;
    const QString shown = shortened(text);
    QLabel *mark = bodyLabel(sign, this);
    QLabel *words = wrappedLabel(shown, this);
    mark->setContentsMargins(10, 0, 8, 0);
    mark->setAlignment(Qt::AlignTop);
    words->setContentsMargins(0, 0, 10, 0);
    for (QLabel *label : {mark, words}) {
        label->setFont(fixedFont());
        label->setProperty("difference", QString::fromLatin1(kind));
    }
    m_grid->addWidget(mark, row, 0);
    m_grid->addWidget(words, row, 1);
}

void DifferenceView::addRemark(const QString &text)
{
    QLabel *label = dimLabel(text, this);
    label->setContentsMargins(10, 0, 10, 0);
    m_grid->addWidget(label, m_rows++, 0, 1, 2);
}

} // namespace runsheet
