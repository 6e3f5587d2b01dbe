#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The terminal is given back as it was, whatever ends the dashboard; resizing,
# Ctrl-Z and keys that mean nothing leave the screen whole.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"

mien_pid() { pgrep -f "^$MIEN .*--seed 1" | head -n 1; }

start() {
	open_screen 80x24 "${1:-tmux-256color}"
	run_mien --source demo
	wait_for "Now playing" && wait_for "q quit"
}

normal="0,0,16,39 0,40,16,79 17,0,20,79"

is "it starts" start
# ---- what means nothing
before=$(mien_pid)
keys z Z '^' F9 M-x M-q C-a Insert
is "unknown keys do nothing" [ "$(mien_pid)" = "$before" ]
# shellcheck disable=SC2086
is "and leave the screen whole" framed $normal
# ---- layers
keys '?'
is "? opens help" wait_for "pause and go on"
keys Escape
is "Esc closes it" wait_gone "pause and go on"
keys L
is "L opens the log" wait_for "─ Log"
keys q
is "q closes the layer, not the program" wait_gone "─ Log"
# ---- sizes
for to in 140x40 60x16 30x8 10x2 200x50 80x24; do
	tm resize-window -x "${to%x*}" -y "${to#*x}"
	sleep 0.2
done
sleep 0.5
# shellcheck disable=SC2086
is "resized six times, it is whole" soon framed $normal
is "and shows the song" shows "►"
# ---- Ctrl-Z
tm send-keys C-z
is "Ctrl-Z stops it" wait_for "Stopped"
is "and gives the screen back" [ \
	"$(tm display-message -p '#{alternate_on} #{cursor_flag}')" = "0 1" ]
tm resize-window -x 100 -y 30
tm send-keys -l "fg; echo then \$?"
tm send-keys Enter
is "fg brings it back" wait_for "Now playing"
size=100x30
is "in the size of now" soon framed 23,0,26,99
# ---- the end, by each way
keys q
is "q after fg ends it with status 0" wait_for "then 0"
start
keys q
is "q ends it with status 0" wait_for "ended 0"
is "q leaves a clean terminal" is_clean
start
tm send-keys C-c
is "Ctrl-C ends it with status 0" wait_for "ended 0"
is "Ctrl-C leaves a clean terminal" is_clean
start
kill -TERM "$(mien_pid)"
is "SIGTERM ends it with status 143" wait_for "ended 143"
is "SIGTERM leaves a clean terminal" is_clean
# at once, while the networks are being loaded: their library prints a lot
run_mien --source demo
wait_for "Camera"
kill -TERM "$(mien_pid)"
wait_for "ended 143"
is "what libraries print at the end stays off the terminal" \
	sh -c "! printf '%s' \"\$1\" | grep -qE 'conv|BFLOP|Loading'" - "$(screen)"
for signal in SEGV ABRT BUS FPE; do
	start
	kill -$signal "$(mien_pid)"
	is "SIG$signal kills it" wait_for "ended 1"
	is "SIG$signal leaves a clean terminal" is_clean
	is "SIG$signal is told of" shows "mien crashed"
done
start vt100
keys q
is "vt100: q leaves a clean terminal" is_clean
open_screen 80x24 dumb
run_mien --source demo
is "TERM=dumb is refused with a sentence" wait_for "cannot place text"
is "and status 69" wait_for "ended 69"
"$MIEN" --source demo >"$work/out" 2>&1 </dev/null
is "no terminal: refused with status 69" [ $? = 69 ]
is "and a sentence" grep -q "needs a terminal" "$work/out"
# ---- the terminal stops, or goes away
is "q ends it while the terminal takes nothing" \
	python3 tests/screens/stalled.py "$MIEN"
is "2000 bytes a second: a key's answer waits behind no picture" \
	python3 tests/screens/slow.py "$MIEN"
open_screen 80x24 tmux-256color
run_mien --source demo
wait_for "Now playing"
pid=$(mien_pid)
tm kill-server
for _ in $(seq $((5 * patience))); do
	kill -0 "$pid" 2>/dev/null || break
	sleep 0.1
done
is "it ends when its terminal is gone" sh -c "! kill -0 $pid 2>/dev/null"
exit $failed
