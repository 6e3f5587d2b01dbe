#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The dashboard gives up what it does not need: a bug planted in it (planted.c,
# in the test build alone) reads no key, starts no shell and reaches nobody,
# while the same bug without the lock does all of it.
cd "${MIEN_ROOT:?}" || exit 1
build=$(cd "${MIEN_BUILD:?}" && pwd)
mien=$build/mien
work=$(mktemp -d)
victim=
trap '[ -z "$victim" ] || kill -9 "$victim" 2>/dev/null; rm -rf "$work"' EXIT
export HOME="$work/home" TERM=xterm-256color
unset XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME XDG_CACHE_HOME PULSE_SERVER
mkdir -p "$HOME/.ssh" "$HOME/Music" "$HOME/.config/mien" "$work/elsewhere"
echo secret >"$HOME/.ssh/id"
echo "# none" >"$HOME/.profile"
cp build/share/mien/starter/rain-on-platform-two.opus "$HOME/Music/rain.opus"
ln -s "$HOME/.ssh/id" "$HOME/Music/link"
failed=0

is() {
	name=$1
	shift
	if "$@" >/dev/null 2>&1; then
		echo "ok - $name"
	else
		echo "not ok - $name"
		sed 's/^/#   /' "$work/told" 2>/dev/null | head -n 40
		failed=1
	fi
}
skip() { echo "ok - $1 # SKIP $2"; }

# dash PROGRAM OPTION...: in a terminal of its own, what it told in told
dash() {
	program=$1
	shift
	script -qec "$program --source demo --frames 45 --ao null --seed 1 $*" \
		/dev/null </dev/null >"$work/screen" 2>&1
}

sleep 1000 >/dev/null 2>&1 &
victim=$!
# try PROGRAM OPTION...: with the bug's wishes
try() {
	: >"$work/told"
	MIEN_KEY=$HOME/.ssh/id MIEN_LINK=$HOME/Music/link \
		MIEN_DROP=$work/elsewhere/drop MIEN_STARTUP=$HOME/.profile \
		MIEN_SYSTEM=/etc/hostname MIEN_SONG=$HOME/Music/rain.opus \
		MIEN_VICTIM=$victim "$@" 8>>"$work/told"
}
plant() { MIEN_PLANTED=8 try dash "$build/planted" "$@"; }
look() {
	MIEN_PLANTED_LOOK=8 try "$build/planted" look --json "$@" \
		>"$work/looked" 2>&1
}
told() { grep -qx "$1" "$work/told"; }
got() { told "main $1 got" && told "thread $1 got"; }
# refused WHAT...: by both threads, each
refused() {
	for what in "$@"; do
		told "main $what E[A-Z]*" && told "thread $what E[A-Z]*" ||
			return 1
	done
}

# ---- what is in force -------------------------------------------------------
"$mien" doctor --ao null --json >"$work/doctor" 2>/dev/null
force=$(jq -r 'select(.check == "sandbox") | .text' "$work/doctor")
echo "# $force"
is "doctor says what is in force" [ -n "$force" ]
landlock=yes
case $force in
*"by Landlock"*) ;;
*) landlock= ;;
esac
# an older kernel lets signals pass
version=$(echo "$force" | sed -n 's/.*Landlock \([0-9]*\).*/\1/p')

"$build/mien-etl" import --no-measure "$HOME/Music" >/dev/null 2>&1

# ---- without the lock the bug works, or the test would prove nothing --------
printf 'security:\n  sandbox: off\n' >"$HOME/.config/mien/config.yaml"
plant
for what in key link drop startup song shell system network signal; do
	is "unlocked, the planted bug has its $what" got $what
done
is "doctor warns of it" sh -c '"$1" doctor --ao null --json |
	jq -e -s "any(.check == \"sandbox\" and .level == \"warn\")"' - "$mien"
