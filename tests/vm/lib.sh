# SPDX-License-Identifier: GPL-3.0-or-later
# lib.sh: drivers come and go, and the dashboard is looked at. Sourced by the
# scripts of tests/vm/guest. A look at the screen costs the emulated machine as
# much as a picture does, so it is looked at four times a second.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"

# Small and slow: all is emulated, and what is watched is no beauty.
mkdir -p "$XDG_CONFIG_HOME/mien"
cat >"$XDG_CONFIG_HOME/mien/config.yaml" <<'YAML'
camera:
  width: 320
  height: 240
  rate: 5
screen:
  rate: 2
YAML
cp "$VM/long.db" "$VM/tune.db" "$work"
log=$XDG_STATE_HOME/mien/mien.log
marked=0

load() { modprobe -d "$VM/root" "$@"; }
unload() {
	for _ in $(seq 40); do
		rmmod "$1" 2>/dev/null && return
		sleep 0.25
	done
	return 1
}

# wait_until SECONDS COMMAND...
wait_until() {
	looks=$(($1 * 4))
	shift
	while [ $looks -gt 0 ]; do
		"$@" && return 0
		looks=$((looks - 1))
		sleep 0.25
	done
	return 1
}
wait_for() { wait_until "${2:-60}" shows "$1"; }

exists() { [ -e "$1" ]; }
sees() { screen | grep -qE -- "$1"; }
wait_sees() { wait_until "${2:-60}" sees "$1"; }

# ---- what was told since mark: in the log, whose lines come once each, and
# on the screen, where an older one may stand

mark() { marked=$(wc -l <"$log"); }
logged() { tail -n +$((marked + 1)) "$log" | grep -qE -- "$1"; }
told() { logged "$1" && sees "$1"; }
wait_told() { wait_until 60 told "$1"; }
# wait_streams WHAT: pictures came again since mark, and WHAT stands there
streams() { logged ' streams [0-9]' && sees "$1"; }
wait_streams() { wait_until 60 streams "$1"; }

# Tried again: the clock leaps over the host's reading, too, when a program
# first loads a hundred libraries, and then it has waited long enough.
doctor_says() {
	for _ in 1 2 3; do
		MIEN_DATADIR=$work $MIEN doctor >"$work/doctor" 2>&1
		grep -q "$1" "$work/doctor" && return
		sed 's/^/# /' "$work/doctor"
	done
	return 1
}

# ---- a USB camera

# plug SIZE RATE [jpg] [yuyv]: one with these formats; its program is $usbcam
plug() {
	jpg=- yuyv=-
	case " $* " in *" jpg "*) jpg=$VM/$1.jpg ;; esac
	case " $* " in *" yuyv "*) yuyv=$VM/$1.yuyv ;; esac
	"$VM/usbcam" "$1" "$2" "$jpg" "$yuyv" &
	usbcam=$!
}

unplug() {
	kill "$usbcam"
	wait "$usbcam"
}

# ---- the dashboard

# dashboard DATADIR OPTION...: large, so that events are seen beside the rest.
# Without the model (DATADIR "none") it starts sooner.
dashboard() {
	data=$1
	shift
	mkdir -p "${log%/*}"
	: >>"$log"
	mark
	open_screen 200x44 tmux-256color MIEN_DATADIR="$data"
	run_mien --catalog "$work/long.db" "$@"
}

# Where the song is: "0:12".
position() { screen | grep -oE '[0-9]+:[0-9][0-9]' | head -n 1; }
plays_on() {
	was=$(position)
	moved() { [ -n "$was" ] && [ "$(position)" != "$was" ]; }
	wait_until 20 moved
}

# The log says when the device is closed.
camera_off() {
	mark
	keys c
	wait_until 60 logged ' is off' && sees 'The camera is off'
}
