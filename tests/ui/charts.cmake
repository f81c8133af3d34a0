# SPDX-License-Identifier: Apache-2.0
foreach(unit chartpainter chartviewport durationpane)
    runsheet_add_test(tst_${unit}
        SOURCES tst_${unit}.cpp
        LIBRARIES runsheet_ui_charts
        LABELS ui)
endforeach()
runsheet_add_test(tst_databasepane
    SOURCES tst_databasepane.cpp
    LIBRARIES runsheet_ui_database
    LABELS ui)
foreach(test tst_chartpainter tst_chartviewport tst_durationpane tst_databasepane)
    # g++ 12 warns of designated initialisers that leave members at their defaults.
    target_compile_options(${test} PRIVATE -Wno-missing-field-initializers)
endforeach()
