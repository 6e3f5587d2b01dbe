#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien look: the portraits (NASA's of Eileen Collins, the US Navy's of Grace
# Hopper, both in the public domain), pictures without a face, several faces,
# a video, standard input, and files that are none.
. "${MIEN_ROOT:?}/tests/run/commands.sh"
pictures=/usr/lib/python3/dist-packages/skimage/data
collins=$pictures/astronaut.png
hopper=/usr/share/matplotlib/mpl-data/sample_data/grace_hopper.jpg

# overlaps INDEX LEFT TOP RIGHT BOTTOM: intersection over union of half or more
overlaps() {
	jq -e -s --argjson want "[$2,$3,$4,$5]" '
		.['"$1"'].faces[0].box as [$x, $y, $w, $h] | $want as [$l, $t, $r, $b] |
		([[$x + $w, $r] | min, -([$x, $l] | max)] | add | [., 0] | max) as $iw |
		([[$y + $h, $b] | min, -([$y, $t] | max)] | add | [., 0] | max) as $ih |
		($iw * $ih) as $both |
		$both / ($w * $h + ($r - $l) * ($b - $t) - $both) >= 0.5' "$work/out"
}

# ---- the portraits -------------------------------------------------------------
is 'look answers for two portraits' run 0 look --json --seed 1 "$collins" "$hopper"
is 'with a line for each, in order' json '
	length == 2 and (.[0].source | endswith("astronaut.png")) and
	(.[1].source | endswith("grace_hopper.jpg"))'
is 'their sizes' json '.[0].width == 512 and .[0].height == 512 and
	.[1].width == 512 and .[1].height == 600'
is 'one face each' json 'all(.faces | length == 1)'
is 'Collins where she is' overlaps 0 181 54 274 178
is 'Hopper where she is' overlaps 1 177 127 357 337
is 'scores of faces' json 'all(.faces[0].score > 0.5 and .faces[0].score <= 1)'
is 'Collins happy' json '.[0].faces[0].emotion == "happy" and
	.[0].mood.name == "happy" and .[0].mood.valence > 0.3'
is 'the seven emotions, summing to one' json '
	all(.faces[0].emotions | (keys | sort) == ["angry", "disgust", "fear",
	"happy", "neutral", "sad", "surprise"] and ([.[]] | add) > 0.998 and
	([.[]] | add) < 1.002)'
is 'the emotion being the first of them' json '
	all(.faces[0] | .emotions[.emotion] == ([.emotions[]] | max))'
is 'three songs or more, each with a reason' json '
	all(.tracks | length >= 3 and (map(.id) | unique | length) == length and
	all(.artist != "" and .title != "" and .uri != "" and .reason != ""))'
is 'nothing on standard error' test ! -s "$work/err"
is 'no escapes' plain
cp "$work/out" "$work/first"
is 'again' run 0 look --json --seed 1 "$collins" "$hopper"
is 'gives the same' cmp "$work/first" "$work/out"
is 'for people too' run 0 look "$collins"
is 'in words' grep -q 'mood: happy' "$work/out"
is 'without escapes' plain

# ---- no face, several faces ----------------------------------------------------
d=/usr/share/darknet/data
is 'pictures without a face are answered' run 0 look --json \
	$d/dog.jpg $d/eagle.jpg $d/giraffe.jpg $d/horses.jpg \
	$pictures/coffee.png $pictures/rocket.jpg
is 'with no face in any' json 'length == 6 and all(.faces == [])'
is 'a neutral mood' json 'all(.mood.name == "neutral" and .mood.valence == 0)'
is 'and songs' json 'all(.tracks | length >= 3)'
/usr/bin/python3 - "$collins" "$hopper" "$work" <<'EOF'
import sys
from PIL import Image
a, b = (Image.open(p).convert("RGB") for p in sys.argv[1:3])
both = Image.new("RGB", (1024, 600), (120, 120, 120))
both.paste(a, (0, 0))
both.paste(b, (512, 0))
both.save(sys.argv[3] + "/both.png")
a.point(lambda v: v * 0.05).save(sys.argv[3] + "/dark.png")
Image.new("RGB", (640, 480), (90, 90, 90)).save(sys.argv[3] + "/covered.png")
# three seconds at two pictures a second, in a format of two lines
with open(sys.argv[3] + "/video.y4m", "wb") as f:
    f.write(b"YUV4MPEG2 W512 H512 F2:1 Ip C444\n")
    planes = b"".join(p.tobytes() for p in a.convert("YCbCr").split())
    for _ in range(6):
        f.write(b"FRAME\n" + planes)