rm "$work/elsewhere/drop"
cp capture/demo/*.jpg "$work/elsewhere/"
picture=$(ls "$work"/elsewhere/*.jpg | head -n 1)
look "$picture"
for what in key link drop startup song shell system network signal; do
	is "unlocked, the bug in mien look has its $what" got $what
done
rm "$HOME/.config/mien/config.yaml" "$work/elsewhere/drop"

# ---- with it ----------------------------------------------------------------
plant
is "locked, no shell" refused shell system
is "no network where no song needs it" refused network
is "no other process's memory" refused trace memory
is "no new privileges" refused privileges
if [ "$landlock" ]; then
	is "a song can be read" got song
	is "~/.ssh/id cannot" refused key
	is "nor by way of a link in the music" refused link
	is "nothing is written elsewhere" refused drop startup shadow
	is "and nothing was" [ ! -e "$work/elsewhere/drop" ]
else
	skip "files" "this kernel has no Landlock"
fi
if [ "${version:-0}" -ge 6 ]; then
	is "no other process is signalled" refused signal
else
	skip "signals" "this kernel has no Landlock 6"
fi
is "the dashboard itself works" grep -q "Playing" \
	"$HOME/.local/state/mien/mien.log"

# ---- mien look --------------------------------------------------------------
look "$picture"
is "mien look, locked, starts nothing" refused shell system
is "reaches nobody, where no source is an address" refused network
is "looks into no other process" refused trace memory
if [ "$landlock" ]; then
	is "reads no key" refused key link
	is "nor any other file but its pictures" refused song
	is "writes nowhere else" refused drop startup shadow
	is "and nothing was" [ ! -e "$work/elsewhere/drop" ]
else
	skip "mien look: files" "this kernel has no Landlock"
fi
is "and reads its picture all the same" jq -e '.faces | length == 1' \
	"$work/looked"
look http://127.0.0.1:9/picture.png
is "an address may be asked where one is given" got network

# ---- with yt-dlp ------------------------------------------------------------
mkdir "$work/bin"
cat >"$work/bin/yt-dlp" <<'PY'
#!/usr/bin/python3
import json, os, sys
# under the same lock as the program that starts it
for variable in "MIEN_KEY", "MIEN_STARTUP":
    try:
        open(os.environ[variable], "a+")
        sys.exit(1)
    except PermissionError:
        pass
sys.exit(7)
PY
chmod +x "$work/bin/yt-dlp"
printf 'music:\n  ytdl: true\n' >"$HOME/.config/mien/config.yaml"
PATH=$work/bin:$PATH plant
if [ "$landlock" ]; then
	is "yt-dlp runs where it is wanted, under the same lock" got yt-dlp
	is "but no shell" refused shell system
	is "and ~/.ssh/id stays unread" refused key
else
	skip "programs" "this kernel has no Landlock"
fi
is "the network is there for it" got network
rm "$HOME/.config/mien/config.yaml"

# ---- every thread, and nothing that others could look into ------------------
mkfifo "$work/keys"
script -qec "$mien --source demo --ao null --seed 1" /dev/null \
	<"$work/keys" >/dev/null 2>&1 &
outer=$!
exec 7>"$work/keys"
pid=
for _ in $(seq 100); do
	pid=$(pgrep -f "^$mien --source demo --ao null --seed 1\$" | head -n 1)
	[ -n "$pid" ] && [ "$(ls /proc/"$pid"/task | wc -l)" -ge 4 ] && break
	sleep 0.1
done
sleep 1
count() { cat /proc/"$pid"/task/*/status | grep -cE "$1"; }
threads=$(count '^Threads:')
echo "# $threads threads"
is "several threads run" [ "$threads" -ge 4 ]
is "each of them under the filter" \
	[ "$(count '^Seccomp:[[:space:]]*2')" = "$threads" ]
is "each without new privileges" \
	[ "$(count '^NoNewPrivs:[[:space:]]*1')" = "$threads" ]
is "no core can be left" sh -c \
	"grep -E '^Max core file size +0 +0 ' /proc/$pid/limits"
kill "$pid" 2>/dev/null
exec 7>&-
wait "$outer" 2>/dev/null

# ---- what is shipped has none of it -----------------------------------------
is "the test build has the planted bug" grep -q MIEN_PLANTED "$build/planted"
is "the program that is shipped has not" sh -c "! grep -q MIEN_PLANTED $mien"
is "nor a symbol of it" sh -c "! nm $mien | grep -qE 'planted|__wrap_|misbehave'"
exit $failed
