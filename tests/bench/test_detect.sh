#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien-eval detect: a small run over pictures with faces in known places, what
# counts as a hit, and its complaints about bad tables.
eval="${MIEN_BUILD:?}/mien-eval"
root=${MIEN_ROOT:?}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "${MIEN_ROOT:?}/tests/tap.sh"

# detect TSV: into out, err
detect() {
	"$eval" detect --truth "$1" --dir "$dir" --json >"$dir/out" 2>"$dir/err"
}

"$root/bench/make_faces.py" "$dir" 0.08 >"$dir/err" 2>&1
check "pictures with known faces are made" || sed 's/^/# /' "$dir/err"
detect "$dir/truth.tsv"
check "they are evaluated" || sed 's/^/# /' "$dir/err"
[ "$(wc -l <"$dir/out")" -eq 1 ] && jq -e '
	.n_pictures > 60 and .n_faces > 50 and .n_empty > 20
	and ([.by_size[].n] | add) == .n_faces
	and ([.by_set[].n_faces] | add) == .n_faces
	and .ms_per_picture > 0' "$dir/out" >"$dir/jq"
check "one object, whose parts add up" || cat "$dir/out"
jq -e '.by_size | .["14-24"].found > 0.9 and .["24-40"].found > 0.97
	and .["40-80"].found == 1' "$dir/out" >"$dir/jq"
check "the faces are found, those far away too" || cat "$dir/out"
jq -e '.by_set | .tilt40.found > 0.9 and .dark.found > 0.9
	and .side.found > 0.9' "$dir/out" >"$dir/jq"
check "tilted, dark and lit from the side" || cat "$dir/out"
jq -e '.false_positives <= 8' "$dir/out" >"$dir/jq"
check "few faces where none is" || cat "$dir/out"
"$eval" detect --truth "$dir/truth.tsv" --dir "$dir" --search far --json \
	>"$dir/far" 2>"$dir/err" &&
	jq -e --slurpfile all "$dir/out" '.by_size["14-24"].found
		< $all[0].by_size["14-24"].found' "$dir/far" >"$dir/jq"
check "one pass over the frame finds fewer of them"

# hits NUMBER NAME BOXES: how many of these are met in the admiral's portrait
cp "$root/capture/demo/admiral.jpg" "$dir/admiral.jpg"
hits() {
	printf 'admiral.jpg\tone\t%s\n' "$3" >"$dir/one.tsv"
	detect "$dir/one.tsv" &&
		jq -e --argjson n "$1" '.found * .n_faces == $n' "$dir/out" \
			>"$dir/jq"
	check "$2" || cat "$dir/out" "$dir/err"
}
read -r x y w h <<END
$("$MIEN_BUILD/mien" look --json "$dir/admiral.jpg" |
	jq -r '.faces[0].box | map(tostring) | join(" ")')
END
# box DX DY SCALE: the detector's own, moved by shares of its size, and scaled
box() {
	echo "$x $y $w $h $1 $2 $3" | awk '{
		s = sqrt($3 * $4)
		cx = $1 + $3 / 2 + $5 * s; cy = $2 + $4 / 2 + $6 * s
		printf "%.2f,%.2f,%.2f,%.2f", cx - $3 * $7 / 2, cy - $4 * $7 / 2,
			cx + $3 * $7 / 2, cy + $4 * $7 / 2 }'
}
hits 1 "the box itself is a hit" "$(box 0 0 1)"
hits 1 "a centre 0.37 off is a hit" "$(box 0.37 0 1)"
hits 0 "a centre 0.43 off is none" "$(box 0 -0.43 1)"
hits 1 "a box twice as small is a hit" "$(box 0 0 0.5)"
hits 0 "a box 2.2 times as small is none" "$(box 0 0 0.45)"
hits 1 "a box 1.9 times as large is a hit" "$(box 0 0 1.9)"
hits 0 "a box 2.1 times as large is none" "$(box 0 0 2.1)"
hits 1 "one face is found once" "$(box 0 0 1);$(box 0.1 0.1 1)"

# refuses NAME CODE WORD: odd.tsv
refuses() {
	detect "$dir/odd.tsv"
	got=$?
	[ $got -eq "$2" ] && [ ! -s "$dir/out" ] && grep -q "$3" "$dir/err"
	check "$1 (exit $2)" || sed "s/^/# $got /" "$dir/err"
}
printf 'admiral.jpg\tone\t1,2,3\n' >"$dir/odd.tsv"
refuses "a box of three numbers is refused" 65 'line 1'
printf '#\nadmiral.jpg\tone\t9,9,3,3\n' >"$dir/odd.tsv"
refuses "a box inside out is refused" 65 'line 2'
printf 'none.jpg\tone\t\n' >"$dir/odd.tsv"
refuses "a picture that is not there" 66 'none.jpg'
: >"$dir/odd.tsv"
refuses "an empty table" 65 'no picture'
rm "$dir/odd.tsv"
refuses "no table" 66 'odd.tsv'
"$eval" detect --truth "$dir/truth.tsv" >"$dir/out" 2>"$dir/err"
[ $? -eq 64 ] && grep -q 'usage:' "$dir/err"
check "without a folder it says how to call it (exit 64)"
exit $failed
