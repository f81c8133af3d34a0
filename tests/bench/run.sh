#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every benchmark of a build folder: run.sh BUILD [--json FILE] [name…]
set -eu
build=$1
shift
json=
if [ "${1:-}" = --json ]; then
    json=$2
    shift 2
fi
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT INT TERM
export RUNSHEET_BENCH_JSON="$lines" LC_ALL=C.UTF-8 TZ=UTC
status=0
for bench in "$build"/tests/bench/bench_*; do
    [ -x "$bench" ] && [ -f "$bench" ] || continue
    name=${bench##*/bench_}
    case " $* " in '  ' | *" $name "*) ;; *) continue ;; esac
    printf '\n%s\n' "$name"
    QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} "$bench" || status=1
done
if [ -n "$json" ]; then
    { printf '['; paste -sd, "$lines"; printf ']\n'; } >"$json"
    echo "Written to $json"
fi
exit $status
