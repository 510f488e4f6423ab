#!/usr/bin/env bash
# Shows that ./demo and ./test need nothing but git on a bare Debian 12: each runs in its own new root, made by
# debootstrap, in a fresh clone of this repository's HEAD with ../shared beside it, where there is one.
#   tests/bare_debian.sh [--cache FOLDER] [--keep] [demo] [test]
# --cache keeps the bare root's archive there for the next time; --keep leaves the roots in place. Run as root. Packages
# come from the mirror, and with the proxy, of the machine's own apt. About 15 minutes on two cores.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
suite=bookworm
cache=
keep=
commands=()
while [ $# -gt 0 ]; do
  case $1 in
    --cache) cache=$(realpath -m "$2") && shift ;;
    --keep) keep=yes ;;
    demo | test) commands+=("$1") ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2 && exit 2 ;;
  esac
  shift
done
[ ${#commands[@]} -gt 0 ] || commands=(demo test)

[ "$(id -u)" -eq 0 ] || { echo "error: chroot and debootstrap need root" >&2 && exit 1; }
for tool in debootstrap apt-get unshare git; do
  command -v $tool >/dev/null || { echo "error: $tool is missing; install it with apt-get" >&2 && exit 1; }
done

work=$(mktemp -d)
clean_up() { [ -n "$keep" ] && echo "kept $work" >&2 || rm -rf --one-file-system "$work"; }
trap clean_up EXIT
[ -n "$cache" ] || cache=$work/cache
mkdir -p "$cache"
archive=$cache/$suite.tar

# "site suite component" of every Debian source of this machine's apt.
sources=$(apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' "Created-By: Packages" |
  awk -v suite="$suite" '$2 == suite || index($2, suite "-") == 1' | sort -u)
mirror=$(awk -v suite="$suite" '$2 == suite {print $1; exit}' <<<"$sources")
[ -n "$mirror" ] || { echo "error: this machine's apt knows no source of $suite" >&2 && exit 1; }

if [ ! -f "$archive" ]; then
  echo "==> making a bare $suite" >&2
  debootstrap --variant=minbase --include=git,ca-certificates "$suite" "$work/bare" "$mirror" >"$work/debootstrap.log" 2>&1 ||
    { tail -n 20 "$work/debootstrap.log" >&2 && exit 1; }
  tar --one-file-system -C "$work/bare" -cf "$archive.part" .
  mv "$archive.part" "$archive"
  rm -rf --one-file-system "$work/bare"
fi

# try COMMAND: a new root, a fresh clone, the command in a minimal environment.
try() {
  local target=$work/$1
  echo "==> ./$1 in a bare $suite" >&2
  mkdir -p "$target"
  tar -C "$target" -xf "$archive"
  awk '{print "deb", $1, $2, $3}' <<<"$sources" >"$target/etc/apt/sources.list"
  apt-config dump --no-empty --format '%f "%v";%n' | grep -E '^Acquire::(https?::|Check-|Retries)' \
    >"$target/etc/apt/apt.conf.d/90machine" || true
  cp -L /etc/resolv.conf /etc/hosts "$target/etc/"
  mkdir -p "$target/srv"
  git clone --quiet --no-hardlinks "$root" "$target/srv/tierworks"
  [ ! -d "$root/../shared" ] || cp -r "$root/../shared" "$target/srv/shared"
  # In a mount namespace of its own: /proc goes away with the last process.
  unshare --mount bash -c 'mount -t proc proc "$1/proc" && exec chroot "$1" env -i HOME=/root TERM=dumb LANG=C.UTF-8 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "/srv/tierworks/$2"' - "$target" "$1" </dev/null
  [ -n "$keep" ] || rm -rf --one-file-system "$target"
}

for command in "${commands[@]}"; do
  start=$SECONDS
  try "$command"
  echo "==> ./$command: passed in $((SECONDS - start)) s" >&2
done
