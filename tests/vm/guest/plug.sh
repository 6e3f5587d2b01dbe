#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A USB camera, through uvcvideo, that is pulled out, plugged in elsewhere,
# silent, damaged, in use, hung, while one dashboard looks on. Without the
# networks: emulated, a look of theirs takes seconds.
. "${MIEN_ROOT:?}/tests/vm/lib.sh"

quiet() { ! logged 'no pictures|is gone|cannot be read'; }

load vhci-hcd
load uvcvideo
plug 184x136 7.5 yuyv
wait_until 10 exists /dev/video0
dashboard none --source auto
is "plug: it streams" wait_streams 'video0 ● 184x136 YUYV'
mark
sleep 1000000 </dev/video0 & # holds the number, as a hung program does
holder=$!
sleep 1
unplug
is "plug: pulled out while it streams, that is said" \
	wait_told 'is gone; waiting for it to come back'
is "plug: and the music plays on" plays_on
mark
plug 186x138 10 jpg
is "plug: back under another number it streams, at its new size" \
	wait_streams 'video[1-9] ● 186x138 MJPG'
device=/dev/$(screen | grep -oE 'video[1-9] ●' | cut -d' ' -f1)
kill $holder
mark
kill -USR1 $usbcam
is "plug: when no pictures come, that is said" \
	wait_told 'is open, but no pictures come'
mark
kill -USR1 $usbcam
is "plug: when they come again it goes on" wait_streams '● 186x138 MJPG'
mark
kill -USR2 $usbcam
sleep 4 # longer than a stall takes to be seen
is "plug: with every other picture damaged it streams" \
	sees '● 186x138 MJPG'
is "plug: and nothing is told of it" quiet
kill -USR2 $usbcam
is "plug: switched off, it is let go of" camera_off
"$VM/v4l2" hold "$device" &
holder=$!
sleep 1
mark
keys c
is "plug: in use by another program, that is said" \
	wait_told 'another program has this camera'
mark
kill $holder
is "plug: free again, it streams" wait_streams '● 186x138 MJPG'
mark
kill -HUP $usbcam
is "plug: hung, it is said to be silent" \
	wait_told 'is open, but no pictures come'
keys q
is "plug: q ends it even then" wait_for "ended 0"
is "plug: and the terminal is as before" is_clean
unplug
is "plug: nothing holds the driver in the end" unload uvcvideo
exit $failed
