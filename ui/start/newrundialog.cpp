// SPDX-License-Identifier: Apache-2.0
#include "start/newrundialog.h"

#include "widgets/card.h"
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
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kHighestPort = 65535;
constexpr int kDefaultWindowHours = 2;

template <typename Field>
void addNamed(QFormLayout &form, const QString &label, Field *field)
{
    field->setAccessibleName(label);
    form.addRow(label, field);
}

QDateTimeEdit *timeField(const QDateTime &time, QWidget *parent)
{
    auto *field = new QDateTimeEdit(time.toUTC(), parent);
    field->setTimeSpec(Qt::UTC);
    field->setDisplayFormat(u"yyyy-MM-dd HH:mm"_s);
    field->setCalendarPopup(true);
    return field;
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
    , m_environments(environments)
    , m_environment(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_production(new QCheckBox(tr("This is production"), this))
    , m_service(new QLineEdit(this))
    , m_host(new QLineEdit(this))
    , m_port(new QSpinBox(this))
    , m_database(new QLineEdit(this))
    , m_user(new QLineEdit(this))
    , m_rehearsal(new QRadioButton(tr("Rehearsal"), this))
    , m_live(new QRadioButton(tr("Live"), this))
    , m_change(new QLineEdit(this))
    , m_missing(dimLabel({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New run"));
    setMinimumWidth(fontMetrics().averageCharWidth() * 84);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(strongLabel(runbook.title, this));
    auto *form = new QFormLayout;
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    buildEnvironment(*form);
    buildConnection(*form);
    buildWindow(*form, now);
    column->addLayout(form);
    column->addWidget(m_missing);
    column->addStretch();
    buildButtons();
    showEnvironment();
}

void NewRunDialog::buildEnvironment(QFormLayout &form)
{
    for (const Environment &environment : m_environments)
        m_environment->addItem(environment.name);
    m_environment->addItem(tr("Another server…"));
    addNamed(form, tr("Environment"), m_environment);
    addNamed(form, tr("Name"), m_name);
    m_production->setAccessibleName(m_production->text());
    form.addRow(QString(), m_production);
    connect(m_environment, &QComboBox::currentIndexChanged, this, &NewRunDialog::showEnvironment);
    connect(m_name, &QLineEdit::textChanged, this, &NewRunDialog::refresh);
}

void NewRunDialog::buildConnection(QFormLayout &form)
{
    m_host->setPlaceholderText(tr("Name, address, or folder of the socket"));
    m_service->setPlaceholderText(tr("Entry of pg_service.conf, if you have one"));
    m_port->setRange(0, kHighestPort);
    m_port->setSpecialValueText(tr("Default"));
    addNamed(form, tr("Service"), m_service);
    addNamed(form, tr("Host"), m_host);
    addNamed(form, tr("Port"), m_port);
    addNamed(form, tr("Database"), m_database);
    addNamed(form, tr("User"), m_user);
    form.addRow(dimLabel(tr("A password is never asked for or kept here: it is taken from "
                            "~/.pgpass, pg_service.conf or PGPASSWORD."),
                         this));
}

void NewRunDialog::buildWindow(QFormLayout &form, const QDateTime &now)
{
    m_rehearsal->setChecked(true);
    m_rehearsal->setAccessibleName(m_rehearsal->text());
    m_live->setAccessibleName(m_live->text());
    auto *mode = new QHBoxLayout;
    mode->addWidget(m_rehearsal);
    mode->addWidget(m_live);
    mode->addStretch();
    form.addRow(tr("Mode"), mode);
    const QDateTime start = roundedUp(now);
    m_start = timeField(start, this);
    m_end = timeField(start.addSecs(kDefaultWindowHours * 3600), this);
    addNamed(form, tr("Window starts (UTC)"), m_start);
    addNamed(form, tr("Window ends (UTC)"), m_end);
    m_change->setPlaceholderText(tr("Ticket or change number, if there is one"));
    addNamed(form, tr("Change"), m_change);
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

bool NewRunDialog::isTyped() const
{
    return m_environment->currentIndex() >= m_environments.size();
}

void NewRunDialog::showEnvironment()
{
    const bool typed = isTyped();
    const Environment shown =
        typed ? Environment() : m_environments.at(m_environment->currentIndex());
    m_name->setText(shown.name);
    m_production->setChecked(shown.production);
    m_service->setText(shown.connection.service);
    m_host->setText(shown.connection.host);
    m_port->setValue(shown.connection.port);
    m_database->setText(shown.connection.database);
    m_user->setText(shown.connection.user);
    for (QWidget *field :
         QList<QWidget *>{m_name, m_production, m_service, m_host, m_port, m_database, m_user})
        field->setEnabled(typed);
    refresh();
}

QString NewRunDialog::missing() const
{
    if (isTyped() && m_name->text().trimmed().isEmpty())
        return tr("Give the environment a name: it is shown above everything and in the report.");
    if (m_end->dateTime() <= m_start->dateTime())
        return tr("The window ends before it starts. Correct one of the two.");
    return {};
}

void NewRunDialog::refresh()
{
    if (m_create == nullptr)
        return;
    m_missing->setText(missing());
    m_create->setEnabled(missing().isEmpty());
}

Environment NewRunDialog::environment() const
{
    if (!isTyped())
        return m_environments.at(m_environment->currentIndex());
    Environment typed;
    typed.name = m_name->text().trimmed();
    typed.production = m_production->isChecked();
    typed.connection.service = m_service->text().trimmed();
    typed.connection.host = m_host->text().trimmed();
    typed.connection.port = m_port->value();
    typed.connection.database = m_database->text().trimmed();
    typed.connection.user = m_user->text().trimmed();
    return typed;
}

RunRequest NewRunDialog::request() const
{
    return {.runbookFile = m_runbook.file,
            .runbookSource = {},
            .environment = environment(),
            .mode = m_live->isChecked() ? RunMode::Live : RunMode::Rehearsal,
            .windowStart = m_start->dateTime().toUTC(),
            .windowEnd = m_end->dateTime().toUTC(),
            .change = m_change->text().trimmed()};
}

void NewRunDialog::confirm()
{
    const RunRequest wanted = request();
    accept();
    Q_EMIT confirmed(wanted);
}

} // namespace runsheet
