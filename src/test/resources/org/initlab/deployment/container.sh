#!/bin/sh
# A container without an engine: container.sh MOUNTS ROOT COMMAND...
# Called in a mount namespace of its own, it makes ROOT a root file system with the host's programs, mounts what the file
# MOUNTS names, and becomes COMMAND there. The lines of MOUNTS:
#   ro SOURCE TARGET   a file or folder, read-only
#   rw SOURCE TARGET   the same, writable
#   tmpfs TARGET       an empty folder, writable
#   seal               the rest of the root file system becomes read-only
set -eu
mounts=$1
root=$2
shift 2

bind() {
    if [ ! -e "$root$2" ]; then
        mkdir -p "$(dirname "$root$2")"
        if [ -d "$1" ]; then mkdir "$root$2"; else touch "$root$2"; fi
    fi
    mount --rbind "$1" "$root$2"
}

mount -t tmpfs tmpfs "$root"
for name in bin sbin lib lib32 lib64; do
    if [ -L "/$name" ]; then
        cp -P "/$name" "$root/$name"
    elif [ -d "/$name" ]; then
        bind "/$name" "/$name"
    fi
done
for name in usr etc dev proc sys; do
    bind "/$name" "/$name"
done
mount -o remount,bind,ro "$root/usr"
mount -o remount,bind,ro "$root/etc"
while read -r kind first second; do
    case $kind in
        ro)
            bind "$first" "$second"
            mount -o remount,bind,ro "$root$second"
            ;;
        rw) bind "$first" "$second" ;;
        tmpfs)
            mkdir -p "$root$first"
            mount -t tmpfs -o mode=1777 tmpfs "$root$first"
            ;;
        seal) mount -o remount,bind,ro "$root" ;;
    esac
done <"$mounts"
exec chroot "$root" "$@"
