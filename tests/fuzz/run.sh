#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Feeds the parser with changed runbooks for a while: run.sh BUILD [SECONDS]
# Finds are kept in BUILD/finds; what is mended goes to tests/data/fuzz, which tst_fuzzfinds reads.
set -eu
build=$1
seconds=${2:-60}
here=$(dirname "$0")
mkdir -p "$build/finds" "$build/corpus"
exec "$build/tests/fuzz/fuzz_parser" -max_total_time="$seconds" -max_len=16384 -timeout=5 -rss_limit_mb=2048 \
    -dict="$here/markdown.dict" -artifact_prefix="$build/finds/" -print_final_stats=1 -verbosity=1 \
    "$build/corpus" "$here/../data/runbooks" "$here/../../runbooks" "$here/../data/fuzz"
