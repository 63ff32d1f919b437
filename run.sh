#!/usr/bin/env bash
# ./run.sh            builds Latchkey when needed and serves on port 5397, with data in ./data
# ./run.sh test       does all set-up and runs the whole suite
# ./run.sh WORD …     passes every other word to the jar: ./run.sh --version
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$root/target/latchkey.jar

need() {
  command -v "$1" >/dev/null || { echo "run.sh: please install $2 first" >&2; exit 1; }
}

# JAVA_HOME wins, as it does for Maven.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else need java "a JDK, version 17 or newer"; java=java; fi
}

build() {
  need mvn "Maven (for example: apt install maven)"
  echo "Building Latchkey …" >&2
  (cd "$root" && mvn -q -B -Dmaven.test.skip=true package)
}

stale() {
  [ ! -f "$jar" ] || [ -n "$(cd "$root" && find app/src/main migrations pom.xml -newer "$jar" -print -quit)" ]
}

# An archive of parsed classes belongs to one jar and one Java; it takes most of the start-up time away.
java_version() {
  local home release
  home=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")
  release=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$home/release" 2>/dev/null || true)
  echo "${release:-unknown}"
}

archive_flags() {
  local version major
  version=$(java_version)
  major=${version%%[!0-9]*}
  if [ "${major:-0}" -ge 25 ]; then
    archive=$root/target/latchkey-$version.aot use=-XX:AOTCache= make=-XX:AOTCacheOutput=
  else
    archive=$root/target/latchkey-$version.jsa use=-XX:SharedArchiveFile= make=-XX:ArchiveClassesAtExit=
  fi
}

make_archive() {
  echo "Preparing fast starts (once) …" >&2
  "$java" "${flags[@]}" "$make$archive" -jar "$jar" rehearse >/dev/null 2>"$root/target/rehearsal.log" || rm -f "$archive"
}

# The pages are tested in the system's Chromium; without one, those tests are skipped and say so.
find_browser() {
  if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the tests of the pages (once) …" >&2
    if apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-driver >&2; then return; fi
  fi
  echo "run.sh: the tests of the pages will be skipped; to run them too: apt install chromium chromium-driver" >&2
}

# Tests make thousands of small databases, each of which waits for the disk at every commit. In memory they take half as
# long; where there is little of it, or programs cannot run from there, they go where temporary files always go.
find_memory() {
  local free
  free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }') || return 0
  if [ "${free:-0}" -lt 3000000 ]; then return; fi
  # A short name: Chromium puts a socket far down, and the path of one ends at 107 letters.
  memory=$(mktemp -d /dev/shm/lk-XXXXXX 2>/dev/null) || return 0
  trap 'rm -rf "$memory"' EXIT
  if cp "$(command -v env)" "$memory/env" && "$memory/env" true 2>/dev/null; then
    set_temporary=-Dtest.tmp=$memory
  fi
}

run_tests() {
  set_temporary=
  need mvn "Maven (for example: apt install maven)"
  find_browser
  find_memory
  cd "$root"
  mvn -B ${set_temporary:+"$set_temporary"} verify "$@"
}

case "${1:-}" in
  test) shift; run_tests "$@"; exit ;;
esac

find_java
if stale; then build; fi
# A small heap, which begins smaller still, and the serial collector: a library for a household idles most of the day.
flags=(-Xms64m -Xmx256m -Xss512k -XX:+UseSerialGC)
archive_flags
if [ ! -f "$archive" ] || [ "$jar" -nt "$archive" ]; then make_archive; fi
if [ -f "$archive" ]; then flags+=("$use$archive"); fi
# shellcheck disable=SC2206 # several options may stand in one variable
flags+=(${LATCHKEY_JAVA_OPTS:-})

case "${1:-serve}" in
  serve | reset-password | reset-second-factor | make-admin) cd "$root" ;;
esac
exec "$java" "${flags[@]}" -jar "$jar" "$@"
