#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A camera that is another program (v4l2loopback), which dies and comes back.
. "${MIEN_ROOT:?}/tests/vm/lib.sh"

load v4l2loopback video_nr=5 exclusive_caps=1 card_label=Fed 2>/dev/null || {
	echo "ok - loopback: all # SKIP v4l2loopback was not built: $VM/loopback.log"
	exit 0
}

# feed SIZE: tried until the reader lets it choose its size
feed() {
	(
		trap 'kill $child; exit' TERM
		while :; do
			"$VM/v4l2" feed /dev/video5 "$1" 10 "$VM/$1.yuyv" \
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
	wait_sees 'no camera was found|No camera was found'
feed 320x240
is "loopback: fed, it streams" wait_sees 'video5 ● 320x240'
starve
is "loopback: when its feeder dies, that is said" wait_until 60 \
	shows "○ no picture"
feed 320x240
is "loopback: when it comes back it streams" wait_sees 'video5 ● 320x240'
starve
wait_until 60 shows "○ no picture"
feed 184x136
is "loopback: and when it comes back at another size" \
	wait_sees 'video5 ● 184x136'
is "loopback: and all the while the music plays" plays_on
keys q
is "loopback: q ends it" wait_for "ended 0" 60
is "loopback: and the terminal is as before" is_clean
starve
unload v4l2loopback
exit $failed
