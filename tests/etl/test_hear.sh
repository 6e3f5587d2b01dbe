#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# import listens: the starter music, whose arousal its composers set, is heard
# as they meant it; an import that was stopped goes on where it was.
etl=$MIEN_BUILD/mien-etl
music=$MIEN_ROOT/build/share/mien/starter
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state"
. "${MIEN_ROOT:?}/tests/tap.sh"

db=$work/data/mien/catalog.db
ask() {
	python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])' \
		"$db" "$1" 2>/dev/null
}
prints() { grep -qF -- "$1" "$work/out"; }

mkdir "$work/few"
for piece in harbour-ska porcelain-morning salt-and-chrome; do
	cp "$music/$piece.opus" "$work/few"
done
printf 'no sound' >"$work/few/broken.opus"

"$etl" import --no-measure "$work/few" >"$work/out" 2>"$work/err"
is '--no-measure listens to nothing' [ "$(ask 'SELECT count(*) FROM sound')" = 0 ]
is 'import listens' "$etl" import "$work/few"
is 'to each file' [ "$(ask 'SELECT count(*) FROM sound')" = 4 ]
is 'and what holds no sound tells nothing' \
	[ "$(ask "SELECT count(*) FROM mood_fact WHERE provenance = 'audio'")" = 3 ]
"$etl" export --json >"$work/out"
is 'the export says what was heard' grep -q '"provenance":"audio 0/' "$work/out"
"$etl" import "$work/few" >"$work/out" 2>"$work/err"
is 'again, there is nothing to hear' [ "$(grep -c measured "$work/out")" = 0 ]
touch "$work/few/harbour-ska.opus"
"$etl" import "$work/few" >"$work/out" 2>"$work/err"
is 'but what changed' prints '1 file measured'

# ---- stopped in the middle -------------------------------------------------
rm -rf "$work/data"
# the whole group is told to stop, as by a service manager
setsid "$etl" import "$music" >"$work/out" 2>"$work/err" </dev/null &
pid=$!
while kill -0 $pid 2>/dev/null && ! [ "$(ask 'SELECT count(*) FROM sound')" -gt 1 ] 2>/dev/null; do
	sleep 0.1
done
kill -s TERM -- -$pid
wait $pid
is 'SIGTERM ends the listening' [ $? -eq 130 ]
heard=$(ask 'SELECT count(*) FROM sound')
all=$(find "$music" -name '*.opus' | wc -l)
is 'with a part of it done' [ "$heard" -lt "$all" ]
"$etl" import "$music" >"$work/out" 2>"$work/err"
is 'the rest is heard the next time, and no file twice' \
	prints "$((all - heard)) files measured, 0 without enough sound."

python3 - "$db" "$music/starter.tsv" >"$work/out" 2>"$work/err" <<'PY'
import csv, math, os, sqlite3, sys
meant = {row["file"]: float(row["arousal"])
         for row in csv.DictReader(open(sys.argv[2]), delimiter="\t")}
pairs = [(meant[os.path.basename(uri)], arousal)
         for uri, arousal in sqlite3.connect(sys.argv[1]).execute(
             "SELECT uri, arousal FROM mood_fact JOIN source USING (track)"
             " WHERE provenance = 'audio'")]
n = len(pairs)
mx, my = (sum(p[i] for p in pairs) / n for i in (0, 1))
r = sum((x - mx) * (y - my) for x, y in pairs) / math.sqrt(
    sum((x - mx) ** 2 for x, _ in pairs) * sum((y - my) ** 2 for _, y in pairs))
error = sum(abs(x - y) for x, y in pairs) / n
print("n %d, r %.3f, mean error %.3f" % (n, r, error))
sys.exit(n < 20 or r < 0.7 or error > 0.35)
PY
fit=$?
is "arousal is heard as it was meant: $(cat "$work/out")" [ $fit -eq 0 ]
exit $failed
