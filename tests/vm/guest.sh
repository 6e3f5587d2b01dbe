#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# guest: what the virtual machine runs: the scripts of tests/vm/guest in turn,
# each a test in TAP, as root.
#
#   guest.sh BUILD NAME...
root=$(cd "$(dirname "$0")/../.." && pwd)
export MIEN_ROOT="$root" MIEN_BUILD="$1" MIEN_DATADIR="$root/build/share/mien" \
	LC_ALL=C.UTF-8 HOME=/root VM="$1/vm"
failed=0
shift
echo "# ends booting"
for name; do
	sh "$root/tests/vm/guest/$name.sh" || failed=1
	# Its clock, and of it what was not slept: a program's, the kernel's
	echo "# ends $name: at $(cut -d' ' -f1 /proc/uptime) s;" \
		"$(sed -n '1s/cpu  *\([0-9]*\) [0-9]* \([0-9]*\).*/\1+\2/p' /proc/stat) ticks"
done
exit $failed
