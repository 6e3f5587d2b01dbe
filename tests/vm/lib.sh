# SPDX-License-Identifier: GPL-3.0-or-later
# lib.sh: drivers come and go, and the dashboard is looked at. Sourced by the
# scripts of tests/vm/guest.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"

# Small and slow: all is emulated, and what is watched is no beauty.
mkdir -p "$XDG_CONFIG_HOME/mien"
cat >"$XDG_CONFIG_HOME/mien/config.yaml" <<'YAML'
camera:
  width: 320
  height: 240
  rate: 10
screen:
  rate: 4
YAML
cp "$VM/songs.db" "$VM/tune.db" "$work"

load() { modprobe -d "$VM/root" "$@"; }
unload() {
	for _ in $(seq 100); do
		rmmod "$1" 2>/dev/null && return
		sleep 0.1
	done
	return 1
}

# wait_until SECONDS COMMAND...
wait_until() {
	tries=$(($1 * 10))
	shift
	for _ in $(seq "$tries"); do
		"$@" && return 0
		sleep 0.1
	done
	return 1
}

exists() { [ -e "$1" ]; }
sees() { screen | grep -qE -- "$1"; }
wait_sees() { wait_until "${2:-60}" sees "$1"; }

# plug SIZE RATE [jpg] [yuyv]: a USB camera with these formats; its program is
# $usbcam
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

# dashboard DATADIR OPTION...: large, so that events are seen beside the rest.
# Without the model (DATADIR "none") it starts sooner.
dashboard() {
	data=$1
	shift
	open_screen 160x44 tmux-256color MIEN_DATADIR="$data"
	run_mien --catalog "$work/songs.db" "$@"
}

# Where the song is: "0:12".
position() { screen | grep -oE '[0-9]+:[0-9][0-9]' | head -n 1; }
plays_on() {
	was=$(position)
	moved() { [ -n "$was" ] && [ "$(position)" != "$was" ]; }
	wait_until 20 moved
}

camera_off() {
	keys c
	wait_sees "its device closed"
}
