#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien personal: shows, exports and forgets corrections; files that are none.
. "${MIEN_ROOT:?}/tests/run/commands.sh"
file=$XDG_DATA_HOME/mien/personal.json
mkdir -p "$XDG_DATA_HOME/mien"

network=$(sha256sum "$MIEN_ROOT/model/weights/emotion.weights" | cut -c1-16)
fer='[0.1,0,0,0.2,0.6,0,0.1]'
crowd='[0.2,0.1,0,0.7,0,0,0,0]'

# one NETWORK RIGHT: a correction of a face that is read as sad
one() {
	printf '{"at":1700000000,"network":"%s","right":"%s","fer":%s,"crowd":%s}' \
		"$1" "$2" "$fer" "$crowd"
}
# holds CORRECTION,...: the file
holds() { printf '{"format":"mien personal 1","corrections":[%s]}' "$1" >"$file"; }

# ---- none ----------------------------------------------------------------------
is 'without corrections it answers' run 0 personal
is 'and says what makes one' grep -q 'x in the dashboard' "$work/out"
is 'for programs too' run 0 personal --json
is 'with none' json '.[0].corrections == 0 and .[0].pairs == []'
is 'an export of none is whole' run 0 personal export
is 'and empty' json '.[0].format == "mien personal 1" and .[0].corrections == []'
is 'to forget none is no fault' run 0 personal reset

# ---- some ----------------------------------------------------------------------
holds "$(one "$network" neutral),$(one "$network" neutral),$(one "$network" sad),$(one 0123456789abcdef happy)"
is 'they are shown' run 0 personal
is 'as what was read and what it is' grep -q '2  read sad, is neutral' "$work/out"
is 'and what was right' grep -q '1  sad was right' "$work/out"
is 'those of another network apart' grep -q '1 more is of another network' "$work/out"
is 'for programs' run 0 personal --json
is 'in numbers' json '.[0] | .corrections == 3 and .of_other_networks == 1 and
	.pairs == [{read: "sad", right: "sad", count: 1},
		{read: "sad", right: "neutral", count: 2}]'
is 'export gives all' run 0 personal export
is 'as they are kept' json '.[0].corrections | length == 4 and
	(.[3] | .right == "happy" and .network == "0123456789abcdef" and
	(.crowd | add) > 0.999)'
cp "$work/out" "$file"
is 'an export can be put back' run 0 personal --json
is 'and says the same' json '.[0].corrections == 3'
is 'another word is a usage fault' run 64 personal forget
is 'which says the words there are' says 'reset, export'
is 'they are still there' test -s "$file"
is 'reset forgets' run 0 personal reset
is 'says how many' grep -q '4 corrections were' "$work/out"
is 'and the file is gone' test ! -e "$file"

# ---- files that are none ---------------------------------------------------------
refused() {
	run 66 personal && one_sentence && says 'personal.json' &&
		says 'mien personal reset'
}
bad() { is "$1" refused; }
printf 'not json' >"$file"; bad 'a file that is no JSON is refused'
: >"$file"; bad 'an empty one'
printf '[]' >"$file"; bad 'a list'
printf '{"format":"mien personal 2","corrections":[]}' >"$file"
bad 'another format'
holds "$(one nonsense happy)"; bad 'a network that is no checksum'
holds "$(one "$network" glad)"; bad 'an emotion that is none'
fer='[0.1,0,0,0.2,0.6,0]'; holds "$(one "$network" sad)"; bad 'six scores'
fer='[2,0,0,-1,0,0,0]'; holds "$(one "$network" sad)"; bad 'scores that are no shares'
fer='[0.9,0.9,0,0,0,0,0]'; holds "$(one "$network" sad)"; bad 'shares of more than one'
fer='["1",0,0,0,0,0,0]'; holds "$(one "$network" sad)"; bad 'words'
fer='[0.1,0,0,0.2,0.6,0,0.1]'
holds "$(seq 300 | while read -r _; do one "$network" sad; printf ,; done) $(one "$network" sad)"
bad 'too many'
python3 -c 'print("[" * 100000)' >"$file"; bad 'brackets without end'
head -c 2000000 /dev/zero >"$file"
is 'a file that is too long' run 66 personal
is 'reset is the way out' run 0 personal reset
is 'of all of them' run 0 personal
mkdir "$file"
is 'a folder in its place is a fault' run 66 personal
is 'in a sentence' one_sentence
exit $failed
