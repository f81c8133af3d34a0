// SPDX-License-Identifier: Apache-2.0
#include "start/environmentfields.h"

#include "environment/serveridentity.h"
#include "widgets/card.h"
#include "widgets/formrow.h"
#include "widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr int kHighestPort = 65535;

QString greeting(const ServerIdentity &identity)
{
    const QString role = identity.inRecovery ? EnvironmentFields::tr("a standby, read-only")
                                             : EnvironmentFields::tr("primary");
    return EnvironmentFields::tr("Connected: database %1 as %2, PostgreSQL %3, %4.")
        .arg(identity.database, identity.user, identity.version, role);
}

} // namespace

EnvironmentFields::EnvironmentFields(QFormLayout &form, const QList<Environment> &environments,
                                     QWidget *parent)
    : QObject(parent)
    , m_environments(environments)
    , m_environment(new QComboBox(parent))
    , m_name(new QLineEdit(parent))
    , m_production(new QCheckBox(tr("This is production"), parent))
    , m_service(new QLineEdit(parent))
    , m_host(new QLineEdit(parent))
    , m_port(new QSpinBox(parent))
    , m_database(new QLineEdit(parent))
    , m_user(new QLineEdit(parent))
    , m_sslMode(new QComboBox(parent))
    , m_test(new QPushButton(tr("Test connection"), parent))
    , m_result(styled(wrappedLabel({}, parent), "verdict"))
    , m_keep(new QCheckBox(tr("Keep this environment for the next time"), parent))
{
    for (const Environment &environment : m_environments)
        m_environment->addItem(environment.name);
    m_environment->addItem(tr("Another server…"));
    addNamedRow(form, tr("Environment"), m_environment);
    addNamedRow(form, tr("Name"), m_name);
    m_production->setAccessibleName(m_production->text());
    form.addRow(QString(), m_production);
    addConnection(form);
    addTest(form);
    connect(m_environment, &QComboBox::currentIndexChanged, this, &EnvironmentFields::showChosen);
    connect(m_name, &QLineEdit::textChanged, this, &EnvironmentFields::changed);
    for (QLineEdit *field : {m_service, m_host, m_database, m_user})
        connect(field, &QLineEdit::textChanged, this, &EnvironmentFields::forgetTest);
    connect(m_port, &QSpinBox::valueChanged, this, &EnvironmentFields::forgetTest);
    connect(m_sslMode, &QComboBox::currentIndexChanged, this, &EnvironmentFields::forgetTest);
    showChosen();
}

void EnvironmentFields::addConnection(QFormLayout &form)
{
    m_host->setPlaceholderText(tr("Name, address, or folder of the socket"));
    m_service->setPlaceholderText(tr("Entry of pg_service.conf, if you have one"));
    m_port->setRange(0, kHighestPort);
    m_port->setSpecialValueText(tr("Default"));
    m_sslMode->addItem(tr("Default"), QString());
    for (const auto &mode :
         {u"disable"_s, u"allow"_s, u"prefer"_s, u"require"_s, u"verify-ca"_s, u"verify-full"_s})
        m_sslMode->addItem(mode, mode);
    addNamedRow(form, tr("Service"), m_service);
    addNamedRow(form, tr("Host"), m_host);
    addNamedRow(form, tr("Port"), m_port);
    addNamedRow(form, tr("Database"), m_database);
    addNamedRow(form, tr("User"), m_user);
    addNamedRow(form, tr("TLS"), m_sslMode);
    form.addRow(dimLabel(tr("A password is never kept here: it is taken from ~/.pgpass, "
                            "pg_service.conf or PGPASSWORD, or asked for in the run."),
                         form.parentWidget()));
}

void EnvironmentFields::addTest(QFormLayout &form)
{
    m_test->setAccessibleName(m_test->text());
    m_keep->setAccessibleName(m_keep->text());
    auto *row = new QHBoxLayout;
    row->addWidget(m_test);
    row->addWidget(m_keep);
    row->addStretch();
    form.addRow(QString(), row);
    m_result->hide();
    form.addRow(m_result);
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_test->setEnabled(false);
        setTextOrHide(m_result, tr("Connecting…"));
        setTone(m_result, Tone::Neutral);
        Q_EMIT testWanted(environment());
    });
}

bool EnvironmentFields::isTyped() const
{
    return m_environment->currentIndex() >= m_environments.size();
}

bool EnvironmentFields::isToBeKept() const
{
    return isTyped() && m_keep->isChecked();
}

void EnvironmentFields::showChosen()
{
    const bool typing = isTyped();
    const Environment shown =
        typing ? Environment() : m_environments.at(m_environment->currentIndex());
    m_name->setText(shown.name);
    m_production->setChecked(shown.production);
    m_service->setText(shown.connection.service);
    m_host->setText(shown.connection.host);
    m_port->setValue(shown.connection.port);
    m_database->setText(shown.connection.database);
    m_user->setText(shown.connection.user);
    m_sslMode->setCurrentIndex(std::max(0, m_sslMode->findData(shown.connection.sslMode)));
    for (QWidget *field : QList<QWidget *>{m_name, m_production, m_service, m_host, m_port,
                                           m_database, m_user, m_sslMode})
        field->setEnabled(typing);
    m_keep->setVisible(typing);
    forgetTest();
}

/// An answer about another server would mislead.
void EnvironmentFields::forgetTest()
{
    setTextOrHide(m_result, {});
    m_test->setEnabled(!environment().connection.isEmpty());
    Q_EMIT changed();
}

void EnvironmentFields::showTest(const MonitorStatus &status)
{
    const bool connected = status.state == MonitorStatus::State::Connected;
    m_test->setEnabled(true);
    setTextOrHide(m_result,
                  connected ? greeting(ServerIdentity::fromJson(status.identity)) : status.message);
    m_result->setToolTip(status.detail);
    setTone(m_result, connected ? Tone::Ok : Tone::Bad);
}

QString EnvironmentFields::missing() const
{
    const QString name = m_name->text().trimmed();
    if (isTyped() && name.isEmpty())
        return tr("Give the environment a name: it is shown above everything and in the report.");
    const auto isTaken = [&name](const Environment &known) { return known.name == name; };
    if (isTyped() && std::ranges::any_of(m_environments, isTaken))
        return tr("There is an environment named “%1” already. Choose it, or another name.")
            .arg(name);
    return {};
}

Environment EnvironmentFields::environment() const
{
    return isTyped() ? typed() : m_environments.at(m_environment->currentIndex());
}

Environment EnvironmentFields::typed() const
{
    Environment environment;
    environment.name = m_name->text().trimmed();
    environment.production = m_production->isChecked();
    environment.connection = {.service = m_service->text().trimmed(),
                              .host = m_host->text().trimmed(),
                              .port = m_port->value(),
                              .database = m_database->text().trimmed(),
                              .user = m_user->text().trimmed(),
                              .sslMode = m_sslMode->currentData().toString()};
    return environment;
}

} // namespace runsheet
