#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is slow to load is loaded late: the program is linked without it, asks
# for the very libraries whose headers it was compiled with, and says which
# package brings one that is missing. The log tells when what stood.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"
late=$(cd "$MIEN_BUILD" && pwd)/late.so

needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
slow='^lib(mpv|avformat|avcodec|avutil|swscale|darknet|opencv)'

is "mien is linked without what is slow to load" \
	sh -c '! printf "%s\n" "$1" | grep -E "$2"' - "$(needed "$MIEN")" "$slow"
is "but with the rest" sh -c 'printf "%s\n" "$1" | grep -q libncursesw' - \
	"$(needed "$MIEN")"
is "five libraries are loaded late" [ "$(needed "$late" | grep -cE "$slow")" = 5 ]

# each of them, hidden behind an empty file of its name, is missed by it
doctor() {
	LD_LIBRARY_PATH=$work/lib "$MIEN" doctor --ao null >"$work/out" 2>&1
	grep -A1 -F "$1: cannot be loaded" "$work/out" >"$work/said"
}
for name in $(needed "$late" | grep -E "$slow"); do
	mkdir -p "$work/lib"
	: >"$work/lib/$name"
	package=$(printf %s "$name" | sed 's/\.so\.//')
	doctor "$name"
	is "without $name the package is named" \
		grep -q "install the package $package" "$work/said"
	rm "$work/lib/$name"
done

# the dashboard goes on without sound, and the song's panel says so
for name in $(needed "$late" | grep mpv); do : >"$work/lib/$name"; done
open_screen 80x24 tmux-256color LD_LIBRARY_PATH="$work/lib"
run_mien --source demo
is "without libmpv the dashboard stands" wait_for "There is no sound"
keys q
is "and ends well" wait_for "ended 0"

open_screen 80x24 tmux-256color
run_mien --source demo --log "$work/log"
line='start: %s after [0-9]+ ms, [0-9]+ ms of processor time'
for what in "first screen" "sound ready" "inference ready"; do
	told=$(printf "$line" "$what")
	is "the log tells of: $what" eval 'for _ in $(seq 300); do
		grep -qE "$told" "$work/log" && break; sleep 0.1; done
		grep -qE "$told" "$work/log"'
done
keys q
is "with it, it ends well" wait_for "ended 0" 30
is "the screen stood first" sh -c \
	'[ "$(grep -oE "start: [a-z ]+ after" "$1" | head -n 1)" = "start: first screen after" ]' \
	- "$work/log"
exit $failed
