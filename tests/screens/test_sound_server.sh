#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A sound server, as desktops have one: locked in (tui/lock.c), mien plays
# through it, and goes on when it ends and comes back.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"

if ! command -v pulseaudio >/dev/null || ! command -v pactl >/dev/null; then
	echo "ok - sound server # SKIP pulseaudio is not installed"
	exit 0
fi
export XDG_RUNTIME_DIR="$work/run" PULSE_SERVER="unix:$work/run/native"
mkdir -m 700 "$work/run"
server=
trap 'tm kill-server; kill $server 2>/dev/null; wait; rm -rf "$work"' EXIT

begin_server() {
	HOME="$work" pulseaudio -n --exit-idle-time=-1 -L module-null-sink \
		-L "module-native-protocol-unix socket=$work/run/native \
auth-anonymous=1" >>"$work/server" 2>&1 &
	server=$!
	for _ in $(seq 100); do
		pactl info >/dev/null 2>&1 && return
		sleep 0.1
	done
}

# hears WORDS: one stream, which says so of itself
hears() {
	for _ in $(seq 300); do
		[ "$(pactl list sink-inputs 2>/dev/null | grep -c "$1")" = 1 ] &&
			return
		sleep 0.1
	done
	return 1
}

begin_server
# Locked in, a sanitizer could not read which leaks of libraries to leave out.
open_screen 140x40 tmux-256color LSAN_OPTIONS=detect_leaks=0 HOME="$work" \
	XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" PULSE_SERVER="$PULSE_SERVER"
tm send-keys -l "$MIEN --source demo --ao pulse --seed 1; echo ended \$?"
tm send-keys Enter
is "it plays through a sound server" hears 'Corked: no'
is "under its own name" hears 'application.name = "mien"'
wait_for "Playing"
keys Space
is "paused, it sends nothing" hears 'Corked: yes'
keys Space
is "and goes on" hears 'Corked: no'

kill $server
wait $server
is "a server that ends is said" wait_for "is not heard" 60
begin_server
keys n
is "one that comes back is played through again" hears 'Corked: no'
keys q
is "q ends it" wait_for "ended 0" 60
is "and its stream" [ "$(pactl list short sink-inputs | wc -l)" = 0 ]
exit $failed
