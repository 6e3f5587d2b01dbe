#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures stay in memory: the dashboard looks at a picture with a pattern in
# it and is killed by a crash; no file that it could have written, and no core,
# holds the pattern, in full or in video range.
cd "${MIEN_ROOT:?}" || exit 1
mien=$(cd "${MIEN_BUILD:?}" && pwd)/mien
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" TMPDIR="$work/tmp" TERM=xterm-256color
export XDG_RUNTIME_DIR="$work/run"
unset XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
mkdir -p "$HOME/.config/mien" "$TMPDIR" "$XDG_RUNTIME_DIR" "$work/source"
failed=0

is() {
	name=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		echo "ok - $name"
	else
		echo "not ok - $name"
		sed 's/^/#   /' "$work/said" | head -n 10
		failed=1
	fi
}

cat >"$work/pattern.py" <<'PY'
import os, random, re, sys
random.seed(7)
rows = [bytes(random.choice((40, 90, 140, 190, 230)) for _ in range(640))
        for _ in range(480)]
if sys.argv[1] == "make":
    with open(sys.argv[2], "wb") as f:
        f.write(b"P5\n640 480\n255\n" + b"".join(rows))
    sys.exit()
video = bytes(round(16 + v * 219 / 255) for v in range(256))
def close(row):  # each value one more or less: scalers round
    return b"".join(b"[%s]" % b"".join(b"\\x%02x" % w for w in (v - 1, v, v + 1))
                    for v in row)
some = [rows[i][64:96] for i in (17, 101, 240, 333)]
some += [row.translate(video) for row in some]
wanted = re.compile(b"|".join(close(row) for row in some), re.S)
def holds(data):
    return wanted.search(data) is not None
if sys.argv[1] == "memory":
    pid = sys.argv[2]
    with open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in open(f"/proc/{pid}/maps"):
            at, rights = line.split()[:2]
            first, last = (int(n, 16) for n in at.split("-"))
            if not rights.startswith("rw") or last - first > 1 << 27:
                continue
            try:
                mem.seek(first)
                if holds(mem.read(last - first)):
                    sys.exit(0)
            except (OSError, ValueError):
                pass
    sys.exit(1)
count = 0
for top in sys.argv[2:]:
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                count += 1
                if holds(open(path, "rb").read()):
                    sys.exit(f"{path} holds it")
print("#", count, "files")
sys.exit(0 if count else "no file at all")
PY
python3 "$work/pattern.py" make "$work/source/p.pgm"
is "the search finds the pattern where it is" sh -c \
	"! python3 $work/pattern.py files $work/source"

# run: the dashboard on the picture, its process in $pid
mkfifo "$work/keys"
run() {
	(cd "$HOME" && ulimit -c unlimited && exec script -qec \
		"$mien --ao null --seed 3 --source $work/source/p.pgm" /dev/null) \
		<"$work/keys" >"$work/screen" 2>&1 &
	outer=$!
	exec 7>"$work/keys"
	pid=
	for _ in $(seq 200); do
		pid=$(pgrep -f "^$mien --ao null --seed 3" | head -n 1)
		[ -n "$pid" ] && grep -q "model is ready" \
			"$HOME/.local/state/mien/mien.log" 2>/dev/null && break
		sleep 0.2
	done
	sleep 1
}
finish() {
	kill -"$1" "$pid"
	exec 7>&-
	wait "$outer" 2>/dev/null
}

printf 'log:\n  level: debug\nsecurity:\n  sandbox: off\n' \
	>"$HOME/.config/mien/config.yaml"
run
if [ -n "$pid" ] && [ -r "/proc/$pid/mem" ] &&
	head -c 0 "/proc/$pid/mem" 2>/dev/null; then
	is "it stands in the memory of a dashboard that runs" \
		python3 "$work/pattern.py" memory "$pid"
else
	echo "ok - memory # SKIP it may not be read here"
fi
finish TERM
printf 'log:\n  level: debug\n' >"$HOME/.config/mien/config.yaml"
for signal in SEGV ABRT TERM; do
	rm -f "$HOME/.local/state/mien/mien.log"
	run
	is "it runs" [ -n "$pid" ]
	finish $signal
	is "after SIG$signal no file of it holds the pattern" python3 \
		"$work/pattern.py" files "$HOME" "$TMPDIR" "$XDG_RUNTIME_DIR"
	is "and there is no core" sh -c \
		"[ -z \"\$(find $work -name 'core*')\" ]"
done
exit $failed
