#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Formatting, layers, and clang-tidy.
#   lint.sh           clang-tidy on the files that changed since it last passed on them
#   lint.sh --all     clang-tidy on every file
#   lint.sh --quick   no clang-tidy
set -eu
mode=${1:-changed}
sources() { git ls-files -co --exclude-standard -- "$@" | while read -r f; do [ ! -f "$f" ] || echo "$f"; done; }

echo 'Formatting'
sources 'app/*.h' 'app/*.cpp' 'src/*.h' 'src/*.cpp' 'ui/*.h' 'ui/*.cpp' 'tests/*.h' 'tests/*.cpp' |
    xargs clang-format --dry-run --Werror
echo 'Layers'
cmake -DROOT="$PWD" -P tests/checklayers.cmake
[ "$mode" != --quick ] || exit 0

echo 'clang-tidy'
build=build/lint
cmake --preset dev -B $build -Wno-dev -DRUNSHEET_PCH=OFF -DCMAKE_AUTOGEN_ORIGIN_DEPENDS=OFF >/dev/null
# Generated moc files are included by the sources, so they must exist; nothing else is compiled.
ninja -C $build -t targets all | sed -n 's/^\([^:]*_autogen\): phony$/\1/p' | sort -u | xargs ninja -C $build >/dev/null
stamps=$build/stamps
mkdir -p $stamps
# A file passes for as long as its own text, every header of ours and the configuration stay the same.
common=$(sources 'app/*.h' 'src/*.h' 'ui/*.h' .clang-tidy | xargs sha256sum | sha256sum | cut -c1-16)
todo=$(sources 'app/*.cpp' 'src/*.cpp' 'ui/*.cpp' | while read -r file; do
    stamp=$stamps/$(sha256sum <"$file" | cut -c1-24)-$common
    if [ "$mode" = --all ] || [ ! -e "$stamp" ]; then echo "$file $stamp"; fi
done)
[ -n "$todo" ] || { echo 'Nothing changed since the last clean run.'; exit 0; }
printf '%s\n' "$todo" | xargs -P "$(nproc)" -n 2 sh -c '
    if clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p '$build' "$0" >"$1.log" 2>/dev/null; then : >"$1"; rm "$1.log"; else
        cat "$1.log"; rm "$1.log"; exit 1; fi'
echo 'Clean.'
