#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien's options and the commands that need no picture: feel and devices.
. "${MIEN_ROOT:?}/tests/run/commands.sh"

# ---- options -----------------------------------------------------------------
is '--version says the version' run 0 --version
is 'and nothing else' grep -qE '^mien [0-9]+\.[0-9]+\.[0-9]+$' "$work/out"
is '--help goes to standard output' run 0 --help
is 'and names the commands' grep -q 'mien look SOURCE' "$work/out"
is 'an unknown option is a usage fault' run 64 --nonsense
is 'which is said in a sentence' one_sentence
is 'that names it' says '--nonsense'
is 'an unknown command is a usage fault' run 64 picture.png
is 'that names it' says 'picture.png'
is 'look without a source is a usage fault' run 64 look
is 'feel without words is a usage fault' run 64 feel
is 'a wrong mood is a usage fault' run 64 --mood glad
is 'a wrong policy is a usage fault' run 64 feel --policy worse happy
is 'a configuration that is missing is a fault' run 78 --config "$work/none" feel happy
is 'that names it' says "$work/none"
printf 'music:\n  volume: loud\n' >"$work/bad.yaml"
is 'a wrong setting is a fault' run 78 --config "$work/bad.yaml" feel happy
is 'that says where' says 'bad.yaml:2:11'

# ---- feel ----------------------------------------------------------------------
is 'feel answers' run 0 feel --json --seed 1 'I am so happy today!'
is 'with one object' json 'length == 1'
is 'happy' json '.[0].mood.name == "happy" and .[0].understood'
is 'of good valence' json '.[0].mood.valence > 0.3 and .[0].mood.arousal > 0'
is 'with seven emotions that sum to one' json '
	.[0].emotions | (keys | length == 7) and
	([.[]] | add) > 0.999 and ([.[]] | add) < 1.001'
is 'and three songs or more, each with a reason' json '
	.[0].tracks | length >= 3 and
	all(.id > 0 and .artist != "" and .title != "" and .reason != "")'
is 'that are there' sh -c 'jq -r ".tracks[].uri" "$1" |
	while read -r f; do [ -s "$f" ] || exit 1; done' - "$work/out"
cp "$work/out" "$work/first"
is 'the catalog was made' test -s "$work/data/mien/catalog.db"
is 'again with the same seed' run 0 feel --json --seed 1 'I am so happy today!'
is 'gives the same' cmp "$work/first" "$work/out"
is 'another mood' run 0 feel --json --seed 1 'gutted, we lost'
is 'has other songs' json '.[0].mood.name == "sad" and
	.[0].tracks[0].title != "'"$(jq -r '.tracks[0].title' "$work/first")"'"'
is 'denial is heard' run 0 feel --json 'not happy'
is 'as sad' json '.[0].mood.name == "sad"'
is 'tiredness is heard' run 0 feel --json "I'm exhausted"
is 'as low arousal' json '.[0].state == "tired" and .[0].mood.arousal < -0.3'
is 'words without quotes are joined' run 0 feel --json not at all bad -- --seed
is 'into one text' json '.[0].text == "not at all bad --seed"'
is 'nothing known is no failure' run 0 feel --json 'xyzzy plugh'
is 'but neutral' json '.[0].mood.name == "neutral" and
	(.[0].understood | not) and .[0].mood.valence == 0'
is 'another language is not guessed at' run 0 feel 'ich bin so traurig und die Welt ist grau'
is 'and it is said' grep -q 'English' "$work/out"
is 'bytes that are no text do no harm' run 0 feel --json "$(printf 'happy \033[31m\377\376')"
is 'and stay out of the answer' json '.[0].mood.name == "happy"'
is 'text for people has no escapes' sh -c '"$1" feel "$(printf "\033[1mhappy")" >"$2"' - "$mien" "$work/out"
is 'none' plain
is '--catalog names another file' run 0 feel --catalog "$work/else.db" happy
is 'that is made' test -s "$work/else.db"
is 'a catalog that is none is a fault' run 66 feel --catalog "$work/bad.yaml" happy
is 'that names it' says 'bad.yaml'
is 'and the mood is still said' grep -q 'Mood: happy' "$work/out"
is 'the policy is heeded' run 0 feel --policy surprise --json --seed 1 happy
is 'nothing can be written to a full disk' sh -c '
	"$1" feel --json happy >/dev/full 2>"$2"; [ $? -eq 74 ]' - "$mien" "$work/err"
is 'which is said' says 'standard output'
is 'nor what is for people' sh -c '
	"$1" feel happy >/dev/full 2>"$2"; [ $? -eq 74 ]' - "$mien" "$work/err"
is 'nor the help' sh -c '
	"$1" --help >/dev/full 2>"$2"; [ $? -eq 74 ]' - "$mien" "$work/err"

# ---- devices -------------------------------------------------------------------
is 'devices answers' run 0 devices
is 'for people' grep -q . "$work/out"
is 'and for programs' run 0 devices --json
is 'in JSON' json 'all(.path | startswith("/dev/video"))'

exit $failed
