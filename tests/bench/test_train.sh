#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make train: from two tables to the files that Darknet reads, on pictures of
# no one, for six short epochs: it learns, resumes, and Darknet then says what
# PyTorch said.
cd "${MIEN_ROOT:?}" || exit 1
if ! /usr/bin/python3 -c 'import torch' 2>/dev/null; then
	echo "ok - make train # SKIP python3-torch is not installed"
	exit 0
fi
dir=$(mktemp -d) && work=$dir
trap 'rm -rf "$dir"' EXIT
. "${MIEN_ROOT:?}/tests/tap.sh"

# Light from one of seven sides is what tells the labels apart.
/usr/bin/python3 - "$dir" <<'END'
import numpy as np, sys
rng = np.random.default_rng(1)
y, x = np.mgrid[0:48, 0:48] / 24 - 1
fer, plus = ["emotion,pixels,Usage"], ["Usage,Image name,neutral,happiness,"
    "surprise,sadness,anger,disgust,fear,contempt,unknown,NF"]
crowd = [4, 5, 6, 1, 3, 2, 0]   # FER's order in FER+'s columns
for row in range(600):
    label = row % 7
    bar = np.exp(-(y - (label - 3) / 4) ** 2 * 60)
    light = 110 + 100 * bar + rng.normal(0, 6, x.shape)
    pixels = " ".join(map(str, np.clip(light, 0, 255).astype(int).flat))
    usage = "PublicTest" if row >= 500 else "Training"
    fer.append(f"{label},{pixels},{usage}")
    votes = [0] * 10
    votes[crowd[label]] = 10
    plus.append(f"{usage},fer{row}.png," + ",".join(map(str, votes)))
open(sys.argv[1] + "/fer.csv", "w").write("\n".join(fer) + "\n")
open(sys.argv[1] + "/plus.csv", "w").write("\n".join(plus) + "\n")
END

# Its own copy of the project: make train replaces the project's weights.
mkdir -p "$dir/p/model" "$dir/p/tests/data"
cp -r Makefile scripts "$dir/p"
cp -r model/train model/weights "$dir/p/model"
cp tests/data/emotion_* "$dir/p/tests/data"

# train ARGUMENT...
train() {
	(cd "$dir/p" && env -u MAKEFLAGS -u MAKELEVEL make DEPS=no train "$@" \
		>"$dir/out" 2>&1)
}
! train && grep -q 'make train: say where' "$dir/out"
check 'without tables it says what it wants'
train FER2013="$dir/fer.csv" FERPLUS="$dir/plus.csv" \
	TRAIN='--net m52 --epochs 6 --batch 50 --rate 0.02 --average 0.8 --hold-out 5'
check 'make train'
cp "$dir/p/build/train/log.tsv" "$dir/out" && [ "$(wc -l <"$dir/out")" -eq 3 ]
check 'with a line for each measured epoch'
tail -n 1 "$dir/p/build/train/log.tsv" |
	awk '{ good = $6 > 40 && $7 > 40 } END { exit !good }'	# chance: 14%
check 'it learned what was there to learn'
! cmp -s "$dir/p/model/weights/emotion.weights" model/weights/emotion.weights
check 'the weights are new'
(cd "$dir/p/model/weights" && sha256sum --quiet -c SHA256SUMS) >"$dir/out" 2>&1
check 'under their checksum'
"${MIEN_BUILD:?}/mien-eval" emotion --csv "$dir/fer.csv" --usage PublicTest \
	--ferplus "$dir/plus.csv" --json --model "$dir/p/model/weights" \
	>"$dir/got.json" 2>"$dir/out"
check 'Darknet reads them'
tail -n 1 "$dir/p/build/train/log.tsv" | cut -f 6,7 | tr '\t' ' ' |
	{ read -r fer plus && jq -e "(.fer7 * 100 - $fer | fabs) < 0.01 and
		(.ferplus8 * 100 - $plus | fabs) < 0.01" "$dir/got.json" >/dev/null; }
check 'and answers as PyTorch did'
/usr/bin/python3 - "$dir" >"$dir/out" 2>&1 <<'END'
import sys
sys.path.insert(0, sys.argv[1] + "/p/model/train")
import numpy as np, torch
from net import Net, standardise
from start import load_folded
with open(sys.argv[1] + "/p/tests/data/emotion_input.pgm", "rb") as f:
    pictures = np.frombuffer(f.read()[-8 * 2304:], np.uint8).reshape(8, 48, 48)
want = np.loadtxt(sys.argv[1] + "/p/tests/data/emotion_output.tsv")
net = Net("m52")
load_folded(net, sys.argv[1] + "/p/model/weights/emotion.weights", pictures.copy())
x = standardise(torch.from_numpy(pictures.copy()).float().unsqueeze(1))
with torch.no_grad():
    off = np.abs(net.eval()(x).numpy() - want).max()
print(off)
sys.exit(int(off > 1e-3))
END
check 'what was exported can be begun at again'
/usr/bin/python3 - "$dir" >"$dir/out" 2>&1 <<'END'
import sys
sys.path.insert(0, sys.argv[1] + "/p/model/train")
import torch
from net import Net
from train import grow
torch.manual_seed(1)
small, large = Net("m76").eval(), Net("m79").eval()
for name, value in small.state_dict().items():
    if name.endswith("running_mean"):
        value.normal_()
grow(large, small.state_dict())
x = torch.randn(4, 1, 48, 48)
with torch.no_grad():
    want = small.heads(large.trunk[12](small.trunk(x)).mean((2, 3)))
    off = (large(x) - want).abs().max().item()
print(off)
sys.exit(int(off > 1e-4))
END
check 'and a larger network begins as the smaller one'
before=$(sha256sum <"$dir/p/model/weights/emotion.weights")
train FER2013="$dir/fer.csv" FERPLUS="$dir/plus.csv" \
	TRAIN='--net m52 --epochs 6 --batch 50 --hold-out 5' &&
	[ "$(sha256sum <"$dir/p/model/weights/emotion.weights")" = "$before" ]
check 'a run that is done stays done'
# A pupil that is told nothing but what its teacher says.
/usr/bin/python3 "$dir/p/model/train/train.py" --fer2013 "$dir/fer.csv" \
	--ferplus "$dir/plus.csv" --out "$dir/pupil" --taught 1 \
	--teacher "$dir/p/build/train/last.pt" --net m52 --epochs 6 --batch 50 \
	--rate 0.02 --average 0.8 --hold-out 5 >"$dir/out" 2>&1 &&
	tail -n 1 "$dir/pupil/log.tsv" |
	awk '{ good = $6 > 40 && $7 > 40 } END { exit !good }'
check 'a pupil learns from a teacher alone'
exit $failed
