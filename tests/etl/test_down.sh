#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien-etl and services that are down, block or send bombs, against a mock of
# them (mock.c); who it says it is; and who reads while it writes.
. "$(dirname "$0")/services.sh"

keys

# ---- who calls ---------------------------------------------------------------
start_mock agent
configure 500 2 lastfm radiobrowser
sed -i '1a\  contact: "ada@example.org"' "$work/config.yaml"
db=$work/agent.db
run 0 refresh
signed() {
	[ -s "$log" ] && ! cut -f4 "$log" |
		grep -qv '^mien-etl/[0-9.]* (+http[^;]*; ada@example\.org)$'
}
is 'every call says whom to write to' signed

# ---- a bomb ------------------------------------------------------------------
start_mock bomb -x radiobrowser=bomb
configure 500 2 radiobrowser
db=$work/bomb.db
cat >"$work/peak.py" <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PY
python3 "$work/peak.py" "$etl" --config "$work/config.yaml" --catalog "$db" \
	refresh >"$work/out" 2>"$work/err"
is 'of 400 MiB behind a small answer few are unpacked' \
	[ "$(tail -n1 "$work/out")" -lt 262144 ]
is 'each was asked for once' calls_are radiobrowser 2
is 'the call fails' eval '[ "$(status_sum failed)" -eq 2 ]'
is 'and says why' [ "$(sql "SELECT count(*) FROM task
	WHERE error LIKE '%longer than 8 MiB%'")" = 2 ]

# ---- down for a while --------------------------------------------------------
start_mock well
configure 500 7 lastfm lrclib
db=$work/well.db
run 0 refresh
export_to "$work/well.json"

# at the documented rate two calls are under way at a time
start_mock outage -x lrclib=outage
configure 500 3 lastfm lrclib
sed -i '/lrclib/s/rate: 500/rate: 2/' "$work/config.yaml"
db=$work/outage.db
is 'a service that is down for a while does not end a refresh' run 0 refresh
is 'after five failures it is left alone' awk -F'\t' '
	$2 == "lrclib" { n++
		if ((n == 6 || n == 7) && $1 - last > 1900) left = 1
		last = $1 }
	END { exit !left }' "$log"
# a song that met most of the six refusals would wait for hours
run 0 retry
run 0 refresh
is 'and then asked for all' eval 'counts lyrics pending 0 &&
	counts lyrics failed 0 && [ "$(count lyrics done)" -gt 4 ]'

# ---- down for good -----------------------------------------------------------
start_mock down -x lrclib=drop
configure 500 7 lastfm lrclib
db=$work/down.db
is 'one that is down does not end the others' run 0 refresh
is 'it is said' grep -q 'LRCLIB: it fails again and again' "$work/err"
is 'and asked no more, after a few calls' eval \
	'[ "$(calls lrclib)" -ge 5 ] && [ "$(calls lrclib)" -le 32 ]'
is 'all wait' eval 'counts lyrics failed 0 && counts lyrics done 0'
start_mock up
configure 500 7 lastfm lrclib
is 'when it is back the next refresh asks it' run 0 refresh
export_to "$work/up.json"
is 'to the same catalog' cmp "$work/well.json" "$work/up.json"

# ---- blocked, and a day ------------------------------------------------------
start_mock wall -x lrclib=html
configure 500 7 lastfm lrclib
db=$work/wall.db
run 0 refresh
is 'a service that blocks us' eval '[ "$(count lyrics blocked)" -ge 5 ]'
start_mock open
configure 500 7 lastfm lrclib
run 0 refresh
is 'is not asked the same day' calls_are lrclib 0
sql 'UPDATE task SET at = at - 90000'
sql 'UPDATE quota SET until = until - 90000 WHERE until > 0'
is 'a day later it is' run 0 refresh
is 'for all that was blocked' counts lyrics blocked 0
export_to "$work/open.json"
is 'to the same catalog, too' cmp "$work/well.json" "$work/open.json"

# ---- readers -----------------------------------------------------------------
# one that stays, waits for nobody and looks for halves of songs; and one that
# comes and goes
cat >"$work/reader.py" <<'PY'
import os, sqlite3, sys, time
path, end, seen = sys.argv[1], sys.argv[2], set()
while not os.path.exists(path + ".refresh"):
    time.sleep(0.01)
db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=0)
while not os.path.exists(end):
    db.execute("BEGIN")
    tally, tracks, halves = db.execute("""SELECT (SELECT tracks FROM tally),
        (SELECT count(*) FROM track), (SELECT count(*) FROM track t WHERE
            NOT EXISTS (SELECT 1 FROM source WHERE track = t.id)
            OR NOT EXISTS (SELECT 1 FROM artist WHERE id = t.artist)
            OR (valence IS NOT NULL AND NOT EXISTS
                (SELECT 1 FROM mood_fact WHERE track = t.id)))""").fetchone()
    db.execute("COMMIT")
    if tally != tracks or halves:
        sys.exit(f"{tracks} tracks, {tally} counted, {halves} halves")
    seen.add(tracks)
    time.sleep(0.005)
print(len(seen))
PY
start_mock read -d 5
configure 30 14 $all
db=$work/read.db
python3 "$work/reader.py" "$db" "$work/end" >"$work/seen" 2>"$work/halves" &
reader=$!
(
	until [ -e "$work/end" ]; do
		[ ! -e "$db.refresh" ] ||
			"$etl" --catalog "$db" export --json 2>>"$work/torn" |
			jq -es 'all(.artist and .title and .uri)' \
				>/dev/null 2>>"$work/torn" ||
			echo torn >>"$work/torn"
		sleep 0.1
	done
) &
comer=$!
is 'a refresh goes on while others read' run 0 refresh
: >"$work/end"
wait $reader
is 'who reads waits for nobody, and sees whole songs' eval \
	'[ $? -eq 0 ] && [ ! -s "$work/halves" ] && [ -s "$work/seen" ]'
is 'and sees them come' [ "$(cat "$work/seen")" -ge 2 ]
wait $comer
is 'who comes and goes reads it each time' [ ! -s "$work/torn" ]

exit $failed
