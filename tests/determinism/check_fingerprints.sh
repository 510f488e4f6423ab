#!/usr/bin/env bash
# Holds the fingerprint of every scenario of the catalogue against the ledger, fingerprints.csv beside this file:
#   check_fingerprints.sh [--update] [--threads "1 2 4"] [--partitions "1 2 7"] [--event-sets "heap radix"] COMMAND...
# Each COMMAND (a build of `tierworks`) runs each scenario with each number of threads, partitions and event set, and once
# more as on a processor without FMA and AVX2. All must agree. With 7 partitions, at least three scenarios must really be
# split into seven. --update writes the ledger anew, if they agree with one another: a new scenario
# gets the seed and horizon below, a known one keeps its own. A changed line needs a "Changed behaviour" entry in
# CHANGELOG.md.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
ledger=$root/tests/determinism/fingerprints.csv
catalogue=scenarios/catalogue
new_seed=1
new_horizon="30 d"
replications=2  # so that four threads leave two to each run

update=
threads="1 2 4"
partitions=1
event_sets=automatic
commands=()
while [ $# -gt 0 ]; do
  case $1 in
    --update) update=yes ;;
    --threads) threads=$2 && shift ;;
    --partitions) partitions=$2 && shift ;;
    --event-sets) event_sets=$2 && shift ;;
    -*) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2 && exit 2 ;;
    *) commands+=("$(realpath "$1")") ;;
  esac
  shift
done
[ ${#commands[@]} -gt 0 ] || { echo "error: name at least one build of the command" >&2 && exit 2; }

cd "$root"
declare -A seed horizon expected
if [ -f "$ledger" ]; then
  while IFS=, read -r name s h print; do
    [ "$name" != scenario ] || continue
    seed[$name]=$s horizon[$name]=$h expected[$name]=$print
  done <"$ledger"
fi

failures=0
fail() {
  echo "$1" >&2
  failures=$((failures + 1))
}

# fingerprint SCENARIO COMMAND THREADS PARTITIONS EVENT_SET: prints run.fingerprint and run.partitions of summary.json. A
# missed target (3) is a result, too.
fingerprint() {
  local json status=0
  json=$("$2" run "$catalogue/$1" --json --quiet --replications "$replications" --threads "$3" --partitions "$4" \
    --event-set "$5" --seed "${seed[$1]:-$new_seed}" --horizon "${horizon[$1]:-$new_horizon}") || status=$?
  if [ "$status" -ne 0 ] && [ "$status" -ne 3 ]; then
    echo "failed with exit code $status"
    return
  fi
  sed -n 's/^ *"fingerprint" *: *"\([^"]*\)".*/\1/p' <<<"$json" | head -n 1 | grep . || echo "missing in the JSON"
  sed -n 's/^ *"partitions" *: *\([0-9]*\).*/\1/p' <<<"$json" | head -n 1
}

mapfile -t scenarios < <(find "$catalogue" -name '*.yaml' | sed "s|^$catalogue/||" | LC_ALL=C sort)
[ ${#scenarios[@]} -gt 0 ] || { echo "error: no scenario in $catalogue" >&2 && exit 1; }

settings=()
for count in $threads; do
  for parts in $partitions; do
    for set in $event_sets; do settings+=("$count $parts $set"); done
  done
done
settings+=("${threads%% *} 1 automatic without FMA and AVX2")

rows=()
runs=0
declare -A in_seven=()
for scenario in "${scenarios[@]}"; do
  first=
  [ -n "$update" ] || first=${expected[$scenario]:-}
  [ -n "$first" ] || [ -n "$update" ] || fail "$scenario: not in the ledger; add it with --update"
  for command in "${commands[@]}"; do
    for setting in "${settings[@]}"; do
      read -r count parts set without <<<"$setting"
      if [ -z "$without" ]; then
        print=$(fingerprint "$scenario" "$command" "$count" "$parts" "$set")
      else
        print=$(GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2 fingerprint "$scenario" "$command" "$count" "$parts" "$set")
      fi
      runs=$((runs + 1))
      [ "${print##*$'\n'}" != 7 ] || in_seven[$scenario]=yes
      print=${print%%$'\n'*}
      case $print in
        failed* | missing*) fail "$scenario: $print (${command#"$root/"}, $setting)" && continue ;;
      esac
      [ -n "$first" ] || first=$print
      [ "$print" = "$first" ] ||
        fail "$scenario: $print, expected $first (${command#"$root/"}; threads, partitions, event set: $setting)"
    done
  done
  rows+=("$scenario,${seed[$scenario]:-$new_seed},${horizon[$scenario]:-$new_horizon},$first")
done

if [ -z "$update" ]; then
  for scenario in "${!expected[@]}"; do
    [ -f "$catalogue/$scenario" ] || fail "$scenario: in the ledger, but not in $catalogue"
  done
elif [ "$failures" -eq 0 ]; then
  printf '%s\n' "scenario,seed,horizon,fingerprint" "${rows[@]}" >"$ledger"
  echo "wrote ${ledger#"$root/"}"
fi
if [[ " $partitions " == *" 7 "* ]] && [ ${#in_seven[@]} -lt 3 ]; then
  fail "only ${#in_seven[@]} scenarios have seven partitions, expected three at least"
fi
echo "fingerprints: ${#scenarios[@]} scenarios (${#in_seven[@]} in seven partitions), $runs runs, $failures failures"
[ "$failures" -eq 0 ]
