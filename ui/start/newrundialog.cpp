// SPDX-License-Identifier: Apache-2.0
#include "start/newrundialog.h"

#include "start/environmentfields.h"
#include "widgets/findingslist.h"
#include "widgets/formrow.h"
#include "widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kDefaultWindowHours = 2;
constexpr int kFindingLines = 9; // the rest scrolls

QDateTimeEdit *timeField(const QDateTime &time, QWidget *parent)
{
    auto *field = new QDateTimeEdit(time.toUTC(), parent);
    field->setTimeSpec(Qt::UTC);
    field->setDisplayFormat(u"yyyy-MM-dd HH:mm"_s);
    field->setCalendarPopup(true);
    return field;
}

bool holdsMojibake(const QList<Diagnostic> &findings)
{
    return std::ranges::find(findings, u"mojibake"_s, &Diagnostic::code) != findings.end();
}

/// The next full quarter of an hour.
QDateTime roundedUp(const QDateTime &now)
{
    constexpr qint64 kQuarter = 15 * 60;
    const qint64 seconds = now.toSecsSinceEpoch();
    return QDateTime::fromSecsSinceEpoch((seconds / kQuarter + 1) * kQuarter, Qt::UTC);
}

} // namespace

NewRunDialog::NewRunDialog(const RunbookCard &runbook, const QList<Environment> &environments,
                           const QDateTime &now, QWidget *parent)
    : QDialog(parent)
    , m_runbook(runbook)
    , m_rehearsal(new QRadioButton(tr("Rehearsal"), this))
    , m_live(new QRadioButton(tr("Live"), this))
    , m_change(new QLineEdit(this))
    , m_findings(new FindingsList(this))
    , m_repair(new QCheckBox(
          tr("Repair the damaged characters for this run; the file stays as it is"), this))
    , m_missing(dimLabel({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New run"));
    setMinimumWidth(fontMetrics().averageCharWidth() * 84);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(strongLabel(runbook.title, this));
    m_findings->setFindings(runbook.findings);
    m_findings->setMaximumHeight(fontMetrics().height() * kFindingLines);
    m_findings->setVisible(haveFindings(runbook.findings));
    m_repair->setAccessibleName(m_repair->text());
    m_repair->setVisible(holdsMojibake(runbook.findings));
    auto *form = new QFormLayout;
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_environment = new EnvironmentFields(*form, environments, this);
    connect(m_environment, &EnvironmentFields::changed, this, &NewRunDialog::refresh);
    connect(m_environment, &EnvironmentFields::testWanted, this, &NewRunDialog::testWanted);
    buildWindow(*form, now);
    column->addWidget(m_findings);
    column->addWidget(m_repair);
    column->addLayout(form);
    column->addWidget(m_missing);
    column->addStretch();
    buildButtons();
    refresh();
    keepFieldsWhole();
}

/// On a small screen the list of findings gives way, not the text in the fields.
void NewRunDialog::keepFieldsWhole()
{
    for (QWidget *field : findChildren<QWidget *>()) {
        const bool holdsText = qobject_cast<QLineEdit *>(field) != nullptr
            || qobject_cast<QComboBox *>(field) != nullptr
            || qobject_cast<QAbstractSpinBox *>(field) != nullptr
            || qobject_cast<QAbstractButton *>(field) != nullptr;
        if (!holdsText)
            continue;
        field->ensurePolished();
        field->setMinimumHeight(field->sizeHint().height());
    }
}

void NewRunDialog::buildWindow(QFormLayout &form, const QDateTime &now)
{
    m_rehearsal->setChecked(true);
    m_rehearsal->setAccessibleName(m_rehearsal->text());
    m_live->setAccessibleName(m_live->text());
    auto *mode = new QHBoxLayout;
    mode->setSpacing(16);
    mode->addWidget(m_rehearsal);
    mode->addWidget(m_live);
    mode->addStretch();
    form.addRow(tr("Mode"), mode);
    const QDateTime start = roundedUp(now);
    m_start = timeField(start, this);
    m_end = timeField(start.addSecs(kDefaultWindowHours * 3600), this);
    addNamedRow(form, tr("Window starts (UTC)"), m_start);
    addNamedRow(form, tr("Window ends (UTC)"), m_end);
    m_change->setPlaceholderText(tr("Ticket or change number, if there is one"));
    addNamedRow(form, tr("Change"), m_change);
    connect(m_start, &QDateTimeEdit::dateTimeChanged, this, &NewRunDialog::refresh);
    connect(m_end, &QDateTimeEdit::dateTimeChanged, this, &NewRunDialog::refresh);
}

void NewRunDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_create = buttons->addButton(tr("Create run"), QDialogButtonBox::AcceptRole);
    m_create->setAccessibleName(m_create->text());
    m_create->setProperty("primary", true);
    connect(m_create, &QPushButton::clicked, this, &NewRunDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

QString NewRunDialog::missing() const
{
    if (hasErrors(m_runbook.findings))
        return tr(
            "The runbook has an error, so no run of it can begin. Correct the file, then open "
            "it again.");
    if (QString lacking = m_environment->missing(); !lacking.isEmpty())
        return lacking;
    if (m_end->dateTime() <= m_start->dateTime())
        return tr("The window ends before it starts. Correct one of the two.");
    return {};
}

void NewRunDialog::refresh()
{
    setTextOrHide(m_missing, missing());
    m_create->setEnabled(missing().isEmpty());
}

void NewRunDialog::showTest(const MonitorStatus &status)
{
    m_environment->showTest(status);
    fitHeight();
}

void NewRunDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    fitHeight();
}

/// Texts that go over several lines need more than the layout asks for by itself.
void NewRunDialog::fitHeight()
{
    layout()->activate();
    const int room = screen()->availableGeometry().height();
    resize(width(), std::min(room, std::max(height(), layout()->totalHeightForWidth(width()))));
}

RunRequest NewRunDialog::request() const
{
    return {.runbookFile = m_runbook.file,
            .runbookSource = {},
            .repaired = m_repair->isChecked(),
            .environment = m_environment->environment(),
            .mode = m_live->isChecked() ? RunMode::Live : RunMode::Rehearsal,
            .windowStart = m_start->dateTime().toUTC(),
            .windowEnd = m_end->dateTime().toUTC(),
            .change = m_change->text().trimmed()};
}

void NewRunDialog::confirm()
{
    const RunRequest wanted = request();
    const bool keep = m_environment->isToBeKept();
    accept();
    if (keep)
        Q_EMIT environmentKept(wanted.environment);
    Q_EMIT confirmed(wanted);
}

} // namespace runsheet
