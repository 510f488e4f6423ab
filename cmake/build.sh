#!/usr/bin/env bash
# Configures one preset and builds targets of it: build.sh PRESET TARGET...
# Quiet while all is well; shows the compiler's words when it is not.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
preset=$1
shift

# Two clones of one commit share what the compiler cache holds.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
cd "$root"
echo "==> configuring build/$preset" >&2
cmake --preset "$preset" --log-level=WARNING >/dev/null
echo "==> building $* in build/$preset" >&2
# On a terminal the progress is shown, in a log only what goes wrong.
quiet=()
[ -t 2 ] || quiet=(-- --quiet)
cmake --build "build/$preset" --parallel "$(nproc)" --target "$@" "${quiet[@]}" >&2
