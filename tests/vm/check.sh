#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check: runs the camera tests against Debian's kernel in a virtual machine.
#
#   tests/vm/check.sh [BUILD]    (or MIEN_BUILD)
#
# Nothing is installed: the kernel's package is unpacked in BUILD/vm. The
# machine sees this one's files read-only, so it runs what was just built. It
# is emulated, so no privilege is needed, and takes about a minute. Where it
# cannot be had, that is said and nothing fails.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "${1:-$MIEN_BUILD}" && pwd)
vm=$build/vm

skip() {
	echo "ok - camera: all # SKIP $*"
	exit 0
}

# The kernel's name moves with every security update.
fetch() {
	[ -s "$vm/version" ] && return
	mkdir -p "$vm/root"
	package=$(apt-cache depends linux-image-amd64 2>/dev/null |
		sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
	[ -n "$package" ] || skip "apt knows no kernel: run apt-get update"
	(cd "$vm" && apt-get download -q "$package" busybox-static) \
		>"$vm/fetch.log" 2>&1 || skip "no kernel package: $vm/fetch.log"
	for deb in "$vm"/*.deb; do dpkg -x "$deb" "$vm/root"; done
	rm "$vm"/*.deb
	depmod -b "$vm/root" "${package#linux-image-}"
	echo "${package#linux-image-}" >"$vm/version"
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

[ "$(uname -m)" = x86_64 ] || skip "only on x86-64"
for tool in qemu-system-x86_64 modprobe depmod apt-get; do
	command -v $tool >/dev/null ||
		skip "no $tool: scripts/deps install vm"
done
fetch
version=$(cat "$vm/version")
make_initrd
timeout -k 5 "${VM_SECONDS:-240}" qemu-system-x86_64 -M q35 -cpu max \
	-accel tcg,thread=multi -smp 2 -m 1024 -nodefaults -no-user-config \
	-display none -no-reboot -serial stdio \
	-kernel "$vm/root/boot/vmlinuz-$version" -initrd "$vm/initrd.gz" \
	-append "console=ttyS0 loglevel=1 panic=-1 mitigations=off \
mien.run=$vm/camera,$vm/root" \
	-fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
	-device virtio-9p-pci,fsdev=host,mount_tag=host \
	</dev/null >"$vm/log" 2>&1 || true
tr -d '\r' <"$vm/log" | grep -E '^(ok|not ok|#) ' || true
if ! grep -q '^VM-DONE 0' "$vm/log"; then
	echo "not ok - camera: the machine did not end well; see $vm/log"
	tail -n 5 "$vm/log" | sed 's/^/# /'
	exit 1
fi
