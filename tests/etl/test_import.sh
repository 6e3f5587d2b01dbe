#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien-etl end to end: folders, lists, the starter list, export, status,
# faults and exit statuses, on files made here.
etl=$MIEN_BUILD/mien-etl
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) && trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
export HOME="$work" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state"
unset MIEN_DATADIR
. "${MIEN_ROOT:?}/tests/tap.sh"

# run STATUS ARGUMENT...: whether mien-etl ends so; its output in out and err
run() {
	want=$1
	shift
	timeout 60 "$etl" "$@" >"$work/out" 2>"$work/err" </dev/null
	[ $? -eq "$want" ]
}
says() { grep -qF -- "$1" "$work/err"; }
prints() { grep -qF -- "$1" "$work/out"; }
sentence() { [ "$(wc -l <"$work/err")" -eq 1 ] && grep -q '^mien-etl: .*\.$' "$work/err"; }
exported() { "$etl" export --json 2>/dev/null | jq -e -s "$1"; }
plain() { ! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$work/out" "$work/err"; }
fresh() { rm -rf "$work/data"; }

python3 "$here/make_music.py" "$work/music" || exit 1

# ---- the command line ----------------------------------------------------------
is '--version says the version' run 0 --version
is 'and nothing else' grep -qE '^mien-etl [0-9]+\.[0-9]+\.[0-9]+$' "$work/out"
is '--help goes to standard output' run 0 --help
is 'and names the commands' prints 'import PATH...'
is 'no command is a usage fault' run 64
is 'an unknown command is a usage fault' run 64 frobnicate
is 'and says so in a sentence' sentence
is 'an unknown option is a usage fault' run 64 status --frobnicate
is 'and names it' says '--frobnicate'
is 'an option without its value, too' run 64 status --catalog
is 'an option of another command, too' run 64 status --ytdl
is 'a word too many, too' run 64 status now
is 'import without a path, too' run 64 import
is 'a catalog that is not there is no input' run 66 status
is 'and the sentence says what to do' says 'mien-etl starter'
is 'no home: a sentence' env -u HOME -u XDG_DATA_HOME sh -c \
	"'$etl' status 2>&1 | grep -q 'set HOME'"
tr -d '\\' <"$MIEN_ROOT/docs/mien-etl.1" >"$work/manual"
is 'every option stands in the manual' sh -c "
	'$etl' --help | grep -oE -- '--[a-z]+' | sort -u | while read -r option; do
		grep -qF -- \"\$option\" '$work/manual' || exit 1
	done"
is 'every command, too' sh -c "
	'$etl' --help | sed -n '/^Commands/,/^Options/p' |
	grep -oE '^  [a-z]+' | while read -r command; do
		grep -q \"^[.]B \$command\" '$work/manual' || exit 1
	done"
if command -v man >/dev/null; then
	is 'the manual has no faults' sh -c "
		[ -z \"\$(man --warnings -l '$MIEN_ROOT/docs/mien-etl.1' 2>&1 >/dev/null)\" ]"
fi

# ---- a folder ------------------------------------------------------------------
is 'a folder is imported' run 0 import "$work/music"
is 'with nine songs' prints '9 songs: 9 new, 0 changed, 0 as before.'
is 'bad files are counted' prints '3 entries could not be read.'
is 'and named: empty' says 'empty.mp3: is empty.'
is 'and named: no music' says 'text.flac: holds no music'
is 'in the log, too' grep -q 'random.ogg' "$work/state/mien/mien-etl.log"
is 'and nothing more' [ "$(wc -l <"$work/err")" -eq 3 ]
is 'tags: FLAC' exported 'any(.artist == "Björk Öst" and .title == "Snow & Ash" and .genre == "Trip-Hop")'
is 'tags: MP3' exported 'any(.artist == "The Lanterns" and .title == "Copper Kites")'
is 'tags: WAV' exported 'any(.artist == "Mira Quist" and .title == "First Warm Day")'
is 'names from the file' exported 'any(.artist == "Paper Harbour" and .title == "Sunlit Stairs")'
is 'names from the folders' exported 'any(.artist == "Ada Fenn" and .title == "Slow Bus Home")'
is 'addresses are absolute paths' exported 'all(.uri | test("^(/|file:///)"))'
is 'hidden folders are left out' exported 'all(.artist != "Hidden")'
is 'a genre gives a mood' exported 'any(.genre == "Metal" and .valence < 0 and .arousal > 0.5 and .provenance == "genre")'
is 'no genre, no mood' exported 'any(.artist == "Nobody Yet" and .valence == null and .provenance == null)'
is 'control bytes of tags are gone' exported 'any(.artist == "Evil]0;owned Artist")'
is 'a name of any bytes is kept as an address' exported 'any(.artist == "Bad Bytes" and (.uri | endswith("/bad%FF%FEname.mp3")))'
is 'objects have these keys' exported 'all(keys == ["arousal","artist","genre","language","lyric_label","provenance","tags","title","uri","valence"])'
is 'the export is ordered' exported '. == sort_by(.artist | ascii_downcase)'
run 0 export
is 'the table has a line a track' [ "$(wc -l <"$work/out")" -eq 10 ]
is 'and is plain text' plain

# ---- lyrics beside a file ------------------------------------------------------
cat >"$work/music/second.lrc" <<'LRC'
[ar:The Lanterns]
[00:01.00]I walk the empty road at night
[00:05.00]The house is dark and you are gone
[00:09.00]Goodbye to all the days we lost
LRC
printf 'Camino solo por la noche y pienso siempre en ti\nla luna no me quiere hablar de amor\n' \
	>"$work/music/third.lrc"
mkfifo "$work/music/fourth.lrc"
is 'lyrics beside a file are read' run 0 import "$work/music"
is 'for their mood' exported 'any(.artist == "The Lanterns" and .lyric_label == "negative" and .language == "en" and (.provenance | test("^genre .*, lyrics .*/0%$")))'
is 'what is not English is recognised and not scored' exported 'any(.artist == "Mira Quist" and .lyric_label == "unknown" and .language == "es" and .provenance == "genre")'
is 'and no word of them is kept' sh -c "! grep -aqiE 'empty road|camino' '$work'/data/mien/* '$work'/state/mien/*"
rm "$work"/music/*.lrc

# ---- again ---------------------------------------------------------------------
"$etl" export --json >"$work/first.ndjson"
is 'again' run 0 import "$work/music"
is 'adds nothing' prints '9 songs: 0 new, 0 changed, 9 as before.'
"$etl" export --json >"$work/second.ndjson"
is 'and changes nothing' cmp "$work/first.ndjson" "$work/second.ndjson"
python3 - "$here" "$work" <<'PY'
import sys, runpy, os
sys.argv = ["x", sys.argv[2] + "/again", sys.argv[2]]
make = runpy.run_path(os.environ["MIEN_ROOT"] + "/tests/etl/make_music.py")
os.chdir(sys.argv[2] + "/music")
make["flac"]("first.flac", ARTIST="Björk Öst", TITLE="Snow & Ash",
             ALBUM="Cold Rooms", GENRE="Jazz")
make["mp3"]("second.MP3", TPE1="The Lanterns", TIT2="Copper Kites (Right)")
PY
is 'new tags' run 0 import "$work/music"
is 'change two' prints '9 songs: 0 new, 2 changed, 7 as before.'
is 'the genre' exported 'any(.title == "Snow & Ash" and .genre == "Jazz")'
is 'the title' exported 'any(.title == "Copper Kites (Right)")'
is 'and none is left twice' exported 'length == 9'
is 'status works' run 0 status
is 'nothing is missing' prints 'Files that are gone  0'
rm "$work/music/third.wav"
run 0 status
is 'a missing file is reported' prints 'Files that are gone  1'
is 'by name' prints 'third.wav'
run 0 status --json
is 'in JSON, too' jq -e '.tracks == 9 and .sources.import == 9 and (.missing | length == 1)' "$work/out"
run 0 import "$work/music"
is 'and is never dropped' exported 'length == 9'

# ---- lists ---------------------------------------------------------------------
fresh
mkdir "$work/lists"
cat >"$work/lists/list.m3u" <<'LIST'
#EXTM3U
#EXTINF:123,Shown Name - Shown Title
../music/first.flac
#EXTINF:-1,Radio Foo
http://radio.example/stream
..\music\fourth.flac
gone.mp3
av://lavfi:sine
|cat /etc/passwd
--script=/tmp/x
LIST
is 'a playlist' run 0 import "$work/lists/list.m3u"
is 'has three songs' prints '3 songs: 3 new'
is "the file's own tags come first" exported 'any(.artist == "Björk Öst")'
is 'a station keeps its name' exported 'any(.title == "Radio Foo" and .uri == "http://radio.example/stream")'
is 'Windows parts folders so' exported 'any(.artist == "Nobody Yet")'
is 'a missing file is named with its line' says 'list.m3u:7: gone.mp3: there is no such file.'
is 'an address of another kind, too' says 'list.m3u:8: av://lavfi:sine: an address of a kind that is not played'
is 'pipes and options are no files' says 'list.m3u:10: --script=/tmp/x: there is no such file.'

cat >"$work/lists/exportify.csv" <<'LIST'
Track URI,Track Name,Artist Name(s),Album Name,Track Duration (ms),Genres,Energy,Valence,Tempo
spotify:track:1,Untold,"Nobody Yet, Somebody",X,7000,dream pop,0.9,0.8,150
spotify:track:2,"Not
Here",Unheard,Y,1000,,0.5,0.5,120
LIST
is "Exportify's list" run 0 import "$work/lists/exportify.csv"
is 'gives a known song its mood' exported 'any(.title == "Untold" and .valence == 0.6 and .arousal == 0.74 and .provenance == "audio features" and (.uri | endswith("fourth.flac")))'
is 'and counts the unknown' prints '1 song had no address'
is 'which --ytdl enters as a search' run 0 import --ytdl "$work/lists/exportify.csv"
is 'to be made when it is played' exported 'any(.uri == "ytdl://ytsearch1:Unheard Not Here")'

printf 'artist;title;uri;valence;arousal;tags\r\nAda;Morning;%s;-0,5;0;\r\nAda;Evening;%s;-0.5;0.25;rain, slow\r\n' \
	"$work/music/first.flac" "https://a.example/x.ogg" >"$work/lists/own.csv"
is 'our own columns' run 0 import "$work/lists/own.csv"
is "with a person's mood" exported 'any(.title == "Evening" and .valence == -0.5 and .arousal == 0.25 and .provenance == "import" and .tags == ["rain","slow"])'
is 'a wrong number is named with its line' says 'own.csv:2: not a number'
is 'no header is a fault' run 65 import /dev/stdin
printf 'Ada,Morning\n' >"$work/lists/bare.csv"
is 'a list without a header' run 65 import "$work/lists/bare.csv"
is 'is told what is wanted' says 'bare.csv:1: the first line names no columns artist and title; columns are'
printf 'artist,title,uri\nA,B,http://a.example/b\n"C,D\n' >"$work/lists/open.csv"
is 'an open quote is a fault' run 65 import "$work/lists/open.csv"
is 'with its line' says 'open.csv:3: a quote that opens here never closes.'
is 'what came before it is in' exported 'any(.uri == "http://a.example/b")'

cat >"$work/lists/list.jspf" <<'LIST'
{"playlist": {"title": "x", "track": [
 {"title": "Jay", "creator": "Ess", "location": ["https://a.example/j.ogg"], "duration": 5000},
 {"location": "file:///etc/passwd"},
 {"title": "Copper Kites", "creator": "Nobody"}]}}
LIST
is 'JSPF' run 0 import "$work/lists/list.jspf"
is 'gives its song' exported 'any(.artist == "Ess" and .uri == "https://a.example/j.ogg")'
is 'and no file that is no music' exported 'all(.uri | contains("passwd") | not)'
printf '{"playlist": [' >"$work/lists/cut.jspf"
is 'cut JSON is a fault' run 65 import "$work/lists/cut.jspf"
is 'with line and column' says 'cut.jspf:1:14: no JSON'

"$etl" export --json >"$work/lists/all.ndjson"
fresh
is 'an export comes back in' run 0 import "$work/lists/all.ndjson"
"$etl" export --json >"$work/back.ndjson"
is 'as it was' cmp "$work/lists/all.ndjson" "$work/back.ndjson"

# ---- faults --------------------------------------------------------------------
is 'a path that is not there' run 66 import "$work/nowhere"
is 'is named' says "$work/nowhere: importing it: No such file"
is 'a picture is no list' run 65 import "$work/music/cover.jpg"
is 'other paths are imported all the same' run 66 import "$work/nowhere" "$work/music/fourth.flac"
is 'with what they hold' prints '1 song:'
is 'nothing but failures is a failure' run 65 import "$work/music/empty.mp3"
is 'a FIFO is not waited for' run 65 import "$work/music/pipe.mp3"
printf 'no database' >"$work/other.db"
is 'a file that is no catalog' run 65 --catalog "$work/other.db" import "$work/music"
is 'is left as it was' [ "$(cat "$work/other.db")" = 'no database' ]
is 'a full disk is not a success' sh -c "'$etl' export >/dev/full 2>'$work/err'; [ \$? -eq 74 ]"

# ---- what others wrote to the file ----------------------------------------------
# none of it went through the program: escapes, a C1 control, bidi overrides
fresh
run 0 import "$work/music/first.flac"
python3 - "$work/data/mien/catalog.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
bad = "a\x1b]0;owned\x07b\u009b31mc\u202ed\u2066e\nf\tg"
db.execute("UPDATE tag SET name = ?", (bad,))
if not db.execute("SELECT count(*) FROM track_tag").fetchone()[0]:
    db.execute("INSERT INTO tag (name) VALUES (?)", (bad,))
    db.execute("INSERT INTO track_tag (track, tag, weight)"
               " SELECT t.id, g.id, 1 FROM track t, tag g")
db.execute("UPDATE source SET uri = ?, source = ?", ("/nowhere/" + bad, bad))
db.execute("UPDATE mood_fact SET provenance = ?", (bad,))
db.commit()
PY
bad='a]0;ownedb31mcde f g'
is 'planted texts are clean in an export' exported "
	.[0] | .tags == [\"$bad\"] and .uri == \"/nowhere/$bad\" and
		.provenance == \"$bad\""
run 0 export
is 'in its table' eval '[ "$(wc -l <"$work/out")" -eq 2 ] && plain'
run 0 status
is 'in status' eval 'prints "nowhere/$bad" && plain'
is 'in its JSON, too' eval 'run 0 status --json && jq -e \
	".sources == {\"$bad\": 1} and .missing == [\"/nowhere/$bad\"]" \
	"$work/out"'

# ---- starter -------------------------------------------------------------------
mkdir "$work/starter"
cp "$work/music/first.flac" "$work/starter/one.flac"
printf 'file\ttitle\tartist\tgenre\tseconds\tvalence\tarousal\ttags\n' >"$work/starter/starter.tsv"
printf 'one.flac\tOne\tmien\tpop\t60\t0.5\t0.25\tbright,warm\n' >>"$work/starter/starter.tsv"
fresh
is 'starter' run 0 starter --dir "$work/starter"
is 'counts its pieces' prints '1 starter pieces'
is 'and enters them' exported '.[0] | .title == "One" and .provenance == "composer" and .valence == 0.5 and .tags == ["bright","warm"]'
is 'starter without music' run 66 starter --dir "$work/lists"

# ---- Ctrl-C --------------------------------------------------------------------
fresh
mkdir "$work/many"
for i in $(seq 1 400); do
	cp "$work/music/fourth.flac" "$work/many/Artist $i - Song $i.flac"
	printf 'Artist %s,Song %s,%s\n' "$i" "$i" "$work/many/Artist $i - Song $i.flac"
done >"$work/rows"
{ echo artist,title,uri; for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$work/rows"; done; } >"$work/lists/many.csv"
"$etl" import "$work/lists/many.csv" >"$work/out" 2>"$work/err" </dev/null &
pid=$!
while kill -0 $pid 2>/dev/null && ! [ -s "$work/data/mien/catalog.db-wal" ]; do :; done
kill -INT $pid
wait $pid
code=$?
# a shell without job control starts it with SIGINT ignored: the program
# takes it all the same
is 'Ctrl-C ends it' [ $code -eq 130 ]
is 'with a sentence' says 'stopped; what was read until now is in the catalog.'
is 'what was read is in, and the rest is not' sh -c "
	n=\$('$etl' export --json | wc -l); [ \$n -gt 0 ] && [ \$n -lt 400 ]"
is 'run again, it goes on' run 0 import "$work/lists/many.csv"
is 'to the end' exported 'length == 400'
exit $failed
