#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien-eval scene: two heads (tests/data) are found again in its scenes.
eval="${MIEN_BUILD:?}/mien-eval"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "${MIEN_ROOT:?}/tests/tap.sh"

# Both heads of the picture, 48x48 and grey, ten times.
python3 - "${MIEN_ROOT:?}/tests/data/face_input.ppm" >"$dir/fer.csv" <<'END'
import sys
raw = open(sys.argv[1], "rb").read()[-224 * 120 * 3:]

def grey(x, y):
    r, g, b = raw[3 * (224 * y + x):][:3]
    return (299 * r + 587 * g + 114 * b) // 1000

print("emotion,pixels,Usage")
for row in range(10):
    left, top, side = ((34, 20, 44), (124, 20, 76))[row // 5]
    print(3, " ".join(str(grey(left + x * side // 48, top + y * side // 48))
                      for y in range(48) for x in range(48)), "PublicTest",
          sep=",")
END
"$eval" scene --csv "$dir/fer.csv" --json >"$dir/out" 2>"$dir/err"
check "scene ends well" || sed 's/^/# /' "$dir/err"
jq -e '.by_size | length == 5 and all(.n == 2)' "$dir/out" >"$dir/jq"
check "every size gets its rows"
jq -e '.found >= 0.8 and .strays <= 1' "$dir/out" >"$dir/jq"
check "the heads are found again" || sed 's/^/# /' "$dir/out"
jq -e '.framing | .side > 0.9 and .side < 1.5 and (.right | fabs) < 0.2
	and (.down | fabs) < 0.2' "$dir/out" >"$dir/jq"
check "their framing is measured" || sed 's/^/# /' "$dir/out"

"$eval" scene --csv "$dir/fer.csv" --weather --limit 4 --json >"$dir/out" \
	2>"$dir/err" && jq -e '.by_weather | length > 8 and all(.n == 4)
		and .["tilt 20"].found >= 0.5 and .["light 30%"].found >= 0.5
		and .["motion 17"].found < .fair.found' "$dir/out" >"$dir/jq"
check "tilt, blur, noise and light have a row each" || cat "$dir/out" "$dir/err"
"$eval" scene --csv "$dir/fer.csv" --every-size --limit 2 --json >"$dir/out" \
	2>"$dir/err" && jq -e '.by_size | all(.n == 2)' "$dir/out" >"$dir/jq"
check "a row may be tried at every size" || cat "$dir/out" "$dir/err"

"$eval" scene --csv "$dir/fer.csv" --usage Nobody >"$dir/out" 2>"$dir/err"
[ $? -eq 65 ] && grep -q Nobody "$dir/err"
check "a usage without rows is an error (exit 65)"
"$eval" scene >"$dir/out" 2>"$dir/err"
[ $? -eq 64 ] && grep -q 'usage:' "$dir/err"
check "without a table it says how to call it (exit 64)"
exit $failed
