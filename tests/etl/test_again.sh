#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What mien-etl asks in its next refresh: answers that grew old, quotas that
# were used, a day that has ended.
. "$(dirname "$0")/services.sh"

kinds() { [ "$(awk -F'\t' -v k="$1" '$3 == k' "$log" | wc -l)" -eq "$2" ]; }

# ---- answers that grew old ---------------------------------------------------
keys
start_mock etag -e
configure 500 7 lastfm radiobrowser jamendo
db=$work/etag.db
is 'a refresh of answers that have an ETag' run 0 refresh
export_to "$work/before.json"
asked=$(wc -l <"$log")
is 'none of which is known' kinds same 0
sql 'UPDATE task SET at = 1'
sql 'UPDATE answer SET at = 1, until = 2'
is 'a month later it refreshes again' run 0 refresh
is 'each is asked whether it has changed' kinds same "$asked"
export_to "$work/after.json"
is 'what was said before still holds' cmp "$work/before.json" "$work/after.json"
is 'and is kept for as long again' \
	[ "$(sql 'SELECT count(*) FROM answer WHERE until < 1000')" = 0 ]
asked=$(wc -l <"$log")
run 0 refresh
is 'so that nothing is asked the next time' lines_are "$log" "$asked"
sql "UPDATE answer SET until = 2, body = x'78', etag = 'another'"
sql 'UPDATE task SET at = 1'
is 'where it has changed the new answer counts' run 0 refresh
export_to "$work/after.json"
is 'and is whole' cmp "$work/before.json" "$work/after.json"

# ---- the day's searches ------------------------------------------------------
# by POSIX' rule, for a machine need not have the zones' table
today() { TZ='PST8PDT,M3.2.0,M11.1.0' date +%F; }
searches() { grep -c 'youtube	.*/youtube/search' "$log"; }

start_mock day -d 5
configure 500 14 lastfm youtube musicbrainz
db=$work/day.db
run 0 plan
"$etl" --config "$work/config.yaml" --catalog "$db" refresh --limit 1 \
	>/dev/null 2>&1
sql "INSERT OR REPLACE INTO quota (name, day, used)
	VALUES ('youtube-search', '$(today)', 97)"
is 'with three searches left' run 0 refresh
is 'there are three searches' [ "$(searches)" -eq 3 ]
is 'status says that none is left' eval 'run 0 status --json &&
	jq -e ".quotas[\"youtube-search\"] == 0" "$work/out"'
# "Song BAND PLACE": the first songs of all bands, then the second ones
ranks() { sed 's/.*Song[+ ]*\([0-9]*\)[+ ]*\([0-9]*\).*/\1 \2/' |
	awk '{ print $2 * 1000 + $1 }'; }
sql "SELECT d.title FROM task t JOIN draft d ON d.id = t.draft
	WHERE t.stage = 12 AND t.state = 0" | ranks | sort -n >"$work/waiting"
grep '/youtube/search' "$log" | sed 's/%20/ /g' | ranks | sort -n \
	>"$work/searched"
is 'which are those of the songs highest in rank' eval \
	'[ "$(tail -n1 "$work/searched")" -lt "$(head -n1 "$work/waiting")" ]'
run 0 refresh
is 'a second start the same day searches no more' [ "$(searches)" -eq 3 ]
sql "UPDATE quota SET day = '2020-01-01', until = 0"
is 'on another day' run 0 refresh
is 'the rest is searched for' eval '[ "$(searches)" -gt 3 ] &&
	[ -z "$(sql "SELECT 1 FROM task WHERE stage = 12 AND state = 0")" ]'

# a search is made before all else is through, where that takes it from nobody
start_mock early -d 5
configure 500 14 lastfm youtube musicbrainz
sed -i '/musicbrainz/s/rate: 500/rate: 30/' "$work/config.yaml"
db=$work/early.db
run 0 refresh
is 'searches go on beside the slowest service' awk -F'\t' '
	/\/youtube\/search/ && !first { first = NR }
	$2 == "musicbrainz" { last = NR }
	END { exit !(first && first < last - 10) }' "$log"

# ---- what others wrote to the file ----------------------------------------------
start_mock planted
configure 500 2 lastfm radiobrowser
db=$work/planted.db
run 0 refresh
for stage in -7 99 2000000000; do
	sql "INSERT INTO task (stage, lane, key, rank) VALUES ($stage, 0, 'x', 0)"
done
is 'calls of stages that there are not end no refresh' run 75 refresh
is 'and are settled' [ "$(sql 'SELECT count(*) FROM task
	WHERE state = 5 AND stage NOT BETWEEN 0 AND 50')" = 3 ]

# ---- mirrors -----------------------------------------------------------------
# stations_at ADDRESS...: Radio Browser alone, there
stations_at() {
	configure 500 7 radiobrowser
	awk -v at="$*" '/radiobrowser/ { sub(/base_url: "[^"]*"/,
		"base_url: \"" at "\"") } { print }' "$work/config.yaml" \
		>"$work/mirrors.yaml"
	mv "$work/mirrors.yaml" "$work/config.yaml"
}

# a port where nobody listens, a server that is down, and one that answers
start_mock mirrors -x genius=503
here=http://127.0.0.1:$port
stations_at http://127.0.0.1:1/ "$here/genius" "$here/radiobrowser"
db=$work/mirrors.db
is 'where one address fails the next is asked' run 0 refresh
export_to "$work/mirrors.json"
is 'and answers' lines_are "$work/mirrors.json" 6
asked=$(wc -l <"$log")
stations_at http://127.0.0.1:1/
db=$work/one.db
is 'one address means that one alone' run 75 refresh
is 'and no other' lines_are "$log" "$asked"

exit $failed
