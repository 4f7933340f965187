#!/bin/sh
# As a container runtime would start the image with a read-only root: for `unshare --mount`.
#   serve-read-only.sh ROOT DATA NAME=value…
set -eu
root=$1
data=$2
shift 2
mount --make-rprivate /
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs tmpfs "$root/tmp"
mount --bind "$data" "$root/var/lib/usher"
mount --bind /proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot "$root" /usr/bin/setpriv --reuid=10001 --regid=10001 --clear-groups \
  --no-new-privs --bounding-set=-all --inh-caps=-all /usr/bin/env -i --chdir=/opt/usher "$@"
