#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The dashboard on the demo, at each size and on each kind of terminal: frames
# closed, nothing over the edge, and on it what is going on.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"

# shape NAME SIZE TERM VARIABLE FRAME...
shape() {
	name=$1 at=$2 kind=$3 variable=$4
	shift 4
	# shellcheck disable=SC2086
	open_screen "$at" "$kind" $variable
	run_mien --source demo
	is "$name: a mood comes of the face" wait_for "Mood neutral" 30
	is "$name: the frames are closed" framed "$@"
	is "$name: the song is shown" shows ":"
	is "$name: the hints are shown" shows "q quit"
}

normal="0,0,16,39 0,40,16,79 17,0,20,79"
# shellcheck disable=SC2086
{
	shape 80x24 80x24 tmux-256color A=1 $normal
	is "80x24: half blocks" shows "▀"
	is "80x24: the face is framed" shows "►"
	is "80x24: the mood is the face's" shows "[auto]"
	is "80x24: the song has a reason" shows "why"
	is "80x24: privacy" shows "nothing stored or sent"
	shape 140x40 140x40 tmux-256color A=1 0,0,27,70 0,71,27,139 \
		28,0,37,70 28,71,37,139
	is "140x40: events" shows "Events"
	is "140x40: privacy" shows "nothing stored or sent"
	shape 60x16 60x16 tmux-256color A=1 0,0,8,59 9,0,12,59
	is "60x16: privacy" shows "nothing stored or sent"
	is "60x16: the queue" shows "next"
	shape 30x8 30x8 tmux-256color A=1
	shape vt100 80x24 vt100 A=1 $normal
	is "vt100: no half blocks" shows_not "▀"
	is "vt100: an ASCII picture" shows "+++"
	shape linux 80x24 linux A=1 $normal
	is "linux: bars without blocks" shows_not "█"
	shape NO_COLOR 80x24 tmux-256color NO_COLOR=1 $normal
	is "NO_COLOR: no half blocks" shows_not "▀"
	is "NO_COLOR: no colour" sh -c \
		"! tmux -L $socket -u capture-pane -p -e |
			grep -qP '\e\[[0-9;]*[34][0-8]'"
	shape ASCII 80x24 tmux-256color LC_ALL=C $normal
	is "ASCII: nothing but ASCII" sh -c \
		"! tmux -L $socket -u capture-pane -p | grep -qP '[^\x00-\x7f]'"
}

# Help hides all of a small screen: it is the same every time.
open_screen 60x16 tmux-256color
run_mien --source demo
wait_for "q quit"
keys '?'
wait_for "Keys"
screen >"$work/help"
is "help is as it should be (tests/screens/help.txt)" \
	cmp "$work/help" tests/screens/help.txt
exit $failed