EOF
is 'a face in the dark' run 0 look --json "$work/dark.png" "$collins"
is 'is read, and said to be a guess' json '
	(.[0].faces | length == 1) and
	.[0].faces[0].notice == "too dark to read" and
	.[1].faces[0].notice == null'
is 'a hand over the lens' run 0 look --json "$work/covered.png"
is 'is named' json '.[0].faces == [] and .[0].notice == "lens covered?"'
is 'for people' run 0 look "$work/dark.png" "$work/covered.png"
is 'too' grep -q 'a guess: too dark to read' "$work/out"
is 'both of them' grep -q '0 faces, lens covered?' "$work/out"
is 'two faces in one picture' run 0 look --json "$work/both.png"
is 'are both found' json '.[0].faces | length == 2'
is 'each at its place' json '[.[0].faces[].box[0]] | sort | .[0] < 300 and .[1] > 500'
is 'with a mood' json '.[0].mood.name == "happy" or .[0].mood.name == "neutral"'

# ---- a video, standard input, the demo -----------------------------------------
is 'a video' run 0 look --json "$work/video.y4m"
is 'is looked at once a second' json 'length == 3 and
	([.[] | .time_s // 0] == [0, 1, 2])'
is 'and its face found each time' json 'all(.faces | length == 1)'
is 'standard input' sh -c '"$1" look --json - <"$2" >"$3"' - "$mien" "$collins" "$work/out"
is 'is a picture too' json 'length == 1 and .[0].mood.name == "happy"'
is 'the demo' run 0 look --json --seed 1 demo
is 'shows a face' json 'length == 1 and (.[0].faces | length) == 1'

# ---- what is no picture --------------------------------------------------------
: >"$work/empty.png"
echo 'no picture' >"$work/text.png"
head -c 3000 "$collins" >"$work/short.png"
mkdir "$work/folder"
for file in none.png empty.png text.png short.png folder; do
	is "$file is no input" run 66 look --json "$work/$file"
	is 'which is one sentence' one_sentence
	is 'that names it' says "$work/$file"
	is 'and no line of JSON' test ! -s "$work/out"
done
is 'a name with escapes' run 66 look "$(printf '%s/a\033[31mb\n.png' "$work")"
is 'does not write them' plain
is 'other sources are answered all the same' run 66 look --json \
	"$work/none.png" "$collins" "$work/text.png" "$hopper"
is 'in order' json 'length == 2 and .[0].mood.name == "happy"'
is 'with a sentence for each that is not' test "$(wc -l <"$work/err")" -eq 2

# ---- model and catalog ---------------------------------------------------------
mkdir "$work/model" && cp "$MIEN_ROOT"/model/weights/* "$work/model"
printf 'model:\n  folder: %s\n' "$work/model" >"$work/model.yaml"
is 'a model elsewhere' run 0 look --config "$work/model.yaml" --json "$collins"
printf x | dd of="$work/model/emotion.weights" bs=1 seek=5000 conv=notrunc 2>/dev/null
run 0 look --config "$work/model.yaml" --json "$collins"
is 'an altered one is refused' test $? -ne 0
is 'in a sentence' one_sentence
is 'that names the file' says 'emotion.weights'
is 'and nothing is answered' test ! -s "$work/out"
rm "$work/model/face.cfg"
is 'a missing one is no input' run 66 look --config "$work/model.yaml" --json "$collins"
is 'which is said' says 'face.cfg'
is 'a broken catalog' run 66 look --json --catalog "$work/text.png" "$collins"
is 'leaves the faces' json 'length == 1 and (.[0].faces | length) == 1 and .[0].tracks == []'
is 'and is said' says 'text.png'

exit $failed
