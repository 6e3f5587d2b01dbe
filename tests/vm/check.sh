#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check: runs tests/vm/guest/*.sh on Debian's kernel in virtual machines.
# At most 2400 s.
#
#   tests/vm/check.sh [BUILD]    (or MIEN_BUILD)
#
# VM_TESTS="usb sound" runs these alone. Nothing is installed: the kernel's
# packages are unpacked in BUILD/vm and kept there. The machines see this one's
# files read-only, so they run what was just built. They are emulated, so no
# privilege is needed. Where they cannot be had, that is said and nothing fails.
#
# There are two, one for each processor that most computers have at least, with
# the parts shared out by the work that they are. A machine's clock counts its
# instructions, 1 ns each, and leaps over what it would sleep: how busy this
# computer is cannot be seen in there, and waiting costs nothing.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "${1:-$MIEN_BUILD}" && pwd)
vm=$build/vm

skip() {
	echo "ok - vm: all # SKIP $*"
	exit 0
}

# download LOG PACKAGE...: unpacked in root/
download() {
	log=$vm/$1
	shift
	(cd "$vm" && apt-get download -q "$@") >"$log" 2>&1 || return 1
	for deb in "$vm"/*.deb; do dpkg -x "$deb" "$vm/root"; done
	rm "$vm"/*.deb
}

# The kernel as it is before it is packed: unpacking it took the emulated
# machine longer than all else that it does to start.
unpack_kernel() {
	/usr/bin/env python3 - "$vm/root/boot/vmlinuz-$version" "$vm/vmlinux" <<'PY'
import lzma, sys
packed = open(sys.argv[1], "rb").read()
at = packed.find(b"\xfd7zXZ\0")
while at >= 0:
    try:
        kernel = lzma.LZMADecompressor().decompress(packed[at:])
    except lzma.LZMAError:
        kernel = b""
    if kernel[:4] == b"\x7fELF":
        open(sys.argv[2], "wb").write(kernel)
        sys.exit()
    at = packed.find(b"\xfd7zXZ\0", at + 1)
sys.exit("no kernel in " + sys.argv[1])
PY
}

# v4l2loopback is no part of the kernel: compiled here, some seconds. Without
# it its tests are skipped.
build_loopback() {
	series=$(echo "$version" | cut -d. -f1,2)
	headers=$vm/root/usr/src/linux-headers-$version
	common=$vm/root/usr/src/linux-headers-${version%-*}-common
	download loopback.log "linux-headers-$version" "linux-kbuild-$series" \
		"linux-headers-${version%-*}-common" v4l2loopback-dkms || return 0
	# The headers name each other as if they were installed.
	sed -i "s#^include .*#include $common/Makefile#" "$headers/Makefile"
	make -s -C "$vm/root/usr/src/"v4l2loopback-* KERNELRELEASE= \
		KERNEL_DIR="$headers" CC=gcc v4l2loopback.ko \
		>>"$vm/loopback.log" 2>&1 || return 0
	mkdir -p "$vm/root/lib/modules/$version/extra"
	mv "$vm/root/usr/src/"v4l2loopback-*/v4l2loopback.ko \
		"$vm/root/lib/modules/$version/extra/"
}

# Its name moves with every security update.
kernel_package() {
	apt-cache depends linux-image-amd64 2>/dev/null |
		sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1
}

