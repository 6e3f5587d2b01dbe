#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A USB camera that shows a portrait, through uvcvideo: it is found, and the
# face in front of it is read.
. "${MIEN_ROOT:?}/tests/vm/lib.sh"

load vhci-hcd
load uvcvideo
# ---- the commands, on MJPEG
plug 184x136 15 jpg
wait_until 10 exists /dev/video1
$MIEN devices >"$work/devices" 2>&1
sed 's/^/# /' "$work/devices"
is "usb: devices names the camera" \
	grep -q '^/dev/video0 .*Portrait Camera.*uvcvideo' "$work/devices"
is "usb: its size and rate" \
	grep -qE 'MJPG +184x136 +15 frames/s' "$work/devices"
is "usb: and the node beside it that gives no pictures" \
	grep -A1 '^/dev/video1' "$work/devices"
is "usb: doctor names it" \
	doctor_says 'ok .*camera .*/dev/video0, Portrait Camera'
is "usb: and that Landlock guards files, as this kernel has it" \
	grep -qE '^ok .*sandbox .*files by Landlock [1-9].* calls refused' \
	"$work/doctor"
$MIEN look --json --catalog "$work/long.db" /dev/video0 >"$work/look" 2>&1
cut -c1-100 "$work/look" | sed 's/^/# /'
is "usb: look finds the one face in MJPEG" \
	grep -qE '"faces":\[\{"box":\[[0-9,]*\],"score":[0-9.]*,"emotion":"happy"[^]]*\}\]' \
	"$work/look"
unplug

# ---- the face on the dashboard, on YUYV of no common size and rate
plug 186x138 7.5 yuyv
wait_until 10 exists /dev/video0
mkdir "$work/share" # the networks, without the pieces: they cost more to decode
ln -s "$MIEN_DATADIR/model" "$work/share/model"
dashboard "$work/share" --source auto
# libv4l2 makes its width one of whole eights.
is "usb: YUYV at 186x138 streams" wait_streams 'video0 ● 184x138 YUYV'
is "usb: its face becomes the mood" wait_until 90 sees 'Mood neutral → happy'
mark
unplug
is "usb: pulled out while the face is read, that is said" \
	wait_told 'is gone; waiting for it to come back'
keys q
is "usb: q ends it" wait_for "ended 0"
is "usb: and the terminal is as before" is_clean
is "usb: nothing holds the driver in the end" unload uvcvideo
exit $failed
