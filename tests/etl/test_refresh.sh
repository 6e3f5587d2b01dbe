#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien-etl refresh end to end, against a mock of all services (mock.c) that
# misbehaves on purpose: counts, exports, kills, secrets, rates, exit statuses.
. "$(dirname "$0")/services.sh"

# ---- undisturbed -------------------------------------------------------------
keys
start_mock clean
configure 500 14 $all
db=$work/clean.db
run 0 plan && is 'a plan counts calls and writes nothing' test ! -e "$db"
is 'a refresh from an empty catalog ends well' run 0 refresh
export_to "$work/clean.json"
is 'every artist is asked for tracks' counts tracks done 14
# of 14 bands every seventh has no tags, nor every fifth song of the others
is 'tracks with tags' counts tags done 48
is 'tracks without' counts tags missing 22
is 'their artists are asked' counts artist-tags done 12
is 'two artists have no tags either' counts artist-tags missing 2
is 'four songs in five stand at Genius' counts songs done 56
is 'lyrics of four in five' counts lyrics done 56
is 'pages where there are none' counts pages done 14
# song 1 of each band is linked nowhere; seven bands have a channel that is
# known, on which three have nothing of the right length
is 'the uploads of every channel are listed once' \
	asked_are /youtube/playlistItems 14
is 'the ten that nobody else knows are searched for' \
	asked_are /youtube/search 10
video_of() {
	jq -es "any(.title == \"Song $1\" and .uri ==
		\"https://www.youtube.com/watch?v=$2\")" "$work/clean.json"
}
is 'a listed video is taken' video_of '0 1' v0000000001
is 'one of another length is not' video_of '2 1' v0000200001
is 'songs, stations and free music are in the export' \
	lines_are "$work/clean.json" 70
is 'songs without any genre are left out, and counted' left_out_is 10
is 'each has an address and a mood, all but stations a genre' jq -se \
	'all(.valence != null and
		(.genre != null or (.uri | startswith("http://stream"))))' \
	"$work/clean.json"
before=$(wc -l <"$log")
is 'a second refresh has nothing to ask' run 0 refresh
is 'and asks nothing' lines_are "$log" "$before"

# ---- secrets -----------------------------------------------------------------
words='lfm.KEY lfm%2BKEY genTOKEN ytKEY jamID'
nowhere() {
	for w in "$@"; do
		! grep -aqr -- "$w" "$work"/clean.db* "$work/state" \
			"$work/out" "$work/err" || return 1
	done
}
is 'no key stands in catalog, cache, log or message' nowhere $words
is 'no lyrics stand in them either' nowhere SECRETWORD
only_at() { ! grep -v "	$1	" "$log" | grep -q -- "$2"; }
is 'keys go to their own service alone' eval \
	'only_at lastfm lfm && only_at genius genTOKEN && only_at youtube ytKEY &&
	only_at jamendo jamID'
agents() { ! cut -f4 "$log" | grep -qv '^mien-etl/[0-9.]* (+http'; }
is 'every call says who calls' agents

# ---- ListenBrainz -------------------------------------------------------------
export LISTENBRAINZ_TOKEN=lbTOK77777
start_mock heard -f 15 -k '503 drop'
configure 500 5 lastfm musicbrainz listenbrainz
db=$work/heard.db
run 0 plan
is 'the plan counts ListenBrainz' grep -q '^listenbrainz' "$work/out"
is 'sources asks for an address that MusicBrainz may write to' eval \
	'run 0 sources && grep -q "set etl.contact" "$work/out"'
is 'a refresh asks it' run 0 refresh
is 'for each artist whose id is known' counts popular done 5
is 'and each tag' counts tagged done 2
export_to "$work/heard.json"
# songs of band 0, 2 and 4 have the id, by MusicBrainz or by name
is 'a recording has its tags' jq -es 'map(select(.tags | index("calm"))) |
	map(.title) == ["Song 0 1", "Song 2 1", "Song 4 1"]' "$work/heard.json"
is 'its token goes there alone' only_at listenbrainz lbTOK
unset LISTENBRAINZ_TOKEN

# ---- misbehaviour ------------------------------------------------------------
start_mock rough -f 15 -k 'drop cut 429 429after 503 utf8'
configure 500 14 $all
db=$work/rough.db
is 'a refresh gets through temporary faults' run 0 refresh
export_to "$work/rough.json"
is 'to the same catalog' cmp "$work/clean.json" "$work/rough.json"

start_mock bad -f 15 -k 'type huge deep'
configure 500 14 $all
db=$work/bad.db
is 'answers that are none end their own task' run 0 refresh
is 'as failed' eval '[ "$(status_sum failed)" -gt 5 ]'
is 'none is left undone' eval '[ "$(status_sum pending)" -eq 0 ]'
run 0 retry --dead
for _ in 1 2 3; do
	run 0 retry --dead
	run 0 refresh
done
export_to "$work/bad.json"
is 'retry and refresh reach the same catalog' \
	cmp "$work/clean.json" "$work/bad.json"

start_mock wall -x pages=html -x lrclib=html
configure 500 14 $all
db=$work/wall.db
is 'a service that blocks us does not end the rest' run 0 refresh
is 'blocked is not missing' eval 'counts lyrics missing 0 &&
	[ "$(count lyrics blocked)" -ge 5 ]'
is 'and the service is left alone' eval '[ "$(calls lrclib)" -le 14 ]'
before=$(calls lrclib)
run 0 refresh
is 'in the next refresh, too' eval '[ "$(calls lrclib)" -eq "$before" ]'

