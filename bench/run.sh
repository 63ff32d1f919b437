#!/usr/bin/env bash
# Measures the performance budget: bench/run.sh [--quick] [NAME…]. Writes docs/performance.md after a whole run.
# LATCHKEY_BENCH_DIR names a folder on the disk to measure; it is the system's temporary folder otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=${JAVA_HOME:+$JAVA_HOME/bin/} # as run.sh: both sides of a ratio run on the same Java
./run.sh --version # builds the jar when it is missing or older than its sources

classes=target/bench/classes
rm -rf "$classes"
mkdir -p "$classes"
"${bin}javac" --release 17 -Xlint:all,-classfile -Werror -cp target/latchkey.jar -d "$classes" bench/src/dev/latchkey/bench/*.java
exec "${bin}java" -Xmx512m -Dsun.net.httpserver.nodelay=true \
  -Djava.io.tmpdir="${LATCHKEY_BENCH_DIR:-${TMPDIR:-/tmp}}" \
  -cp "$classes:target/latchkey.jar" dev.latchkey.bench.Bench "$@"
