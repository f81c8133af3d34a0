# SPDX-License-Identifier: Apache-2.0
foreach(unit answerfield logview logpane logaccessible logfindbar)
    runsheet_add_test(tst_${unit}
        SOURCES tst_${unit}.cpp
        LIBRARIES runsheet_ui_log
        LABELS ui)
endforeach()
