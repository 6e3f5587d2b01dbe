#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Without any key: mien-etl refresh asks Radio Browser alone (the mock of the
# services, over HTTP), and what it finds plays in mien. The stations' streams
# are served by a proxy of this test's own, which the player is told of.
. "$(dirname "$0")/screen.sh"
build=$(cd "${MIEN_BUILD:?}" && pwd)
song=$MIEN_ROOT/build/share/mien/starter/rain-on-platform-two.opus
db=$work/catalog.db
unset LASTFM_API_KEY GENIUS_ACCESS_TOKEN YOUTUBE_API_KEY JAMENDO_CLIENT_ID
mkfifo "$work/in"
"$build/mock" "$work/log" <"$work/in" >"$work/port" &
exec 9>"$work/in"
python3 - "$song" "$work/proxy" 9>&- <<'END' &
import http.server, sys
song = open(sys.argv[1], "rb").read()
class Stream(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "audio/ogg")
        self.end_headers()
        print(self.path, file=sys.stderr, flush=True)
        self.wfile.write(song)
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stream)
sys.stderr = open(sys.argv[2] + ".log", "w")
open(sys.argv[2], "w").write(str(server.server_address[1]))
server.serve_forever()
END
proxy=$!
trap 'tm kill-server; kill $proxy; exec 9>&-; rm -rf "$work"' EXIT
for _ in $(seq 100); do
	[ -s "$work/port" ] && [ -s "$work/proxy" ] && break
	sleep 0.05
done

printf 'etl:\n  tags: [calm, happy]\n  sources:\n' >"$work/config.yaml"
for s in lastfm genius lrclib youtube musicbrainz archive jamendo; do
	printf '    %s: {enabled: false}\n' $s >>"$work/config.yaml"
done
printf '    radiobrowser: {rate: 500, base_url: "http://127.0.0.1:%s/radiobrowser"}\n' \
	"$(cat "$work/port")" >>"$work/config.yaml"
is 'refresh without a key' "$build/mien-etl" --config "$work/config.yaml" \
	--catalog "$db" refresh
"$build/mien-etl" --catalog "$db" export --json >"$work/songs" 2>/dev/null
is 'ends with stations' eval '[ "$(grep -c stream.example.org "$work/songs")" -ge 3 ]'

open_screen 100x30 xterm-256color http_proxy="http://127.0.0.1:$(cat "$work/proxy")"
run_mien --source demo --mood happy --catalog "$db"
is 'mien starts with them' wait_for '► ' 30
keys / && tm send-keys -l 'happy radio 1' && wait_for '1 found' 30 && keys Enter
is 'one is played' wait_for '► happy radio 1' 30
is 'its stream is asked for' eval 'for _ in $(seq 100); do
	grep -q stream.example.org "$work/proxy.log" && break; sleep 0.1; done
	grep -q stream.example.org "$work/proxy.log"'
is 'its time runs' eval 'for _ in $(seq 150); do
	screen | grep -qE "│ 0:0[2-9]" && break; sleep 0.1; done
	screen | grep -qE "│ 0:0[2-9]"'
screen >"$work/shown"
is 'and it is still there' grep -q '► happy radio 1' "$work/shown"
keys q
is 'it ends well' wait_for 'ended 0'
exit $failed
