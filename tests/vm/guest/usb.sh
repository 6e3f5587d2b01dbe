#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A USB camera that shows a portrait, through uvcvideo: found, read, pulled
# out, plugged in elsewhere, silent, damaged, in use, hung.
. "${MIEN_ROOT:?}/tests/vm/lib.sh"

load vhci-hcd
load uvcvideo
# ---- the commands, on MJPEG
plug 320x240 15 jpg
wait_until 10 exists /dev/video1
$MIEN devices >"$work/devices" 2>&1
sed 's/^/# /' "$work/devices"
is "usb: devices names the camera" \
	grep -q '^/dev/video0 .*Portrait Camera.*uvcvideo' "$work/devices"
is "usb: its size and rate" \
	grep -qE 'MJPG +320x240 +15 frames/s' "$work/devices"
is "usb: and the node beside it that gives no pictures" \
	grep -A1 '^/dev/video1' "$work/devices"
MIEN_DATADIR=$work $MIEN doctor >"$work/doctor" 2>&1
is "usb: doctor names it" \
	grep -q 'ok .*camera .*/dev/video0, Portrait Camera' "$work/doctor"
$MIEN look --json --catalog "$work/songs.db" /dev/video0 >"$work/look" 2>&1
is "usb: look finds the one face in MJPEG" \
	grep -qE '"faces":\[\{"box":\[[0-9,]*\],"score":[0-9.]*,"emotion":"happy"[^]]*\}\]' \
	"$work/look"
unplug

# ---- the dashboard, on YUYV of no common size and rate
plug 322x242 7.5 yuyv
wait_until 10 exists /dev/video0
dashboard "$MIEN_DATADIR" --source auto
is "usb: YUYV at 322x242 streams" wait_sees 'video0 ● 322x242 YUYV'
is "usb: its face becomes the mood" wait_sees 'Mood neutral → happy' 90
sleep 1000000 </dev/video0 & # holds the number, as a hung program does
holder=$!
unplug
is "usb: pulled out while it streams, that is said" \
	wait_sees 'is gone; waiting for it to come back'
is "usb: and the music plays on" plays_on
plug 184x136 10 jpg
is "usb: back under another number it streams, at its new size" \
	wait_sees 'video[1-9] ● 184x136 MJPG'
device=/dev/$(screen | grep -oE 'video[1-9] ●' | cut -d' ' -f1)
kill $holder
kill -USR1 $usbcam
is "usb: when no pictures come, that is said" \
	wait_sees 'is open, but no pictures come'
kill -USR1 $usbcam
is "usb: when they come again it goes on" wait_sees '● 184x136 MJPG'
kill -USR2 $usbcam
sleep 4
is "usb: with every other picture damaged it streams" \
	wait_sees '● 184x136 MJPG'
kill -USR2 $usbcam
is "usb: switched off, it is let go of" camera_off
"$VM/v4l2" hold "$device" &
holder=$!
sleep 1
keys c
is "usb: in use by another program, that is said" \
	wait_sees 'another program has this camera'
kill $holder
is "usb: free again, it streams" wait_sees '● 184x136 MJPG'
kill -STOP $usbcam
is "usb: hung, it is said to be silent" wait_until 60 shows "○ no picture"
keys q
is "usb: q ends it even then" wait_for "ended 0" 60
is "usb: and the terminal is as before" is_clean
kill -CONT $usbcam
unplug
is "usb: nothing holds the driver in the end" unload uvcvideo
exit $failed
