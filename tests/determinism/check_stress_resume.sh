#!/usr/bin/env bash
# A stress test that is killed at any instant and resumed ends with the table of one that was never cut:
# check_stress_resume.sh COMMAND [KILLS]
set -euo pipefail
command=$(realpath "$1")
kills=${2:-10}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scenario=$root/scenarios/catalogue/stress/electronics_shocks.yaml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

stress=("$command" stress "$scenario" --horizon "120 d" --replications 4 --threads 2 --quiet)
# Without what a second run measures otherwise.
table() { grep -v -e '_seconds' -e '"events"' "$1/stress.json"; }

whole=0
"${stress[@]}" --out "$work/whole" || whole=$?
[ "$whole" -eq 0 ] || [ "$whole" -eq 3 ] || { echo "error: the uncut test failed with $whole" >&2 && exit 1; }
RANDOM=4711
resume=()
cut=0
for ((i = 0; i < kills; ++i)); do
  "${stress[@]}" --out "$work/cut" "${resume[@]}" &
  pid=$!
  sleep "0.$((10 + RANDOM % 60))"
  kill -9 "$pid" 2>/dev/null && cut=$((cut + 1))
  wait "$pid" 2>/dev/null || true
  # Killed before it could say what it is: there is nothing to resume yet.
  [ -s "$work/cut/branches.jsonl" ] && resume=(--resume)
done
code=0
"${stress[@]}" --out "$work/cut" "${resume[@]}" || code=$?
[ "$code" -eq "$whole" ] || { echo "error: exit code $code, uncut $whole" >&2 && exit 1; }
if ! diff <(table "$work/whole") <(table "$work/cut") >&2; then
  echo "error: the resumed test has another table" >&2
  exit 1
fi
[ "$cut" -gt 0 ] || { echo "error: no run was killed in time" >&2 && exit 1; }
echo "stress: $cut kills, the same table"
