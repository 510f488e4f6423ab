#!/usr/bin/env bash
# Installs what is missing for a purpose: `build` (the command), `test` (build and tests), `ci` (test, clang, clang-format),
# `threads` (test, and what unpacks a source package).
# Debian 12 and its relatives, with apt; asks for nothing if all is there. TIERWORKS_NO_INSTALL=1 skips it.
set -euo pipefail

build=(g++ cmake ninja-build ccache libfmt-dev libyaml-dev nlohmann-json3-dev librandom123-dev libboost-dev libtbb-dev
  libcli11-dev libmetis-dev libmuparser-dev libnlopt-dev)
tests=(libgtest-dev libgmock-dev librapidcheck-dev)
ci=(clang clang-format git)
threads=(dpkg-dev)

case "${1:-build}" in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${tests[@]}") ;;
  ci) wanted=("${build[@]}" "${tests[@]}" "${ci[@]}") ;;
  threads) wanted=("${build[@]}" "${tests[@]}" "${threads[@]}") ;;
  *)
    echo "usage: $0 [build|test|ci|threads]" >&2
    exit 2
    ;;
esac

[ -z "${TIERWORKS_NO_INSTALL:-}" ] || exit 0
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "error: this is not a Debian-like system, so its packages cannot be installed by this script." >&2
  echo "Install what these Debian packages hold, then run again with TIERWORKS_NO_INSTALL=1: ${wanted[*]}" >&2
  exit 1
fi

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "error: not root and no sudo. As root: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "==> installing ${missing[*]}" >&2
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q "$@" </dev/null >"$log" 2>&1 && return
  cat "$log" >&2
  echo "error: \`apt-get $*\` failed; see above" >&2
  exit 1
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt update
apt install -y --no-install-recommends "${missing[@]}"
