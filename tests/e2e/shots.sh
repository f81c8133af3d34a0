#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Pictures of the main states of the window: shots.sh BUILD FOLDER
set -eu
RUNSHEET_BUILD=$(cd "$1" && pwd)
export RUNSHEET_BUILD LC_ALL=C.UTF-8 TZ=UTC
mkdir -p "$2"
here=$(dirname "$0")
sh "$here/onscreen.sh" /usr/bin/python3 -B "$here/shots.py" "$2"
SCREEN=1024x768 sh "$here/onscreen.sh" /usr/bin/python3 -B "$here/shots.py" "$2" narrow
