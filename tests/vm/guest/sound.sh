#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Songs on a real ALSA card whose two ends are joined (snd-aloop): what is
# played is recorded at the other end, and must be the song. Then the card is
# taken away.
. "${MIEN_ROOT:?}/tests/vm/lib.sh"
driver=/sys/bus/platform/drivers/snd_aloop

load snd-aloop
wait_until 10 exists /dev/snd/pcmC0D1c
is "sound: doctor hears it" doctor_says 'ok .*sound .*through alsa'
# This machine was started without Landlock.
is "sound: and warns that nothing guards files, while calls are refused" \
	grep -qE 'warn.* sandbox .*files not guarded, [1-9].* calls refused' \
	"$work/doctor"
is "sound: and says what would" grep -q 'lsm=landlock' "$work/doctor"
open_screen 200x44 tmux-256color MIEN_DATADIR=none
tm send-keys -l "$MIEN --catalog $work/tune.db --source $VM/184x136.jpg --preview off; \
echo ended \$?"
tm send-keys Enter
is "sound: the song plays" wait_sees 'Three Notes.* '
plays_on
is "sound: what is heard is the song" \
	sh -c "$VM/sound hear plughw:Loopback,1,0 4 | sed 's/^/# /' >$work/ear;
	cat $work/ear; grep -q 'is the tune' $work/ear"
keys Space
sleep 1
is "sound: paused, nothing is heard" \
	sh -c "! $VM/sound hear plughw:Loopback,1,0 1 >/dev/null"
keys Space
is "sound: and goes on" plays_on
# Blocks until mpv has let go of the card.
echo snd_aloop.0 >$driver/unbind &
is "sound: the card taken away, that is said" \
	wait_sees 'No sound device opens|no sound device'
is "sound: and the song goes on unheard" plays_on
keys q
is "sound: q ends it" wait_for "ended 0" 60
exit $failed
