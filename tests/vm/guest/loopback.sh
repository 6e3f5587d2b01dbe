#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A camera that is another program (v4l2loopback), which dies and comes back.
. "${MIEN_ROOT:?}/tests/vm/lib.sh"

arrive() {
	load v4l2loopback video_nr=5 exclusive_caps=1 card_label=Fed &&
		wait_until 10 exists /dev/video5
}
arrive 2>/dev/null || {
	echo "ok - loopback: all # SKIP v4l2loopback was not built: $VM/loopback.log"
	exit 0
}

# feed SIZE: tried until it is granted
feed() {
	(
		child=
		trap 'kill $child; exit' TERM
		while :; do
			"$VM/v4l2" feed /dev/video5 "$1" 5 "$VM/$1.yuyv" \
				2>/dev/null &
			child=$!
			wait $child
			sleep 0.5
		done
	) &
	feeder=$!
}
starve() {
	kill $feeder
	wait $feeder 2>/dev/null
}

dashboard none --source auto --preview ascii
is "loopback: without a feeder there is no camera" \
	wait_sees '[Nn]o camera was found'
feed 320x240
is "loopback: fed, it streams" wait_streams 'video5 ● 320x240'
mark
starve
is "loopback: when its feeder dies, that is said" \
	wait_told 'is open, but no pictures come'
mark
feed 320x240
is "loopback: when it comes back it streams" wait_streams 'video5 ● 320x240'
mark
starve
is "loopback: it dies again, and after a while it is gone" \
	wait_told 'is gone; waiting for it to come back'
# The driver grants no other size to a second feeder; one anew does.
is "loopback: it is let go of meanwhile" unload v4l2loopback
mark
arrive
feed 184x136
is "loopback: and when it comes back at another size it streams" \
	wait_streams 'video5 ● 184x136'
is "loopback: and all the while the music plays" plays_on
keys q
is "loopback: q ends it" wait_for "ended 0"
is "loopback: and the terminal is as before" is_clean
starve
is "loopback: nothing holds the driver in the end" unload v4l2loopback
exit $failed