start_mock quota -x youtube=quota
configure 500 14 $all
db=$work/quota.db
is 'a used-up quota does not end the rest' run 0 refresh
is 'one search told it' eval '[ "$(grep -c "youtube	quota" "$log")" -eq 1 ]'
before=$(grep -c 'youtube	quota' "$log")
run 0 refresh
is 'no search before the next day' eval \
	'[ "$(grep -c "youtube	quota" "$log")" -eq "$before" ]'
is 'list calls go on' grep -q '/youtube/videos' "$log"

# ---- kills -------------------------------------------------------------------
start_mock kill -d 20
configure 7 14 $all
db=$work/kill.db
: >"$work/kills"
for i in $(seq 20); do
	"$etl" --config "$work/config.yaml" --catalog "$db" refresh \
		>/dev/null 2>&1 </dev/null &
	pid=$!
	sleep "0.$(awk "BEGIN { srand($i); print 15 + int(rand() * 35) }")"
	kill -9 $pid 2>/dev/null && echo >>"$work/killed"
	wait $pid 2>/dev/null
	cut -d' ' -f1 /proc/uptime >>"$work/kills"
done
is 'the kills hit it at work' eval '[ "$(wc -l <"$work/killed")" -ge 15 ]'
is 'after twenty kills a refresh ends well' run 0 refresh
export_to "$work/kill.json"
is 'in the same catalog' cmp "$work/clean.json" "$work/kill.json"
# An answer is kept before the next ones are waited for. So many are under way at
# once at the most: of a call with as many behind it in its run the answer was
# taken, however slow the machine is.
again() {
	awk -F'\t' -v under_way=30 'NR == FNR {
			ended[++n] = $1 * 1000; next }
		{ run = 1
		while (run <= n && ended[run] + 20 < $1)
			run++
		if ($6 in at && calls[ran[$6]] - at[$6] >= under_way)
			bad++
		at[$6] = ++calls[run]; ran[$6] = run }
		END { exit bad > 0 }' "$work/kills" "$log"
}
is 'and no call is made twice that was answered' again

at_work() {
	for _ in $(seq 300); do
		[ -s "$log" ] && return
		sleep 0.1
	done
}

# ---- Ctrl-C ------------------------------------------------------------------
start_mock stop -d 50
configure 5 14 $all
db=$work/stop.db
"$etl" --config "$work/config.yaml" --catalog "$db" refresh >"$work/out" \
	2>"$work/err" </dev/null &
pid=$!
at_work
sleep 1
begun=$(date +%s)
kill -TERM $pid
wait $pid
is 'stopped once it ends within ten seconds' eval \
	'[ $(($(date +%s) - begun)) -le 10 ]'
is 'and leaves nothing running' eval '[ "$(status_sum running)" -eq 0 ]'
rate_kept() {
	awk -F'\t' '$2 == "lastfm" { t[++n] = $1 / 1000 }
		END { for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++)
			if (j - i + 1 > 5 * (t[j] - t[i] + 0.1) + 6) exit 1 }' \
		"$log"
}
is 'the rate was kept' rate_kept

start_mock twice -d 6000
configure 5 14 $all
db=$work/twice.db
# in a shell of its own, that says nothing of how it ended
(
	"$etl" --config "$work/config.yaml" --catalog "$db" refresh \
		>"$work/out" 2>"$work/err" </dev/null &
	pid=$!
	sleep 0.1
	while [ ! -s "$db" ] || ! "$etl" --catalog "$db" status --json |
		jq -e '[.stages[].running // 0] | add > 0' >/dev/null; do
		sleep 0.1
	done
	kill -TERM $pid
	sleep 0.5
	kill -TERM $pid
	wait $pid
	echo $? >"$work/ended"
) 2>/dev/null
is 'stopped twice it ends at once, whatever is under way' \
	[ "$(cat "$work/ended")" -eq 143 ]

# ---- without keys ------------------------------------------------------------
unset LASTFM_API_KEY GENIUS_ACCESS_TOKEN YOUTUBE_API_KEY JAMENDO_CLIENT_ID
start_mock radio
configure 500 14 lastfm genius youtube jamendo radiobrowser
db=$work/radio.db
is 'without any key there are stations' run 0 refresh
is 'and a sentence for each key that lacks' eval \
	'[ "$(grep -c "left out: there is no" "$work/err")" -eq 4 ]'
export_to "$work/radio.json"
is 'that play' eval 'lines_are "$work/radio.json" 6 &&
	jq -se "all(.uri | startswith(\"http\"))" "$work/radio.json"'

start_mock down -x radiobrowser=503
configure 500 14 radiobrowser
db=$work/down.db
is 'when all fails for now, it is 75' run 75 refresh

keys
start_mock key -x lastfm=key
configure 500 14 lastfm
db=$work/key.db
is 'a key that is refused is 78' run 78 refresh
is 'after one call or two' eval '[ "$(calls lastfm)" -le 4 ]'

# ---- words and files ---------------------------------------------------------
is 'sources names every service' eval 'run 0 sources &&
	[ "$(grep -cE " (on|off) " "$work/out")" -eq 11 ]'
is 'and YouTube in its own words' grep -q 'youtube.com/t/terms' "$work/out"
is 'an unknown stage is 64' run 64 refresh --only nonsense
is 'an unknown command is 64' run 64 refrehs
mkdir -p "$work/config/mien"
echo 'LASTFM_API_KEY=x' >"$work/config/mien/secrets"
chmod 644 "$work/config/mien/secrets"
is 'keys that others may read are 78' run 78 sources
rm "$work/config/mien/secrets"
printf 'etl:\n  sources:\n    lrclib: {base_url: "http://example.org"}\n' \
	>"$work/config.yaml"
is 'plain http to others is 78' run 78 plan
is 'and names file and line' grep -q 'config.yaml:3:' "$work/err"

exit $failed
