#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# From the demo's face to a song that is heard: the mood changes, the song is
# written to a file by mpv's pcm output, and the file holds sound. Then by
# hand: camera off, moods, search, policy, likes, a typed feeling.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"

# ---- heard
open_screen 80x24 tmux-256color
tm send-keys -l "$MIEN --source demo --seed 1 --ao pcm:$work/heard.wav \
--frames 150; echo ended \$?"
tm send-keys Enter
is "a song begins" wait_for "-1:" 20
# pcm is not paced: songs fly by and so do their messages, but the log has them
is "--frames ends it with status 0" wait_for "ended 0" 60
log=$XDG_STATE_HOME/mien/mien.log
is "the demo's face changed the mood" grep -q "Mood neutral → happy" "$log"
is "what came next followed the mood" grep -q "→ happy; .* comes next" "$log"
is "what was heard is sound" python3 - "$work/heard.wav" <<'PY'
import array, struct, sys
data = open(sys.argv[1], "rb").read()
at, chunks = 12, {}
while at + 8 <= len(data):
    name, size = struct.unpack("<4sI", data[at:at + 8])
    chunks[name] = data[at + 8:at + 8 + min(size, len(data) - at - 8)]
    at += 8 + size + size % 2
tag, channels, rate, _, _, bits = struct.unpack("<HHIIHH", chunks[b"fmt "][:16])
if tag == 0xfffe:
    tag = struct.unpack("<H", chunks[b"fmt "][24:26])[0]
kind = {(1, 16): "h", (1, 32): "i", (3, 32): "f"}[tag, bits]
sound = chunks[b"data"]
samples = array.array(kind, sound[:len(sound) // (bits // 8) * (bits // 8)])
full = 1 if tag == 3 else 1 << (bits - 1)
rms = (sum(s * s for s in samples) / max(1, len(samples))) ** 0.5 / full
print(f"# {len(samples) / rate / channels:.1f} s at {rate} Hz, rms {rms:.4f}")
sys.exit(0 if len(samples) > rate * channels and rms > 0.01 else 1)
PY

# ---- by hand
open_screen 140x40 tmux-256color
run_mien --source demo
wait_for "Mood neutral → " 30
keys c
is "c closes the camera" wait_for "The camera is off, and its device closed"
is "the footer says so" wait_for "off · nothing stored or sent"
keys 5
is "5 sets the mood by hand" wait_for "[manual]"
is "and chooses other songs" wait_for "→ sad; "
keys u
is "u turns the policy" wait_for "Next, to lift the mood"
is "the reasons follow" wait_for "lifting you from sad"
keys u u
wait_for "Next, to match the mood"
keys t
tm send-keys -l "what a wonderful day, I am so happy"
keys Enter
is "a typed feeling sets the mood" wait_for "You feel happy"
keys Space
is "Space pauses" wait_for "paused"
is "counters become times" wait_for "since "
# voluntary switches of all threads: each is something that woke up
switches() {
	pid=$(pgrep -f "^$MIEN .*--seed 1" | head -n 1)
	cat /proc/"$pid"/task/*/status | awk '/^voluntary/ {n += $2} END {print n}'
}
sleep 1.5
before=$(switches)
sleep 2
case $MIEN_BUILD in
*/tsan) echo "ok - nothing wakes up # SKIP a thread of the sanitizer's does" ;;
*) is "nothing wakes up while nothing moves" [ $(($(switches) - before)) -le 4 ] ;;
esac
keys Space
wait_gone "paused"
keys m
is "m mutes" wait_for "muted"
keys m - - '['
is "volume by 5 and 1" wait_for "59%"
keys '*'
is "* likes the song" wait_for "♥"
playing=$(screen | grep -F '► ' | tail -n 1)
keys n
is "n plays another" wait_gone "$playing"
keys /
tm send-keys -l "lamp"
is "/ finds as one types" wait_for "1 found"
keys Enter
is "Enter plays what was found" wait_for "► Lamplight"
keys Tab Down x
is "x takes a song out of the queue" wait_for "is out of the queue"
keys Escape v
is "v turns the preview" wait_for "Preview: ascii"
keys c
is "c opens the camera again" wait_for "on · nothing stored or sent"
is "in ASCII now" wait_for "+++"
keys a
is "a gives the mood back to the face" wait_for "[auto]"
keys f
is "f fills the screen" wait_gone "Now playing"
keys Escape
is "Esc brings the panels back" wait_for "Now playing"
keys q
is "q ends it" wait_for "ended 0"
is "the catalog remembers a skip and a like" \
	python3 - "$XDG_DATA_HOME/mien/catalog.db" <<'PY'
import sqlite3, sys
kinds = {k for k, in sqlite3.connect(sys.argv[1]).execute("SELECT kind FROM event")}
sys.exit(0 if {1, 3} <= kinds else 1)  # enum catalog_event: skipped, liked
PY

# ---- what is missing
open_screen 80x24 tmux-256color
run_mien --source /dev/video99 --catalog "$work/empty.db"
is "without a camera it says so" wait_for "/dev/video99"
is "and works by hand" wait_for "Moods by hand"
keys 4
is "moods by hand, then" wait_for "[manual]"
keys q
wait_for "ended 0"
open_screen 80x24 tmux-256color MIEN_DATADIR="$work"
run_mien --source demo --catalog "$work/none.db"
is "without the model it says so" wait_for "model" 10
is "without songs it says how to get some" wait_for "catalog is empty" 10
keys q
is "and ends as it should" wait_for "ended 0"
# no sound system can be reached with these
open_screen 80x24 tmux-256color ALSA_CONFIG_PATH=/dev/null \
	PULSE_SERVER=unix:/nowhere XDG_RUNTIME_DIR=/nowhere JACK_NO_START_SERVER=1
tm send-keys -l "$MIEN --source demo; echo ended \$?"
tm send-keys Enter
is "without a sound device it says so" wait_for "no sound device" 10
is "and the song goes on unheard" wait_for " 0:02 " 10
keys q
wait_for "ended 0"
exit $failed
