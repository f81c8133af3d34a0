// SPDX-License-Identifier: Apache-2.0
#include "actions.h"

#include <QActionGroup>
#include <QMenuBar>

#include <array>

using namespace Qt::StringLiterals;

namespace runsheet
{

namespace
{

enum class Menu
{
    File,
    Run,
    View,
    Help
};
enum class Need
{
    Nothing,
    Run,
    RunInProgress
};

struct Spec
{
    ActionId id;
    Menu menu;
    Need need;
    const char *text; // marked for translation; the names are a contract with screen readers
    const char *keys;
};

constexpr auto kSpecs = std::to_array<Spec>({
    {ActionId::OpenRunbook, Menu::File, Need::Nothing, QT_TR_NOOP("Open runbook"), "Ctrl+O"},
    {ActionId::ShowStart, Menu::File, Need::Run, QT_TR_NOOP("Start page"), "Alt+Home"},
    {ActionId::ExportReport, Menu::File, Need::Run, QT_TR_NOOP("Export report"), "Ctrl+E"},
    {ActionId::Quit, Menu::File, Need::Nothing, QT_TR_NOOP("Quit"), "Ctrl+Q"},
    {ActionId::NextStep, Menu::Run, Need::Run, QT_TR_NOOP("Next step"), "J"},
    {ActionId::PreviousStep, Menu::Run, Need::Run, QT_TR_NOOP("Previous step"), "K"},
    {ActionId::SignOff, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Sign off step"), "Space"},
    {ActionId::RunCommand, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Run next command"), "R"},
    {ActionId::RunPhase, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Run this phase"), "Ctrl+R"},
    {ActionId::PausePhase, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Pause this phase"), "P"},
    {ActionId::StopCommand, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Stop command"), "Ctrl+."},
    {ActionId::CheckServer, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Check the server"), ""},
    {ActionId::SettleOutcome, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Settle outcome"), ""},
    {ActionId::AddNote, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Add note"), "Ctrl+N"},
    {ActionId::RollBack, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Roll back"), "Ctrl+Shift+R"},
    {ActionId::CompleteRun, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Complete run"), ""},
    {ActionId::AbortRun, Menu::Run, Need::RunInProgress, QT_TR_NOOP("Abort run"), ""},
    {ActionId::ShowFindings, Menu::Run, Need::Run, QT_TR_NOOP("Findings in the runbook"), ""},
    {ActionId::FindInLog, Menu::View, Need::Run, QT_TR_NOOP("Find in log"), "Ctrl+F"},
    {ActionId::FindInReference, Menu::View, Need::Run, QT_TR_NOOP("Find in reference"), "F2"},
    {ActionId::NextPane, Menu::View, Need::Run, QT_TR_NOOP("Next pane"), "F6"},
    {ActionId::ThemeSystem, Menu::View, Need::Nothing, QT_TR_NOOP("Theme of the desktop"), ""},
    {ActionId::ThemeLight, Menu::View, Need::Nothing, QT_TR_NOOP("Light theme"), ""},
    {ActionId::ThemeDark, Menu::View, Need::Nothing, QT_TR_NOOP("Dark theme"), ""},
    {ActionId::FindAction, Menu::Help, Need::Nothing, QT_TR_NOOP("Find any action"), "Ctrl+K"},
    {ActionId::ShowKeys, Menu::Help, Need::Nothing, QT_TR_NOOP("Keys"), "F1"},
});

QString titleOf(Menu menu)
{
    switch (menu) {
    case Menu::File:
        return Actions::tr("&File");
    case Menu::Run:
        return Actions::tr("&Run");
    case Menu::View:
        return Actions::tr("&View");
    case Menu::Help:
        return Actions::tr("&Help");
    }
    return {};
}

} // namespace

Actions::Actions(QWidget &window)
    : QObject(&window)
{
    for (const Spec &spec : kSpecs) {
        auto *action = new QAction(tr(spec.text), this);
        action->setShortcut(QKeySequence(QString::fromLatin1(spec.keys)));
        action->setMenuRole(QAction::NoRole);
        window.addAction(action);
        m_actions.insert(spec.id, action);
    }
    // Both fire for a key held down, which is how a long list is walked; the others must not.
    for (const auto id :
         {ActionId::SignOff, ActionId::RunCommand, ActionId::RunPhase, ActionId::RollBack})
        action(id)->setAutoRepeat(false);
    auto *themes = new QActionGroup(this);
    for (const auto id : {ActionId::ThemeSystem, ActionId::ThemeLight, ActionId::ThemeDark}) {
        action(id)->setCheckable(true);
        themes->addAction(action(id));
    }
    action(ActionId::ThemeSystem)->setChecked(true);
}

void Actions::fill(QMenuBar &bar)
{
    QMap<Menu, QMenu *> menus;
    for (const auto menu : {Menu::File, Menu::Run, Menu::View, Menu::Help})
        menus.insert(menu, bar.addMenu(titleOf(menu)));
    for (const Spec &spec : kSpecs)
        menus.value(spec.menu)->addAction(action(spec.id));
}

void Actions::enableFor(const Situation &situation)
{
    for (const Spec &spec : kSpecs) {
        const bool possible = spec.need == Need::Nothing
            || (spec.need == Need::Run && situation.runShown)
            || (spec.need == Need::RunInProgress && situation.runShown && situation.runInProgress);
        action(spec.id)->setEnabled(possible);
    }
}

} // namespace runsheet
