// SPDX-License-Identifier: Apache-2.0
#include "widgets/findingslist.h"

#include "base/text.h"
#include "icons.h"
#include "theme.h"
#include "widgets/iconlabel.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

using Severity = Diagnostic::Severity;

constexpr int kLeastLines = 3;
constexpr int kSpacing = 2;
constexpr std::array kWorstFirst{Severity::Error, Severity::Warning, Severity::Note};

struct Look
{
    QString word;
    QString icon;
    Tone tone;
};

Look lookOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return {FindingsList::tr("error"), u"failed"_s, Tone::Bad};
    case Severity::Warning:
        return {FindingsList::tr("warning"), u"warning"_s, Tone::Warning};
    case Severity::Note:
        break;
    }
    return {FindingsList::tr("note"), u"overview"_s, Tone::Neutral};
}

QString headingOf(const QList<Diagnostic> &findings)
{
    QStringList counts;
    for (const Severity severity : kWorstFirst) {
        const auto count = std::ranges::count(findings, severity, &Diagnostic::severity);
        if (count > 0)
            counts << countOf(count, lookOf(severity).word);
    }
    return counts.isEmpty() ? FindingsList::tr("Nothing was found in this runbook.")
                            : counts.join(u", "_s);
}

QString textOf(const Diagnostic &finding)
{
    const QString place = finding.location.line > 0
        ? FindingsList::tr("Line %1").arg(finding.location.line)
        : FindingsList::tr("Whole file");
    return place + u": "_s + finding.message;
}

QListWidgetItem *itemOf(const Diagnostic &finding, const QFontMetrics &metrics)
{
    const Look look = lookOf(finding.severity);
    const QPixmap icon =
        iconPixmap(look.icon, toneColor(look.tone), themeOf(QApplication::palette()).panel,
                   metrics.height(), qApp->devicePixelRatio());
    QIcon both(icon);
    both.addPixmap(icon, QIcon::Selected); // selection would tint it
    auto *item = new QListWidgetItem(both, textOf(finding));
    item->setData(Qt::AccessibleTextRole, look.word + u", "_s + textOf(finding));
    item->setToolTip(look.word);
    return item;
}

} // namespace

bool haveFindings(const QList<Diagnostic> &findings)
{
    return std::ranges::any_of(
        findings, [](const Diagnostic &one) { return one.severity != Severity::Note; });
}

bool hasErrors(const QList<Diagnostic> &findings)
{
    return std::ranges::find(findings, Severity::Error, &Diagnostic::severity) != findings.end();
}

FindingsList::FindingsList(QWidget *parent)
    : QWidget(parent)
    , m_heading(strongLabel({}, this))
    , m_list(new QListWidget(this))
{
    m_heading->setObjectName(u"findingsHeading"_s);
    m_list->setObjectName(u"findings"_s);
    m_list->setAccessibleName(tr("Findings in the runbook"));
    m_list->setWordWrap(true);
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QListWidget::ScrollPerPixel);
    m_list->setSpacing(kSpacing);
    m_list->setResizeMode(QListWidget::Adjust);
    m_list->setMinimumHeight(fontMetrics().height() * kLeastLines);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_heading);
    column->addWidget(m_list, 1);
}

void FindingsList::setFindings(const QList<Diagnostic> &findings)
{
    m_heading->setText(headingOf(findings));
    m_list->clear();
    for (const Severity severity : kWorstFirst) {
        for (const Diagnostic &finding : findings) {
            if (finding.severity == severity)
                m_list->addItem(itemOf(finding, fontMetrics()));
        }
    }
    m_list->setVisible(!findings.isEmpty());
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
}

} // namespace runsheet
