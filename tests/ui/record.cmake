# SPDX-License-Identifier: Apache-2.0
runsheet_add_test(tst_pdfreport SOURCES record/tst_pdfreport.cpp
    LIBRARIES runsheet_ui_record runsheet_test_reportsample LABELS ui)

set(command_sources)
foreach(name report verify runs)
    list(APPEND command_sources ${PROJECT_SOURCE_DIR}/app/runsheet/${name}command.cpp)
endforeach()
runsheet_add_test(tst_recordcommands SOURCES record/tst_recordcommands.cpp ${command_sources}
    LIBRARIES runsheet_ui_record runsheet_store runsheet_test_reportsample LABELS ui)
target_include_directories(tst_recordcommands PRIVATE ${PROJECT_SOURCE_DIR}/app/runsheet)
