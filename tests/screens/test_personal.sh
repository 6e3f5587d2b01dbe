#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# x in the demo: a reading is put right, the number of corrections is shown,
# they outlast the program, and a damaged file of them is told of and passed
# over.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"
file=$XDG_DATA_HOME/mien/personal.json

# The demo has a face most of the time: x until one is there.
open_correction() {
	for _ in $(seq 40); do
		keys x
		shows "This face is" && return 0
		sleep 0.3
	done
	return 1
}

open_screen 80x24 tmux-256color
run_mien --source demo
wait_for "face 0." 30 || wait_for "face 1." 1
is "x asks what the face is" open_correction
is "with a number for each emotion" shows "7  neutral"
is "and one for a right reading" shows "0  right as it is"
is "in a frame that is closed" framed 6,23,16,56
keys Escape
is "Esc closes it" wait_gone "This face is"
is "and nothing was kept" test ! -e "$file"
open_correction
keys z
is "other keys do nothing" shows "This face is"
keys 6
is "a number closes it" wait_gone "This face is"
# the line may pass quickly: a mood that changes says so there, too
is "and says so" grep -q "That is surprise, not " \
	"$XDG_STATE_HOME/mien/mien.log"
is "and what comes of it" sh -c 'grep -qE "kept, (but|and) " "$1"' - \
	"$XDG_STATE_HOME/mien/mien.log"
is "the panel counts it" wait_for "personal: 1 correction"
is "only its owner can read the file" \
	sh -c '[ "$(stat -c %a "$1")" = 600 ]' - "$file"
holds_numbers() {
	jq -e '.corrections | length == 1 and (.[0] | .right == "surprise" and
		(.fer | length == 7) and (.crowd | length == 8) and
		keys == ["at", "crowd", "fer", "network", "right"])' \
		"$file" >"$work/jq"
}
is "which holds numbers and one name" holds_numbers
open_correction
keys 0
is "a right reading is kept too" wait_for "was right; kept"
is "and counted" wait_for "personal: 2 corrections"
keys c
wait_for "camera off"
wait_gone "personal: 2"
keys x
is "without a face there is nothing to correct" wait_for "There is no face"
keys q
wait_for "ended 0"

run_mien --source demo
is "they are there the next time" wait_for "personal: 2 corrections" 30
keys q
wait_for "ended 0"

printf '{"format": "mien personal 1", "corrections": [{"right": "glad"}]}' >"$file"
open_screen 140x40 tmux-256color
run_mien --source demo
is "a damaged file is told of" wait_for "No corrections: " 10
wait_for "Emotion" 10
open_correction
keys 4
is "and kept beside the new one" wait_for "personal: 1 correction"
is "as it was" grep -q glad "$file.damaged"
keys q
is "it ends well" wait_for "ended 0"
exit $failed
