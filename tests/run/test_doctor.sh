#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien doctor: every check, good and bad. Sound goes to mpv's null output.
. "${MIEN_ROOT:?}/tests/run/commands.sh"

# level CHECK LEVEL: what the last run said of one check
level() { jq -e -s "any(.check == \"$1\" and .level == \"$2\")" "$work/out"; }

is 'doctor answers, and the main job can run' run 0 doctor --ao null
is 'in words' grep -q 'mien can do its work here' "$work/out"
is 'without escapes or noise' plain
is 'nor anything on standard error' test ! -s "$work/err"
is 'in JSON too' run 0 doctor --ao null --json
is 'with eleven checks' json 'length == 11 and all(.text != "" and
	(.level | IN("ok", "warn", "fail")))'
is 'none of which failed' json 'all(.level != "fail")'
is 'and with something to do where one warns' json '
	all(.level == "ok" or .hint != "")'
is 'what reads videos is named' json 'any(.check == "video" and
	(.text | test("libavformat [0-9]+[.][0-9]+, libavcodec")))'
is 'and what plays' json 'any(.check == "sound" and
	(.text | test("libmpv [0-9]+[.][0-9]+ ")))'
is 'the model is whole' level model ok
is 'the catalog is yet to be made' level catalog ok
is 'and was not made' test ! -e "$work/data/mien/catalog.db"
is 'sound opened' level sound ok
is 'the terminal is none' level terminal warn

# ---- the catalog ---------------------------------------------------------------
"$mien" feel happy >/dev/null
is 'with a catalog' run 0 doctor --ao null --json
is 'its tracks are counted' json 'any(.check == "catalog" and
	(.text | test("[0-9]+ tracks")))'
cp "$work/data/mien/catalog.db" "$work/torn.db"
size=$(stat -c %s "$work/torn.db")
# pages in the middle overwritten: the header still says "catalog"
dd if=/dev/urandom of="$work/torn.db" bs=4096 seek=4 conv=notrunc \
	count=$((size / 4096 - 5)) 2>/dev/null
is 'a torn one' run 69 doctor --ao null --json --catalog "$work/torn.db"
is 'fails' level catalog fail
is 'and where nobody can read that, it is said' sh -c '
	"$1" doctor --ao null --catalog "$2" >/dev/full 2>"$3"
	[ $? -eq 69 ] && grep -q "standard output" "$3"' - "$mien" \
	"$work/torn.db" "$work/err"
is 'and says what to do' json 'any(.check == "catalog" and .hint != "")'

# ---- the model -----------------------------------------------------------------
cp -r "$MIEN_ROOT/model/weights" "$work/model"
printf 'model:\n  folder: %s\n' "$work/model" >"$work/model.yaml"
is 'a model elsewhere' run 0 doctor --ao null --json --config "$work/model.yaml"
printf x | dd of="$work/model/face.weights" bs=1 seek=5000 conv=notrunc 2>/dev/null
is 'an altered one' run 69 doctor --ao null --json --config "$work/model.yaml"
is 'fails' level model fail
is 'and is named' json 'any(.check == "model" and (.text | test("face.weights")))'

# ---- sound ---------------------------------------------------------------------
is 'an output that is none' run 69 doctor --ao nonsense --json
is 'fails' level sound fail
is 'a file' run 0 doctor --ao "pcm:$work/heard.wav" --json
is 'is not written' test ! -e "$work/heard.wav"

# ---- yt-dlp --------------------------------------------------------------------
mkdir "$work/bin"
printf 'music:\n  ytdl: true\n' >"$work/ytdl.yaml"
ytdlp() {
	printf '#!/bin/sh\necho %s\n' "$1" >"$work/bin/yt-dlp"
	chmod +x "$work/bin/yt-dlp"
}
PATH=$work/bin:$PATH
ytdlp 2023.03.04
is 'an old yt-dlp that is not wanted' run 0 doctor --ao null --json
is 'is fine' level yt-dlp ok
is 'one that is wanted' run 0 doctor --ao null --json --config "$work/ytdl.yaml"
is 'warns' level yt-dlp warn
ytdlp 2026.01.31
is 'a new one' run 0 doctor --ao null --json --config "$work/ytdl.yaml"
is 'is fine' level yt-dlp ok

# ---- keys, folders, terminal, source -------------------------------------------
LASTFM_API_KEY=very-secret-0123
export LASTFM_API_KEY
is 'a key that is set' run 0 doctor --ao null
is 'is said to be' grep -q 'LASTFM_API_KEY set' "$work/out"
is 'and never shown' sh -c '! grep -q very-secret "$1"/out "$1"/err' - "$work"
mkdir -p "$work/keys/mien"
echo 'JAMENDO_CLIENT_ID=quite-secret-0123' >"$work/keys/mien/secrets"
chmod 600 "$work/keys/mien/secrets"
keys_of() { (XDG_CONFIG_HOME=$work/keys && export XDG_CONFIG_HOME && run 0 doctor "$@"); }
is "a key in mien-etl's file" keys_of --ao null
is 'is set, too' grep -q 'JAMENDO_CLIENT_ID set' "$work/out"
is 'and not shown either' sh -c '! grep -q quite-secret "$1"/out "$1"/err' - "$work"
chmod 644 "$work/keys/mien/secrets"
is 'one that others may read' keys_of --ao null --json
is 'warns' level keys warn
XDG_STATE_HOME=/dev/null/x
export XDG_STATE_HOME
is 'a folder that cannot be' run 0 doctor --ao null --json
is 'warns' level folders warn
unset XDG_STATE_HOME
is 'no sound device' env ALSA_CONFIG_PATH=/dev/null PULSE_SERVER=unix:/nowhere \
	XDG_RUNTIME_DIR=/nowhere sh -c '"$1" doctor --json >"$2"; [ $? = 69 ]' - \
	"$mien" "$work/out"
is 'is told of' level sound fail
printf 'camera:\n  source: %s\n' "$work/gone.mkv" >"$work/source.yaml"
is 'a source that is gone' run 0 doctor --ao null --json --config "$work/source.yaml"
is 'warns' level camera warn
is 'in a terminal' sh -c 'TERM=xterm-256color script -qec "$1 doctor --ao null --json" /dev/null </dev/null >"$2"' - "$mien" "$work/out"
is 'its colours are counted' sh -c 'tr -d "\r" <"$1" |
	jq -e -s "any(.check == \"terminal\" and .level == \"ok\" and
	(.text | test(\"256 colours, UTF-8, preview half\")))"' - "$work/out"

exit $failed
