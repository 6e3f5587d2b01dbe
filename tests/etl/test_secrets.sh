#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The keys that a running mien-etl holds: not on its command line, where all
# see them, and in a memory that neither another program of the same person
# nor a core dump can get at. What it writes: test_refresh.sh.
here=$(cd "$(dirname "$0")" && pwd)
MIEN_BUILD=$(cd "${MIEN_BUILD:?}" && pwd)
. "$here/services.sh"
cd "$work" || exit 1
ulimit -c unlimited 2>/dev/null
words='lfm.KEY|lfm%2BKEY|genTOKEN|ytKEY|jamID'

# As somebody else than root, whose processes the kernel shows as root's when
# they may not be looked into.
as=
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$work"
	as='setpriv --reuid 65534 --regid 65534 --clear-groups'
	if ! $as test -x "$etl" -a -r "$MIEN_DATADIR/starter/starter.tsv"; then
		echo "ok - keys in memory # SKIP this folder is root's alone"
		exit 0
	fi
fi
owner() { stat -c %u "/proc/$1/environ"; }

keys
mkdir "$work/mine"
[ -z "$as" ] || chown 65534:65534 "$work/mine"
start_mock slow -d 3000
configure 500 3 $all
chmod 644 "$work/config.yaml"
export HOME="$work/mine" XDG_CONFIG_HOME="$work/mine/config"
export XDG_STATE_HOME="$work/mine/state" XDG_DATA_HOME="$work/mine/data"
$as "$etl" --config "$work/config.yaml" --catalog "$work/mine/catalog.db" \
	refresh >"$work/out" 2>"$work/err" </dev/null &
pid=$!
$as sleep 1000 &
other=$!
trap 'kill -9 $pid $other 2>/dev/null; end_mock; rm -rf "$work"' EXIT
for _ in $(seq 600); do
	grep -q lfm "$log" 2>/dev/null && break
	sleep 0.1
done

is 'the keys are in use' grep -qE "$words" "$log"
is 'it is at work' kill -0 $pid
is 'none stands on its command line' \
	sh -c '! tr "\0" " " <"/proc/$1/cmdline" | grep -qE "$2"' - $pid "$words"
is 'nor on that of a program it started' sh -c '
	for p in $(pgrep -P "$1"); do
		tr "\0" " " <"/proc/$p/cmdline" | grep -qE "$2" && exit 1
	done; :' - $pid "$words"
is 'another program can be looked into' [ "$(owner $other)" != 0 ]
case $MIEN_BUILD in
*asan*) echo "ok - it cannot # SKIP the leak checker looks into it" ;;
*) is 'it cannot' [ "$(owner $pid)" = 0 ] ;;
esac
is 'nor can it leave a core' \
	grep -qE '^Max core file size +0 +0 ' /proc/$pid/limits
kill -SEGV $pid
wait $pid
is 'it crashed' [ $? -ne 0 ] # a sanitizer makes another status of it
is 'and left no key in any file' sh -c '
	! grep -raqE "$2" "$1/mine" "$1/out" "$1/err" && ! ls "$1" "$1/mine" |
		grep -q "^core"' - "$work" "$words"
exit $failed
