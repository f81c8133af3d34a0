# SPDX-License-Identifier: Apache-2.0
# The window itself; the composition root links this.
runsheet_add_ui(ui
    SOURCES
        actions.cpp actions.h
        commandpalette.cpp commandpalette.h
        mainwindow.cpp mainwindow.h
        run/approvaldialog.cpp run/approvaldialog.h
        run/changedfilestrip.cpp run/changedfilestrip.h
        run/choicedialog.cpp run/choicedialog.h
        run/differencedialog.cpp run/differencedialog.h
        run/environmentband.cpp run/environmentband.h
        run/filldialog.cpp run/filldialog.h
        run/logentries.cpp run/logentries.h
        run/outputwatch.cpp run/outputwatch.h
        run/panes.cpp run/panes.h
        run/findingsdialog.cpp run/findingsdialog.h
        run/phaseruncontrol.cpp run/phaseruncontrol.h
        run/rundialogs.cpp run/rundialogs.h
        run/runbookdialogs.cpp
        run/runpage.cpp run/runpage.h
        run/runpageactions.cpp
        run/sidepane.cpp run/sidepane.h
        run/variabledialog.cpp run/variabledialog.h
        run/variablespane.cpp run/variablespane.h
        run/stopdialog.cpp run/stopdialog.h
        run/stopdialogs.cpp
        run/waitwatch.cpp run/waitwatch.h
        screenfit.cpp screenfit.h
        settings.cpp settings.h
        statusline.cpp statusline.h
    LIBRARIES
        Qt6::DBus runsheet_ui_charts runsheet_ui_checklist runsheet_ui_database runsheet_ui_log
        runsheet_ui_reference runsheet_ui_start runsheet_ui_widgets runsheet_models runsheet_metrics runsheet_run)
