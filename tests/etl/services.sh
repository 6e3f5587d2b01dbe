# SPDX-License-Identifier: GPL-3.0-or-later
# services: for tests of mien-etl, sourced: a mock of all services (mock.c),
# configurations that name it, and what the catalog says.
etl=$MIEN_BUILD/mien-etl
mock=$MIEN_BUILD/mock
work=$(mktemp -d)
export HOME="$work" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state"
export XDG_DATA_HOME="$work/data"
. "${MIEN_ROOT:?}/tests/tap.sh"
mock_pid=

end_mock() {
	[ -n "$mock_pid" ] || return 0
	exec 9>&-
	wait "$mock_pid" 2>/dev/null
	mock_pid=
}
trap 'end_mock; rm -rf "$work"' EXIT

# start_mock NAME OPTION...: its log in NAME.log, its port in $port
start_mock() {
	end_mock
	log=$work/$1.log
	shift
	rm -f "$work/in" "$work/port" && mkfifo "$work/in"
	"$mock" "$@" "$log" <"$work/in" >"$work/port" &
	mock_pid=$!
	exec 9>"$work/in"
	for _ in $(seq 100); do
		[ -s "$work/port" ] && break
		sleep 0.05
	done
	port=$(cat "$work/port")
}

# configure RATE ARTISTS SERVICE...: those are on, all others off
configure() {
	rate=$1 artists=$2
	shift 2
	{
		printf 'etl:\n  artists: %s\n  tracks_per_artist: 5\n' "$artists"
		printf '  tags: [calm, rock]\n  sources:\n'
		for s in lastfm genius genius_pages lrclib youtube musicbrainz \
			listenbrainz deezer archive jamendo radiobrowser; do
			on=false
			case " $* " in *" $s "*) on=true ;; esac
			printf '    %s: {enabled: %s, rate: %s, base_url: "%s"}\n' \
				$s $on "$rate" \
				"http://127.0.0.1:$port/$(echo $s | sed 's/genius_//')"
		done
	} >"$work/config.yaml"
}
all='lastfm genius genius_pages lrclib youtube musicbrainz archive jamendo
	radiobrowser'
all=$(echo $all)

keys() {
	export LASTFM_API_KEY=lfm+KEY/1234 GENIUS_ACCESS_TOKEN=genTOKEN9999
	export YOUTUBE_API_KEY=ytKEY55555 JAMENDO_CLIENT_ID=jamID77777
}

# run STATUS ARGUMENT...
run() {
	want=$1
	shift
	timeout 100 "$etl" --config "$work/config.yaml" --catalog "$db" "$@" \
		>"$work/out" 2>"$work/err" </dev/null
	[ $? -eq "$want" ]
}

# count STAGE STATE: how many, by status --json
count() {
	"$etl" --catalog "$db" status --json |
		jq -r ".stages[\"$1\"][\"$2\"] // 0"
}
counts() { [ "$(count "$1" "$2")" -eq "$3" ]; }
lines_are() { [ "$(wc -l <"$1")" -eq "$2" ]; }
left_out_is() { "$etl" --catalog "$db" status --json | jq -e ".left_out == $1"; }
# asked_are PATH COUNT
asked_are() { [ "$(grep -c "	$1?" "$log")" -eq "$2" ]; }
calls_are() { [ "$(calls "$1")" -eq "$2" ]; }
# status_sum STATE: over all stages
status_sum() {
	"$etl" --catalog "$db" status --json |
		jq -r "[.stages[][\"$1\"] // 0] | add"
}
calls() { cut -f2 "$log" | grep -cx "$1"; }
export_to() { "$etl" --catalog "$db" export --json >"$1"; }

# sql STATEMENT: on the catalog; its rows
sql() {
	python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for row in db.execute(sys.argv[2]):
	print(*row)
db.commit()' "$db" "$1"
}
