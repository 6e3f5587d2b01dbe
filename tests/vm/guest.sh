#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# guest: what the virtual machine runs: the scripts of tests/vm/guest in turn,
# each a test in TAP, as root.
#
#   guest.sh BUILD [all|NAME...]
root=$(cd "$(dirname "$0")/../.." && pwd)
export MIEN_ROOT="$root" MIEN_BUILD="$1" MIEN_DATADIR="$root/build/share/mien" \
	LC_ALL=C.UTF-8 HOME=/root VM="$1/vm"
failed=0
echo "# vm: starts after $(cut -d' ' -f1 /proc/uptime) s"
shift
# The others run by name until they have been seen to pass.
[ "${1:-all}" = all ] || names=$*
for name in ${names:-capture sound}; do
	sh "$root/tests/vm/guest/$name.sh" || failed=1
	echo "# $name: ends after $(cut -d' ' -f1 /proc/uptime) s"
done
exit $failed
