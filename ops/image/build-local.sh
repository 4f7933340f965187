#!/usr/bin/env bash
# Builds the image without downloading one to build on: on a Debian of its own, with this
# machine's Node and npm. Needs root, buildah and debootstrap. Further arguments go to `buildah build`.
#   ops/image/build-local.sh [--volume …]     ROOTFS=/a/debian skips debootstrap
set -euo pipefail
cd "$(dirname "$0")/../.."
export BUILDAH_ISOLATION=chroot
suite=bookworm

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${ROOTFS:-}" ]; then
  ROOTFS=$work/rootfs
  debootstrap --variant=minbase "$suite" "$ROOTFS" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
fi

base=$(buildah from scratch)
buildah add --quiet "$base" "$ROOTFS" / >/dev/null
buildah commit --quiet "$base" localhost/usher-run-base >/dev/null
# The packages bring the Node that Usher runs on; npm needs one before that.
buildah copy --quiet "$base" "$(readlink -f "$(command -v node)")" /usr/local/bin/node >/dev/null
npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
buildah copy --quiet "$base" "$npm" /usr/local/lib/node_modules/npm >/dev/null
buildah run "$base" -- ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
buildah run "$base" -- ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
buildah commit --quiet --rm "$base" localhost/usher-build-base >/dev/null

buildah build --format docker --file ops/image/Containerfile --tag localhost/usher \
  --build-arg BUILD_BASE=localhost/usher-build-base \
  --build-arg RUN_BASE=localhost/usher-run-base "$@" .
