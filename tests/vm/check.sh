#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check: runs tests/vm/guest/*.sh on Debian's kernel in a virtual machine.
#
#   tests/vm/check.sh [BUILD]    (or MIEN_BUILD)
#
# VM_TESTS="usb sound" runs these alone, VM_SECONDS limits the machine's time.
# Nothing is installed: the kernel's packages are unpacked in BUILD/vm. The
# machine sees this one's files read-only, so it runs what was just built. It
# is emulated, so no privilege is needed. Where it cannot be had, that is said
# and nothing fails.
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

# The kernel's name moves with every security update.
fetch() {
	[ -s "$vm/version" ] && return
	mkdir -p "$vm/root"
	package=$(apt-cache depends linux-image-amd64 2>/dev/null |
		sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
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
		"$root/capture/demo/astronaut.jpg" "$vm" 320x240 322x242 184x136
	mkdir -p "$vm/tune"
	"$vm/sound" tune "$vm/tune/Mien - Three Notes.wav"
	rm -f "$vm"/*.db
	export XDG_CACHE_HOME="$vm" MIEN_DATADIR="$root/build/share/mien"
	{ "$build/mien-etl" import --catalog "$vm/tune.db" "$vm/tune" &&
		"$build/mien-etl" starter --catalog "$vm/songs.db"; } \
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
fetch
version=$(cat "$vm/version")
make_initrd
make_material
timeout -k 5 "${VM_SECONDS:-2100}" qemu-system-x86_64 -M q35 -cpu "${VM_CPU:-max}" \
	${VM_ACCEL:--accel tcg,thread=single -icount shift=1 -smp 1} -m 2048 -nodefaults -no-user-config \
	-display none -no-reboot -serial stdio \
	-kernel "$vm/vmlinux" -initrd "$vm/initrd.gz" \
	-append "console=ttyS0 loglevel=1 panic=-1 mitigations=off nokaslr \
tsc=reliable no_timer_check mien.run=$root/tests/vm/guest.sh,$build,\
$(echo "${VM_TESTS:-all}" | tr ' ' ,)" \
	-fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
	-device virtio-9p-pci,fsdev=host,mount_tag=host \
	</dev/null >"$vm/log" 2>&1 || true
tr -d '\r' <"$vm/log" | grep -E '^(ok|not ok|#) ' || true
if ! grep -q '^VM-DONE 0' "$vm/log"; then
	echo "not ok - vm: the machine did not end well; see $vm/log"
	tail -n 5 "$vm/log" | sed 's/^/# /'
	exit 1
fi
