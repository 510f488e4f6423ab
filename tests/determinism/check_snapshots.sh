#!/usr/bin/env bash
# A run that is kept at some instant and resumed in another process, under another split, ends with the fingerprint of the run
# that was never cut: check_snapshots.sh COMMAND [INSTANTS]
# Instants (20 unless said otherwise) are drawn with a fixed seed over the whole run of the flagship, warm-up included.
set -euo pipefail
command=$(realpath "$1")
instants=${2:-20}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scenario=$root/scenarios/catalogue/industry/electronics_cluster.yaml
days=126  # of warm-up
horizon=60
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

print() { sed -n 's/^ *"fingerprint" *: *"\([^"]*\)".*/\1/p' "$1"; }
run() { "$command" run "$scenario" --horizon "$horizon d" --json --quiet "$@" >"$work/out.json" && print "$work/out.json"; }

whole=$(run --replications 1 --seed 11)
[ -n "$whole" ] || { echo "error: the run has no fingerprint" >&2 && exit 1; }
RANDOM=4711
parts=(1 2 7)
failures=0
for ((i = 0; i < instants; ++i)); do
  minute=$(((RANDOM * 32768 + RANDOM) % ((days + horizon) * 1440)))
  kept=$(run --replications 1 --seed 11 --snapshot "$work/cut.snap" --snapshot-at "$minute min" \
    --partitions "${parts[i % 3]}" --threads 2)
  resumed=$(run --resume "$work/cut.snap" --partitions "${parts[(i + 1) % 3]}" --threads 2)
  if [ "$kept" != "$whole" ] || [ "$resumed" != "$whole" ]; then
    echo "minute $minute: kept $kept, resumed $resumed, expected $whole" >&2
    failures=$((failures + 1))
  fi
done
echo "snapshots: $instants instants, $failures failures"
[ "$failures" -eq 0 ]
