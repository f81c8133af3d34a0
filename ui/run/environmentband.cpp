// SPDX-License-Identifier: Apache-2.0
#include "run/environmentband.h"

#include "base/text.h"
#include "icons.h"
#include "models/wording.h"
#include "theme.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

constexpr double kClock = 1.5;

/// Every digit as wide as the widest, so that the clock does not tremble. Qt 6.4 cannot ask a font
/// for its tabular figures.
int tabularWidth(const QFontMetrics &metrics, const QString &text)
{
    QString widest = text;
    for (QChar &character : widest) {
        if (character.isDigit())
            character = u'0';
    }
    return metrics.horizontalAdvance(widest) + metrics.averageCharWidth() / 2;
}

QString nameInWords(const Environment &environment)
{
    QString name = environment.name.toUpper();
    const QString production = EnvironmentBand::tr("PRODUCTION");
    if (!environment.production || name == production)
        return name;
    return name.isEmpty() ? production : u"%1 · %2"_s.arg(production, name);
}

} // namespace

QString clockText(const QDateTime &start, const QDateTime &now)
{
    const qint64 seconds = start.secsTo(now);
    const QString sign = seconds < 0 ? u"T−"_s : u"T+"_s;
    return sign + formatClock(std::chrono::seconds(std::abs(seconds)));
}

EnvironmentBand::EnvironmentBand(QWidget *parent)
    : QWidget(parent)
    , m_name(bandLabel(1, QFont::Bold))
    , m_target(bandLine(1, QFont::DemiBold))
    , m_identity(bandLine(0.85, QFont::Normal))
    , m_run(bandLine(0.85, QFont::Normal))
    , m_title(bandLine(1, QFont::Normal))
    , m_due(bandLine(0.85, QFont::DemiBold))
    , m_clock(bandLabel(kClock, QFont::DemiBold))
    , m_window(bandLabel(0.85, QFont::DemiBold))
    , m_rollBack(styled(new QPushButton(tr("Roll back…"), this), "band"))
{
    m_clock->setObjectName(u"clock"_s);
    m_rollBack->setAccessibleName(tr("Roll back"));
    connect(m_rollBack, &QPushButton::clicked, this, &EnvironmentBand::rollBackWanted);
    for (ElidedLabel *line : {m_run, m_title, m_due})
        line->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_due->setObjectName(u"due"_s);
    m_due->hide();
    buildLayout();
}

QLabel *EnvironmentBand::bandLabel(double scale, QFont::Weight weight)
{
    QLabel *label = styled(bodyLabel({}, this), "band");
    label->setFont(scaledFont(scale, weight));
    return label;
}

ElidedLabel *EnvironmentBand::bandLine(double scale, QFont::Weight weight)
{
    auto *label = styled(new ElidedLabel({}, this), "band");
    label->setFont(scaledFont(scale, weight));
    return label;
}

void EnvironmentBand::buildLayout()
{
    const auto pair = [](QWidget *above, QWidget *below) {
        auto *column = new QVBoxLayout;
        column->setSpacing(0);
        column->addStretch();
        column->addWidget(above);
        column->addWidget(below);
        column->addStretch();
        return column;
    };
    m_name->setContentsMargins(10, 4, 10, 4);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 5, 16, 5);
    row->setSpacing(16);
    row->addWidget(m_name, 0, Qt::AlignVCenter);
    row->addLayout(pair(m_target, m_identity), 3);
    auto *run = pair(m_run, m_title);
    run->insertWidget(run->count() - 1, m_due); // instead of the title, which moves up
    row->addLayout(run, 2);
    row->addLayout(pair(m_clock, m_window));
    row->addWidget(m_rollBack);
}

void EnvironmentBand::showRun(const RunState &state, qint64 number)
{
    const Environment &environment = state.environment;
    m_colour =
        environment.colour.isEmpty() && environment.production ? u"red"_s : environment.colour;
    m_start = state.created.windowStart;
    m_end = state.created.windowEnd;
    m_name->setText(nameInWords(environment));
    m_target->setText(environment.connection.isEmpty() ? tr("No server named")
                                                       : environment.connection.displayName());
    const QString mode = Wording::mode(state.created.mode);
    QStringList run{number > 0 ? tr("Run %1").arg(number) : tr("Run"), mode};
    if (state.status != RunStatus::InProgress)
        run << Wording::status(state.status);
    m_about = run.join(u" · "_s);
    m_title->setText(state.created.runbookTitle);
    showDue(std::nullopt, {});
    const bool anyScenario = std::ranges::any_of(state.runbook->phases, &Phase::isRollbackScenario);
    m_rollBack->setEnabled(anyScenario && state.status == RunStatus::InProgress);
    m_rollBack->setToolTip(anyScenario ? tr("Choose a rollback scenario of the runbook")
                                       : tr("The runbook has no rollback section."));
    setTextOrHide(m_identity, {});
    update();
}

void EnvironmentBand::showIdentity(const ServerIdentity &identity, const QDateTime &checkedAt)
{
    setTextOrHide(m_identity,
                  tr("%1 · PostgreSQL %2 · role %3 · system %4 · checked %5")
                      .arg(identity.inRecovery ? tr("standby") : tr("primary"), identity.version,
                           identity.user, identity.systemIdentifier,
                           Wording::moment(checkedAt, checkedAt)));
}

void EnvironmentBand::showMonitor(const MonitorStatus &status)
{
    if (status.state != MonitorStatus::State::Connected && !status.message.isEmpty())
        setTextOrHide(m_identity, status.message);
}

void EnvironmentBand::showDue(const std::optional<DueTime> &due, const QDateTime &now)
{
    m_overdue = due && due->isOverdue(now);
    m_due->setKept(due ? DueTimes::words(*due, now) : QString());
    setTextOrHide(m_due, due ? DueTimes::headline(*due, now) : QString());
    m_title->setVisible(!due);
    m_run->setText(due ? m_about + u" · "_s + m_title->text() : m_about);
    update();
}

void EnvironmentBand::tick(const QDateTime &now)
{
    if (!m_start.isValid()) {
        m_clock->clear();
        m_window->setText(tr("no window set"));
        return;
    }
    const QString text = clockText(m_start, now);
    m_clock->setText(text);
    m_clock->setMinimumWidth(tabularWidth(m_clock->fontMetrics(), text));
    m_window->setText(m_end < now ? tr("window ended %1").arg(Wording::moment(m_end, now))
                                  : tr("window ends %1").arg(Wording::moment(m_end, now)));
}

void EnvironmentBand::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), themeOf(QApplication::palette()).band(m_colour));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 255, 255, 38));
    painter.drawRoundedRect(m_name->geometry(), 6, 6);
    if (m_overdue) {
        painter.setBrush(QColor(0, 0, 0, 64)); // darker: the text on it stays readable
        QRect ground = m_due->geometry();
        ground.setLeft(ground.right() - m_due->fontMetrics().horizontalAdvance(m_due->shownText()));
        painter.drawRoundedRect(ground.adjusted(-8, -1, 8, 1), 6, 6);
    }
}

} // namespace runsheet
