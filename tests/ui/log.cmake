# SPDX-License-Identifier: Apache-2.0
foreach(unit answerfield logaccessible logfindbar)
    runsheet_add_test(tst_${unit}
        SOURCES tst_${unit}.cpp
        LIBRARIES runsheet_ui_log
        LABELS ui)
endforeach()
foreach(unit logpane logpanelook logpanesearch)
    runsheet_add_test(tst_${unit}
        SOURCES tst_${unit}.cpp logpanefixture.h
        LIBRARIES runsheet_ui_log
        LABELS ui)
endforeach()
foreach(unit loglonglines logpainting logselection logview)
    runsheet_add_test(tst_${unit}
        SOURCES tst_${unit}.cpp logviewfixture.h
        LIBRARIES runsheet_ui_log
        LABELS ui)
endforeach()
