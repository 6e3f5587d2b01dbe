#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The dashboard on vivid: every fault that its controls inject is named on the
# screen where it keeps pictures from coming, and survived. One dashboard
# meets them all.
. "${MIEN_ROOT:?}/tests/vm/lib.sh"

load vivid n_devs=1 node_types=0x1 num_inputs=1 input_types=0 vid_cap_nr=3
wait_until 10 exists /dev/video3
press() { "$VM/v4l2" set /dev/video3 "$1" "${2:-1}"; }

dashboard none --source auto --preview ascii
is "vivid: it streams" wait_streams 'video3 ● 320x180'
"$VM/v4l2" faults /dev/video3 | sort >"$work/faults"
sed 's/^/# it offers: /' "$work/faults"
is "vivid: it offers its faults" [ "$(wc -l <"$work/faults")" -ge 8 ]
# Read beside standard input: what runs in the loop must not eat the list.
while read -r fault <&3; do
	name="vivid: survives \"$fault\""
	mark
	case $fault in
	Disconnect) continue ;; # the last, below
	*Streaming*)
		press "$fault"
		is "vivid: \"$fault\" is named" \
			wait_told "the camera's driver reports an error"
		is "$name" wait_streams 'video3 ● 320x180'
		;;
	*Dropped*)
		press "$fault" 100
		is "vivid: \"$fault\" is named" \
			wait_told 'is open, but no pictures come'
		mark
		press "$fault" 0
		is "$name" wait_streams 'video3 ● 320x180'
		;;
	*STREAMON* | *REQBUFS* | *QBUF*)
		camera_off
		press "$fault"
		mark
		keys c
		is "$name" wait_streams 'video3 ● 320x180'
		;;
	*)
		press "$fault"
		sleep 4 # longer than a stall takes to be seen
		is "$name" shows 'video3 ● 320x180'
		;;
	esac
done 3<"$work/faults"
mark
press Disconnect
is "vivid: \"Disconnect\" is named" \
	wait_told 'is gone; waiting for it to come back'
is "vivid: survives \"Disconnect\"" wait_streams 'video3 ● 320x180'
is "vivid: and all the while the music plays" plays_on
keys q
is "vivid: q ends it" wait_for "ended 0"
is "vivid: and the terminal is as before" is_clean
is "vivid: nothing holds the driver in the end" unload vivid
exit $failed
