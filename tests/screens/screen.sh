# SPDX-License-Identifier: GPL-3.0-or-later
# screen.sh: a terminal (tmux, on a socket of its own) for the screen tests.
# Sourced: starts the dashboard in a shell, so that what the shell finds
# afterwards can be looked at.
cd "${MIEN_ROOT:?}" || exit 1
MIEN=$(cd "$(dirname "${MIEN_BUILD:?}/mien")" && pwd)/mien
work=$(mktemp -d)
socket=
screens=0
failed=0
trap 'tm kill-server; rm -rf "$work"' EXIT
export XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state" \
	XDG_CONFIG_HOME="$work/config" TMUX=

tm() { tmux -L "$socket" -u -f /dev/null "$@" 2>/dev/null; }

# open_screen COLUMNSxROWS TERM [VARIABLE=VALUE...]: a shell in a new terminal
open_screen() {
	[ -z "$socket" ] || tm kill-server
	screens=$((screens + 1))
	socket=mien-test-$$-$screens
	size=$1 term=$2
	shift 2
	tm new-session -d -x "${size%x*}" -y "${size#*x}" \
		env TERM="$term" PS1='$ ' "$@" sh
	tm set-option -g escape-time 0
	sleep 0.3
}

# run_mien OPTION...: in the shell; afterwards "ended N" and the modes
run_mien() {
	tm send-keys -l "stty -g > $work/before; $MIEN --ao null --seed 1 $*; \
s=\$?; stty -g > $work/after; echo ended \$s"
	tm send-keys Enter
}

screen() { tm capture-pane -p; }
keys() { for key in "$@"; do tm send-keys "$key"; sleep 0.2; done; }

# The thread sanitizer's build takes many times as long to say the same.
case $MIEN_BUILD in
*/tsan) patience=80 ;;
*) patience=10 ;;
esac

# wait_for TEXT [SECONDS]
wait_for() {
	for _ in $(seq $((${2:-15} * patience))); do
		screen | grep -qF -- "$1" && return 0
		sleep 0.1
	done
	return 1
}

# soon COMMAND...: is so, or comes to be
soon() {
	for _ in $(seq $((5 * patience))); do
		"$@" >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	"$@"
}

wait_gone() {
	for _ in $(seq $((${2:-15} * patience))); do
		screen | grep -qF -- "$1" || return 0
		sleep 0.1
	done
	return 1
}

# is NAME COMMAND...: one test
is() {
	test_name=$1
	shift
	if "$@"; then
		echo "ok - $test_name"
	else
		echo "not ok - $test_name"
		screen | sed 's/^/# /'
		failed=1
	fi
}

shows() { screen | grep -qF -- "$1"; }
shows_not() { ! screen | grep -qF -- "$1"; }

# The frames whose corners are given (top left bottom right, from 0) are
# closed, and no line is wider than the screen.
framed() { screen | python3 tests/screens/framed.py "$size" "$@"; }

# Not the alternate screen, the cursor visible, the modes as before.
is_clean() {
	[ "$(tm display-message -p '#{alternate_on} #{cursor_flag}')" = "0 1" ] &&
		cmp -s "$work/before" "$work/after"
}
