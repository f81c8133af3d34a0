#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command on a virtual screen of its own, with a window manager and an accessibility bus.
# SCREEN chooses the size, for example 1024x768.
exec xvfb-run -a -s "-screen 0 ${SCREEN:-1440x900}x24 -nolisten tcp" dbus-run-session -- sh -c '
    openbox >/dev/null 2>&1 & manager=$!
    "$@"; status=$?
    kill $manager 2>/dev/null
    exit $status' sh "$@"
