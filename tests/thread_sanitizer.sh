#!/usr/bin/env bash
# Runs what uses several threads under the thread sanitizer: builds an instrumented oneTBB (once), the `tsan` preset's
# tests, and passes those with the label `threads`. Arguments go to ctest.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

"$root/cmake/build_instrumented_tbb.sh"
"$root/cmake/build.sh" tsan threads_tests planted_race
# g++ 12's sanitizer cannot place its shadow memory where the kernel randomizes addresses widely.
fixed=(setarch --addr-no-randomize)
"${fixed[@]}" true 2>/dev/null || fixed=()
echo "==> running the tests under the thread sanitizer" >&2
exec "${fixed[@]}" ctest --test-dir "$root/build/tsan" --output-on-failure --no-tests=error --parallel "$(nproc)" \
  --label-regex '^threads$' "$@"
