#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mien-eval emotion: its figures against the same figures worked out from what
# PyTorch answered (tests/data), and its complaints about bad tables.
eval="${MIEN_BUILD:?}/mien-eval"
data="${MIEN_ROOT:?}/tests/data"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "${MIEN_ROOT:?}/tests/tap.sh"

# complains NAME CODE WORD ARGUMENT...
complains() {
	name=$1 code=$2 word=$3
	shift 3
	"$eval" emotion "$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ $got -eq "$code" ] && [ ! -s "$dir/out" ] && grep -q -- "$word" "$dir/err"
	check "$name (exit $code)" || sed 's/^/# /' "$dir/err"
}

# Forty rows of the eight pictures with labels and votes from a seed, and what
# should come out.
python3 - "$data" "$MIEN_ROOT/model/weights/emotion.cfg" "$dir" <<'END'
import json, math, random, re, sys
data, cfg, out = sys.argv[1:]
with open(data + "/emotion_input.pgm", "rb") as f:
    raw = f.read()[-8 * 2304:]
faces = [raw[i * 2304:(i + 1) * 2304] for i in range(8)]
logits = [[float(v) for v in line.split("\t")]
          for line in open(data + "/emotion_output.tsv")]
heats = [float(t) for t in re.findall("temperature=(.*)", open(cfg).read())]

def softmax(z, t):
    e = [math.exp(v / t) for v in z]
    return [v / sum(e) for v in e]

answers = [(softmax(z[:7], heats[0]), softmax(z[7:], heats[1])) for z in logits]
rng = random.Random(3)
n = right = same = unpleasant = plus = plus_n = new = new_right = 0
claims, hits = [0] * 15, [0] * 15
recall = [[0, 0] for _ in range(7)]
sign = [-1, -1, -1, 1, -1, 0, 0]
table, votes = ["emotion,pixels,Usage"], ["Usage,Image name,neutral,happiness,"
    "surprise,sadness,anger,disgust,fear,contempt,unknown,NF"]
for row in range(40):
    k = row % (8 if row >= 8 else 4)    # Training has four of the eight
    usage = "PublicTest" if row >= 8 else "Training"
    fer, crowd = answers[k]
    answer = fer.index(max(fer))
    label = answer if rng.random() < 0.5 else rng.randrange(7)
    v = [0] * 10
    for _ in range(10):
        v[crowd.index(max(crowd)) if rng.random() < 0.5
          else rng.randrange(10)] += 1
    table.append(f"{label},{' '.join(map(str, faces[k]))},{usage}")
    votes.append(f"{usage},fer{row}.png," + ",".join(map(str, v)))
    if usage != "PublicTest":
        continue
    n += 1
    right += answer == label
    new += k >= 4
    new_right += k >= 4 and answer == label
    felt = {s: sum(p for p, of in zip(fer, sign) if of == s) for s in (-1, 0, 1)}
    same += max(felt, key=felt.get) == sign[label]
    unpleasant += sign[label] == -1
    recall[label][0] += answer == label
    recall[label][1] += 1
    bin_ = min(14, int(max(fer) * 15))
    claims[bin_] += max(fer)
    hits[bin_] += answer == label
    kept = [x if x > 1 else 0 for x in v]
    best = kept.index(max(kept))
    if max(kept) > 0.5 * sum(kept) and best < 8:
        plus_n += 1
        plus += crowd.index(max(crowd)) == best
assert 5 < plus_n < n and 0 < right < n and 0 < new_right < new < n
names = "angry disgust fear happy sad surprise neutral".split()
json.dump({"n": n, "fer7": right / n, "polarity3": same / n,
           "fer7_untrained": new_right / new, "fer7_untrained_n": new,
           "ferplus8": plus / plus_n, "ferplus8_n": plus_n,
           "ece": sum(abs(a - b) for a, b in zip(claims, hits)) / n,
           "recall": {e: a / b if b else 0 for e, (a, b) in zip(names, recall)}},
          open(out + "/want.json", "w"))
open(out + "/unpleasant", "w").write(str(unpleasant / n))
open(out + "/fer.csv", "w").write("\n".join(table) + "\n")
open(out + "/plus.csv", "w").write("\n".join(votes) + "\n")
END
check "a table with known answers is made"

"$eval" emotion --csv "$dir/fer.csv" --usage PublicTest \
	--ferplus "$dir/plus.csv" --json >"$dir/got.json" 2>"$dir/err"
check "the table is evaluated" || cat "$dir/err"
[ ! -s "$dir/err" ] && [ "$(wc -l <"$dir/got.json")" -eq 1 ]
check "one line, and nothing on stderr"
python3 - "$dir" <<'END'
import json, sys
want, got = (json.load(open(f"{sys.argv[1]}/{f}.json")) for f in ("want", "got"))
bad = [(k, v, got.get(k)) for k, v in want.items() if k != "recall"
       and abs(v - got[k]) > 1e-4]
