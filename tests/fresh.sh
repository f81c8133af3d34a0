#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Proves the README's two commands in a clean Debian: fresh.sh 12|13 [command…]. Needs root.
# The clone of HEAD is built there by a normal user who may use sudo for packages only.
set -eu
case ${1:-} in
12) suite=bookworm ;;
13) suite=trixie ;;
*)
    echo 'usage: ./dev fresh 12|13 [command…]' >&2
    exit 2
    ;;
esac
version=$1
shift
[ "$(id -u)" = 0 ] || { echo 'A clean Debian tree needs root: run it with sudo.' >&2; exit 2; }
[ $# -gt 0 ] || set -- './dev run && ./dev test'
command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null

tree=$(mktemp -d "${TMPDIR:-/tmp}/runsheet-fresh-$version-XXXXXX")
chmod 755 "$tree" # it becomes the root folder of a normal user
cleanup() {
    # Lazily: a process that is about to end may still have a terminal open.
    for mount in dev proc; do umount -R -l "$tree/$mount" 2>/dev/null || true; done
    # Nothing is deleted through a mount that is still there.
    mountpoint -q "$tree/proc" || mountpoint -q "$tree/dev" || rm -rf --one-file-system "$tree"
}
trap cleanup EXIT INT TERM

# The packages come from where this machine gets its own.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
echo "== Debian $version in $tree"
debootstrap --variant=minbase "$suite" "$tree" "$mirror" >"$tree.log" 2>&1 || { tail -n 20 "$tree.log"; exit 1; }
rm -f "$tree.log"
grep -LE 'Invoke|Pre-|Post-' /etc/apt/apt.conf.d/* | xargs -r cp -t "$tree/etc/apt/apt.conf.d/"
cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
mount -t proc proc "$tree/proc"
mount --rbind /dev "$tree/dev" 2>/dev/null || mount --bind /dev "$tree/dev"
mount --make-rslave "$tree/dev"

git clone -q . "$tree/srv/runsheet"
if [ -d ../shared/seeds ]; then mkdir -p "$tree/srv/shared" && cp -r ../shared/seeds "$tree/srv/shared/"; fi
in_tree() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 chroot "$tree" sh -c "$1"; }
in_tree 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends sudo git ca-certificates >/dev/null
    useradd -m -s /bin/sh builder && echo "builder ALL=(root) NOPASSWD: ALL" >/etc/sudoers.d/builder
    chown -R builder /srv'
in_tree "su - builder -c 'cd /srv/runsheet && $*'"
echo "== Debian $version: all done"
