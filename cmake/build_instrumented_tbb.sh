#!/usr/bin/env bash
# Builds oneTBB under the thread sanitizer into build/tbb-tsan, from Debian's source of the very version whose headers are
# installed: races inside an uninstrumented oneTBB are reported falsely, and its locks are not seen. Does nothing when
# it is there for this version and this compiler. A minute on two cores. Touches nothing of the machine's apt: the
# source comes from the machine's own archives by a configuration and lists of our own.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$root/build/tbb-tsan
work=$root/build/tbb-tsan.part

"$root/cmake/install_dependencies.sh" threads
version=$(dpkg-query --show --showformat='${source:Version}' libtbb-dev)
wanted="onetbb $version, $(g++ --version | head -n 1)"
[ "$(cat "$target/built_from" 2>/dev/null)" != "$wanted" ] || exit 0

log=$work/log
run() {
  "$@" >>"$log" 2>&1 </dev/null && return
  tail -n 40 "$log" >&2
  echo "error: \`$1\` failed while building oneTBB; see above" >&2
  exit 1
}

rm -rf "$work"
mkdir -p "$work"/apt/{parts,lists/partial,cache/archives/partial} "$work/source"

# The archives that the machine installs from, asked for sources.
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [ ! -f "$file" ] || sed -nE 's/^[[:space:]]*deb[[:space:]]/deb-src /p' "$file" >>"$work/apt/sources.list"
done
for file in /etc/apt/sources.list.d/*.sources; do
  [ ! -f "$file" ] || sed -E 's/^Types:.*/Types: deb-src/' "$file" >"$work/apt/parts/${file##*/}"
done
touch "$work/apt/sources.list"
private_apt() {
  apt-get -q -o Dir::Etc::SourceList="$work/apt/sources.list" -o Dir::Etc::SourceParts="$work/apt/parts" \
    -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" "$@"
}

echo "==> getting the source of onetbb $version" >&2
# An archive of others may have no sources; ours is missed by the next step.
private_apt update >>"$log" 2>&1 </dev/null || true
cd "$work/source"
run private_apt source --only-source "onetbb=$version"

echo "==> building oneTBB under the thread sanitizer" >&2
launcher=()
! command -v ccache >/dev/null || launcher=(-D CMAKE_CXX_COMPILER_LAUNCHER=ccache)
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
run cmake -G Ninja -S "$(echo "$work"/source/onetbb-*/)" -B "$work/build" -D CMAKE_BUILD_TYPE=RelWithDebInfo \
  -D CMAKE_CXX_COMPILER=g++ -D CMAKE_INSTALL_PREFIX="$target" -D CMAKE_INSTALL_LIBDIR=lib -D TBB_SANITIZE=thread \
  -D TBB_TEST=OFF -D TBB_STRICT=OFF -D TBBMALLOC_BUILD=OFF -D TBB_DISABLE_HWLOC_AUTOMATIC_SEARCH=ON "${launcher[@]}"
run cmake --build "$work/build" --parallel 2
rm -rf "$target"
run cmake --install "$work/build"
echo "$wanted" >"$target/built_from"
rm -rf "$work"