bad += [(k, v, got["recall"][k]) for k, v in want["recall"].items()
        if abs(v - got["recall"][k]) > 1e-4]
low, high = got["fer7_ci95"]
if not low < got["fer7"] < high or got["ms_per_face"] <= 0:
    bad.append(("interval or time", low, high))
if sum(map(sum, got["confusion"])) != want["n"]:
    bad.append(("confusion", got["confusion"], want["n"]))
print(*(f"# {b}" for b in bad), sep="\n")
sys.exit(bool(bad))
END
check "the figures are those of the definitions"

"$eval" emotion --csv "$dir/fer.csv" >"$dir/out" 2>"$dir/err" &&
	grep -q 'FER2013, 7 emotions' "$dir/out" && ! grep -q 'FER+' "$dir/out"
check "a person gets a table, without FER+ where none was given"
"$eval" emotion --csv "$dir/fer.csv" --usage all --json | grep -q '"n":40'
check "usage all takes every row"
"$eval" emotion --csv "$dir/fer.csv" --usage Training --json >"$dir/out" &&
	! grep -q untrained "$dir/out" &&
	"$eval" emotion --csv "$dir/fer.csv" | grep -q 'not in Training .*n = 16'
check "and who else was learned from is counted apart"

"$eval" emotion --csv "$dir/fer.csv" --json >/dev/full 2>"$dir/err"
[ $? -eq 74 ] && grep -q 'standard output: writing' "$dir/err"
check "a full disk is not a success" || cat "$dir/err"

# A network that doubts everything: all seven are alike, whichever is first,
# and four of the seven are unpleasant.
mkdir "$dir/doubt"
cp "$MIEN_ROOT"/model/weights/* "$dir/doubt"
sed -i 's/^temperature=.*/temperature=100/' "$dir/doubt/emotion.cfg"
(cd "$dir/doubt" && sha256sum emotion.cfg >new &&
	sed -i "s/.*  emotion.cfg\$/$(cat new)/" SHA256SUMS && rm new)
"$eval" emotion --csv "$dir/fer.csv" --usage PublicTest --json \
	--model "$dir/doubt" >"$dir/got.json" 2>"$dir/err" &&
	jq -e --slurpfile want "$dir/unpleasant" \
		'(.polarity3 - $want[0]) | fabs < 1e-4' "$dir/got.json" >/dev/null
check "polarity is what the emotions of each say together" || cat "$dir/err"

complains "no table named" 64 usage:
complains "an unknown option" 64 usage: --csv "$dir/fer.csv" --nonsense
complains "a missing table" 66 'none.csv: cannot be opened' --csv "$dir/none.csv"
complains "a folder for a table" 74 'directory' --csv "$dir"
complains "a missing FER+ table" 66 none.csv --csv "$dir/fer.csv" \
	--ferplus "$dir/none.csv"
complains "no model" 69 'emotion.cfg' --csv "$dir/fer.csv" --model "$dir"
complains "a usage that is not there" 65 'it has Training, PublicTest' \
	--csv "$dir/fer.csv" --usage PrivateTest

# odd NAME WORD: what stands in odd.csv is refused
odd() {
	complains "$1" 65 "$2" --csv "$dir/odd.csv" --usage all
}
: >"$dir/odd.csv"
odd "an empty table" 'is empty'
cp "$data/face_input.ppm" "$dir/odd.csv"
odd "a picture for a table" 'columns emotion, pixels and Usage'
{ head -n 3 "$dir/fer.csv"; echo '9,1 2,Training'; } >"$dir/odd.csv"
odd "an emotion of 9" 'odd.csv:4: an emotion'
{ head -n 3 "$dir/fer.csv"; echo '1,1 2,Training'; } >"$dir/odd.csv"
odd "a short picture" 'odd.csv:4: a picture is 2304'
sed '2s/^\(.,\)[0-9]*/\1256/' "$dir/fer.csv" >"$dir/odd.csv"
odd "a pixel of 256" 'odd.csv:2: a picture'
{ head -n 3 "$dir/fer.csv"; echo '1'; } >"$dir/odd.csv"
odd "a row of one cell" 'odd.csv:4: has too few'
tac "$dir/plus.csv" | sed -n '1!p' >"$dir/body"
{ head -n 1 "$dir/plus.csv"; cat "$dir/body"; } >"$dir/odd.csv"
complains "votes in another order" 65 'row by row' --csv "$dir/fer.csv" \
	--ferplus "$dir/odd.csv"
head -n 20 "$dir/plus.csv" >"$dir/odd.csv"
complains "too few votes" 65 'ends before' --csv "$dir/fer.csv" \
	--ferplus "$dir/odd.csv"
complains "pictures for votes" 65 'columns Usage and neutral to NF' \
	--csv "$dir/fer.csv" --ferplus "$dir/fer.csv"
exit $failed