fetch() {
	[ -s "$vm/version" ] && return
	mkdir -p "$vm/root"
	package=$(kernel_package)
	if [ -z "$package" ]; then
		apt-get update >"$vm/fetch.log" 2>&1 || true
		package=$(kernel_package)
	fi
	[ -n "$package" ] || skip "apt knows no kernel: run apt-get update"
	version=${package#linux-image-}
	download fetch.log "$package" busybox-static ||
		skip "no kernel package: $vm/fetch.log"
	unpack_kernel || skip "the kernel of $package cannot be unpacked"
	build_loopback
	depmod -b "$vm/root" "$version"
	echo "$version" >"$vm/version"
}

# A first file system with just what is needed to reach the host's.
make_initrd() {
	tree=$vm/initrd
	rm -rf "$tree"
	mkdir -p "$tree/bin" "$tree/modules"
	cp "$vm/root/bin/busybox" "$tree/bin/"
	cp "$root/tests/vm/init" "$tree/init"
	chmod +x "$tree/init"
	for module in virtio_pci 9pnet_virtio 9p overlay; do
		modprobe -d "$vm/root" -S "$version" --show-depends "$module"
	done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' |
		while read -r file; do
			cp "$file" "$tree/modules/"
			basename "$file" >>"$tree/modules/order"
		done
	(cd "$tree" && find . | bin/busybox cpio -o -H newc 2>/dev/null) |
		gzip -1 >"$vm/initrd.gz"
}

# What the cameras show and what is played; and that all programs can start.
make_material() {
	/usr/bin/python3 "$root/tests/vm/pictures.py" \
		"$root/capture/demo/astronaut.jpg" "$vm" 320x240 184x136 186x138
	# To be recorded; and to play on while something else is looked at:
	# cheap to decode, and so long that it does not end.
	mkdir -p "$vm/tune" "$vm/long"
	"$vm/sound" tune "$vm/tune/Mien - Three Notes.wav" 48000 60
	"$vm/sound" tune "$vm/long/Mien - Long Notes.wav" 8000 900
	rm -f "$vm"/*.db
	export XDG_CACHE_HOME="$vm" MIEN_DATADIR="$root/build/share/mien"
	{ "$build/mien-etl" import --catalog "$vm/tune.db" "$vm/tune" &&
		"$build/mien-etl" import --catalog "$vm/long.db" "$vm/long"; } \
		>"$vm/material.log" 2>&1 || {
		cat "$vm/material.log"
		echo "not ok - vm: there are catalogs to play from"
		exit 1
	}
}

[ "$(uname -m)" = x86_64 ] || skip "only on x86-64"
for tool in qemu-system-x86_64 modprobe depmod apt-get tmux python3; do
	command -v $tool >/dev/null ||
		skip "no $tool: scripts/deps install test vm"
done
[ -e /usr/include/alsa/asoundlib.h ] ||
	skip "no libasound2-dev: scripts/deps install vm"
fetch
variant=${build#"$root/build"}
MAKEFLAGS='' make -s -C "$root" DEPS=no VARIANT="${variant#/}" vm-tools
version=$(cat "$vm/version")
make_initrd
make_material

# start PROGRAM...: what becomes of this process; says its number first
start() {
	sh -c 'echo "# pid $$"; ulimit -t 1200; exec "$@"' sh "$@" 2>&1 </dev/null
}

# How long process $1 has run on a processor, in seconds; it may have ended.
ran() {
	awk -v hz="$(getconf CLK_TCK)" '{ printf "%.0f", ($14 + $15) / hz }' \
		"/proc/$1/stat" 2>/dev/null || echo 0
}

# machine NAME OPTIONS PART...: with these options of the kernel; its output in
# log.NAME, with what each part took
machine() {
	log=$vm/log.$1
	options=$2
	shift 2
	start qemu-system-x86_64 -M q35 -cpu max -smp 1 -m 1536 \
		-accel tcg,thread=single -icount shift=0,sleep=off \
		-nodefaults -no-user-config \
		-display none -no-reboot -serial stdio \
		-kernel "$vm/vmlinux" -initrd "$vm/initrd.gz" \
		-append "console=ttyS0 loglevel=1 panic=-1 mitigations=off \
nokaslr tsc=reliable no_timer_check cryptomgr.notests rodata=off $options \
mien.run=$root/tests/vm/guest.sh,$build,$(echo "$*" | tr ' ' ,)" \
		-fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
		-device virtio-9p-pci,fsdev=host,mount_tag=host |
		while IFS= read -r line; do
			line=${line%"$return"}
			case $line in
			"# pid "*) pid=${line##* } had=0 ;;
			"# ends "*)
				now=$(ran "$pid")
				line="$line, $((now - had)) s of a processor"
				had=$now
				;;
			esac
			echo "$line"
		done >"$log"
}

return=$(printf '\r')
# Which parts run where: about as much work here as there.
first='' second=''
for part in ${VM_TESTS:-usb plug sound capture vivid loopback}; do
	case $part in
	usb | plug) first="$first $part" ;;
	*) second="$second $part" ;;
	esac
done
rm -f "$vm"/log.*
# shellcheck disable=SC2086
[ -z "$first" ] || machine first '' $first &
# Without Landlock: all is as good there, but for what doctor says.
# shellcheck disable=SC2086
[ -z "$second" ] || machine second lsm=capability $second
wait
failed=0
for log in "$vm"/log.*; do
	grep -aE '^(ok|not ok|#) ' "$log" || true
	grep -q '^VM-DONE 0' "$log" && continue
	failed=1
	grep -q '^VM-DONE' "$log" && continue
	echo "not ok - vm: the machine did not end well; see $log"
	tail -n 5 "$log" | sed 's/^/# /'
done
exit $failed
