#!/usr/bin/env bash
# Passes if the thread sanitizer reports a data race in the given program, and fails if it is silent.
set -euo pipefail
found=0
output=$(TSAN_OPTIONS=exitcode=66 "$1" 2>&1) || found=$?
if [ "$found" -ne 66 ] || ! grep -q "ThreadSanitizer: data race" <<<"$output" || ! grep -q planted_race.cc <<<"$output"; then
  echo "error: no data race was reported in $1 (exit code $found); it said: $output" >&2
  exit 1
fi
