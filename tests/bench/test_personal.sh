#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien-eval personal on two heads (tests/data), each many times with noise: every
# table it prints is whole, and what it cannot use is said.
eval="${MIEN_BUILD:?}/mien-eval"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "${MIEN_ROOT:?}/tests/tap.sh"

# table ROWS: both heads, 48x48 and grey, spoilt by seeded noise; labels as
# they come.
table() {
	python3 - "${MIEN_ROOT:?}/tests/data/face_input.ppm" "$1" <<'END'
import random, sys
raw = open(sys.argv[1], "rb").read()[-224 * 120 * 3:]
random.seed(1)

def grey(x, y):
    r, g, b = raw[3 * (224 * y + x):][:3]
    return (299 * r + 587 * g + 114 * b) // 1000

heads = [[grey(left + x * side // 48, top + y * side // 48)
          for y in range(48) for x in range(48)]
         for left, top, side in ((34, 20, 44), (124, 20, 76))]
print("emotion,pixels,Usage")
for row in range(int(sys.argv[2])):
    head, step = heads[row % 2], random.randrange(10, 120)
    print(random.randrange(7),
          " ".join(str(min(255, max(0, p + (i * 7919 + row) % step - step // 2)))
                   for i, p in enumerate(head)), "PublicTest", sep=",")
END
}

table 1300 >"$dir/fer.csv"
"$eval" personal --csv "$dir/fer.csv" --json >"$dir/out" 2>"$dir/err"
check "personal ends well" || sed 's/^/# /' "$dir/err"
jq -e '.n == 1300 and .truth == "fer2013" and ([.persons[] |
	[.alike_by, .answered]] == [["looks", "every"], ["looks", "wrong"],
	["errors", "every"], ["errors", "wrong"]])' "$dir/out" >"$dir/jq"
check "by looks and by errors, all and wrong readings answered"
jq -e '[.persons[] | select(.persons > 0)] | length > 0 and
	all(([.corrections[].k] == [1, 3, 5, 10, 20, 40]) and
	(.corrections | all(.given <= .k and .gain_ci95[0] <= .gain and
	.gain <= .gain_ci95[1] and .before >= 0 and .after <= 1)))' \
	"$dir/out" >"$dir/jq"
check "for 1 to 40 corrections, with intervals" || sed 's/^/# /' "$dir/out"
"$eval" personal --csv "$dir/fer.csv" >"$dir/out"
grep -q 'only wrong readings are answered' "$dir/out"
check "for people too"

head -n 21 "$dir/fer.csv" >"$dir/few.csv"
"$eval" personal --csv "$dir/few.csv" >"$dir/out" 2>"$dir/err"
[ $? -eq 65 ] && grep -q '20 rows' "$dir/err"
check "too few rows are an error (exit 65)"
"$eval" personal >"$dir/out" 2>"$dir/err"
[ $? -eq 64 ] && grep -q 'usage:' "$dir/err"
check "without a table it says how to call it (exit 64)"
exit $failed
