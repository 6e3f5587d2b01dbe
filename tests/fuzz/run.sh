#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run: fuzzes each target for some seconds, from the corpus and from what
# earlier runs found.
#
#   run.sh FUZZER SECONDS [TARGET...]
#   FUZZ_RUNS=N: not so long but so many inputs, the same ones every time
#
# What breaks one stays beside the fuzzer as found-TARGET-...: put it into
# tests/fuzz/corpus/TARGET once it is mended. The last line counts.
set -u
fuzzer=$1 seconds=$2
most="-max_total_time=$seconds"
[ -z "${FUZZ_RUNS:-}" ] || most="-runs=$FUZZ_RUNS -seed=1"
shift 2
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(dirname "$fuzzer")
all=0 broken=0 count=0
[ $# -gt 0 ] || set -- config network m3u csv jspf ndjson sources page lyrics \
	feeling text

# The samples of the services are seeds of every reader of theirs.
mkdir -p "$out/seeds/sources" "$out/seeds/page" "$out/seeds/network"
python3 - "$root" "$out/seeds" <<'PY'
import glob, sys
root, out = sys.argv[1:]
own = {"lastfm_": (0, 1, 2, 3), "genius_": (4, 5), "lrclib_": (6,),
       "youtube_": (7, 8, 9), "musicbrainz_": (10, 11),
       "listenbrainz_": (12,), "deezer_": (13,), "ia_": (14, 15),
       "jamendo_": (16,), "radiobrowser_": (17,)}
for path in glob.glob(f"{root}/tests/data/samples/*"):
    name = path.rsplit("/", 1)[1]
    body = open(path, "rb").read()
    for head, readers in own.items():
        for reader in readers if name.startswith(head) else ():
            with open(f"{out}/sources/{reader}-{name}", "wb") as f:
                f.write(bytes([reader]) + body)
    if name.endswith(".html"):
        with open(f"{out}/page/{name}", "wb") as f:
            f.write(body)
for name in ("face", "emotion"):
    with open(f"{out}/network/{name}.cfg", "wb") as f:
        f.write(open(f"{root}/model/weights/{name}.cfg", "rb").read())
PY
for target in "$@"; do
	corpus=$out/corpus/$target
	log=$out/$target.log
	mkdir -p "$corpus" "$out/seeds/$target"
	# shellcheck disable=SC2086
	MIEN_FUZZ=$target ASAN_OPTIONS=detect_leaks=1 LC_ALL=C.UTF-8 \
		"$fuzzer" $most -timeout=20 \
		-rss_limit_mb=2048 -max_len=20000 -print_final_stats=1 \
		-artifact_prefix="$out/found-$target-" "$corpus" \
		"$root/tests/fuzz/corpus/$target" "$out/seeds/$target" \
		>"$log" 2>&1 </dev/null
	rc=$?
	n=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	cover=$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1)
	printf '%-10s %9d executions, %s edges%s\n' "$target" "${n:-0}" \
		"${cover#cov: }" "$([ $rc -eq 0 ] || echo ", BROKEN: $log")"
	all=$((all + ${n:-0})) count=$((count + 1))
	[ $rc -eq 0 ] || broken=$((broken + 1))
done
echo "fuzz: $count targets, $all executions, $broken broken"
[ $broken -eq 0 ]
