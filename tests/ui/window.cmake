# SPDX-License-Identifier: Apache-2.0
add_library(runsheet_test_window STATIC window/windowharness.cpp)
target_include_directories(runsheet_test_window PUBLIC ${PROJECT_SOURCE_DIR}/tests
    ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(runsheet_test_window
    PUBLIC runsheet_ui runsheet_test_run Qt6::Test
    PRIVATE runsheet_options runsheet_test_options)
runsheet_add_test(tst_mainwindow SOURCES window/tst_mainwindow.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_runactions SOURCES window/tst_runactions.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_accessibletree SOURCES window/tst_accessibletree.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_phaserun SOURCES window/tst_phaserun.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_outputnotice SOURCES window/tst_outputnotice.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_variablespane SOURCES window/tst_variablespane.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_windowkeys SOURCES window/tst_windowkeys.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_newrundialog SOURCES window/tst_newrundialog.cpp
    LIBRARIES runsheet_ui_start LABELS ui)
runsheet_add_test(tst_widgets SOURCES window/tst_widgets.cpp LIBRARIES runsheet_ui LABELS ui)
runsheet_add_test(tst_stepcard SOURCES window/tst_stepcard.cpp window/checklistfixture.h
    LIBRARIES runsheet_ui_checklist runsheet_test_run LABELS ui)
runsheet_add_test(tst_checklist SOURCES window/tst_checklist.cpp window/checklistfixture.h
    LIBRARIES runsheet_ui_checklist runsheet_test_run LABELS ui)
runsheet_add_test(tst_runpanes SOURCES window/tst_runpanes.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_startpage SOURCES window/tst_startpage.cpp
    LIBRARIES runsheet_ui LABELS ui)
runsheet_add_test(tst_windowlook SOURCES window/tst_windowlook.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_theme SOURCES window/tst_theme.cpp LIBRARIES runsheet_ui_theme LABELS ui)
runsheet_add_test(tst_models SOURCES window/tst_models.cpp
    LIBRARIES runsheet_models runsheet_test_run LABELS core)
runsheet_add_test(tst_duetimes SOURCES window/tst_duetimes.cpp
    LIBRARIES runsheet_models runsheet_test_run LABELS core)
runsheet_add_test(tst_filling SOURCES window/tst_filling.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_stepextras SOURCES window/tst_stepextras.cpp
    LIBRARIES runsheet_ui LABELS ui)
runsheet_add_test(tst_reference SOURCES window/tst_reference.cpp
    LIBRARIES runsheet_models runsheet_runbook LABELS core)
runsheet_add_test(tst_amendwindow SOURCES window/tst_amendwindow.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_referencepane SOURCES window/tst_referencepane.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_runlogs SOURCES window/tst_runlogs.cpp
    LIBRARIES runsheet_test_window LABELS ui)
runsheet_add_test(tst_stopping SOURCES window/tst_stopping.cpp
    LIBRARIES runsheet_test_window LABELS ui)
