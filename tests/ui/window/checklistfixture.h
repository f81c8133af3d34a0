// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checklist/checklistpane.h"
#include "support/eventbuilder.h"
#include "theme.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

#include <algorithm>

namespace runsheet::test
{

using namespace Qt::StringLiterals;

inline QList<QWidget *> visibleWidgets(const QWidget &root)
{
    QList<QWidget *> visible;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (widget->isVisibleTo(&root))
            visible.append(widget);
    }
    return visible;
}

template <typename Widget>
Widget *named(const QWidget &root, const QString &name)
{
    for (QWidget *widget : visibleWidgets(root)) {
        if (widget->accessibleName() == name && qobject_cast<Widget *>(widget) != nullptr)
            return qobject_cast<Widget *>(widget);
    }
    return nullptr;
}

inline bool shows(const QWidget &root, const QString &text)
{
    return std::ranges::any_of(visibleWidgets(root), [&](const QWidget *widget) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        return label != nullptr && label->text().contains(text);
    });
}

/// A state that is made event by event, for the checklist's parts to show.
class ChecklistFixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init()
    {
        m_builder = EventBuilder();
        m_builder.create();
    }

protected:
    [[nodiscard]] ChecklistView view() const
    {
        const QDateTime now = m_builder.events().last().at;
        return ChecklistView::of(m_builder.state(), now, u"Ada"_s);
    }
    [[nodiscard]] const Step &step(const QString &title)
    {
        m_state = m_builder.state();
        return *m_state.runbook->step(stepNamed(m_state, title));
    }
    void sign(const QString &title, const QString &who = u"Ada"_s, const QString &observed = {})
    {
        m_builder.add(StepSigned{.step = stepNamed(m_builder.state(), title),
                                 .outcome = SignOffOutcome::Done,
                                 .observed = observed,
                                 .note = {}},
                      who);
    }
    ExecutionId start(const QString &title)
    {
        const ExecutionId execution = ExecutionId::create();
        m_builder.add(CommandIntended{.execution = execution,
                                      .command = commandOf(m_builder.state(), title),
                                      .text = u"echo migrating"_s,
                                      .sha256 = {},
                                      .workingDirectory = {}});
        m_builder.add(CommandStarted{.execution = execution, .pid = 4711});
        return execution;
    }
    void end(const ExecutionId &execution, ExecutionOutcome outcome)
    {
        CommandEnded ended;
        ended.execution = execution;
        ended.outcome = outcome;
        ended.exitCode = 0;
        ended.durationMicros = 41'000'000;
        ended.outputLines = 212;
        ended.outputBytes = 1'600'000;
        m_builder.add(ended);
    }

    EventBuilder m_builder;

private:
    RunState m_state;
};

} // namespace runsheet::test
