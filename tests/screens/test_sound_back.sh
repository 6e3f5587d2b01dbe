#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A sound device that comes back is used again, from the next song on.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"

# In the one folder that mien may write to: it is locked in (tui/lock.c).
at=$XDG_DATA_HOME/mien
# ALSA reads its configuration anew when the file has changed; no sound system
# but it can be reached.
# Locked in, a sanitizer could not read which leaks of libraries to leave out;
# the other screen tests look for leaks.
open_screen 140x40 tmux-256color LSAN_OPTIONS=detect_leaks=0 ALSA_CONFIG_PATH="$at/alsa.conf" \
	PULSE_SERVER=unix:/nowhere XDG_RUNTIME_DIR=/nowhere JACK_NO_START_SERVER=1
tm send-keys -l "$MIEN --source demo --seed 1; echo ended \$?"
tm send-keys Enter
is "without a sound device it says so" wait_for "No sound device opens" 60
echo "pcm.default { type file slave.pcm { type null } file $at/heard }" \
	>"$at/alsa.conf"
keys n
is "the next song finds one, and that is said" \
	wait_for "songs are heard again" 60
keys q
is "q ends it" wait_for "ended 0" 60
is "and it was played to" [ -s "$at/heard" ]
exit $failed
