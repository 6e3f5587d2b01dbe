#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is the converted face.cfg the same function as the original?

    compare.py blazeface-front.json WEIGHTS_FOLDER PICTURE...
    compare.py --fixture OUT_FOLDER blazeface-front.json PICTURE

Runs the original graph in numpy and the conversion in the packaged Darknet;
exits 1 when an output differs by more than 1e-3.  --fixture writes what
tests/unit/test_detect.c compares the engine with: the picture (at most
256x192) as face_input.ppm, a sample of the original's outputs as
face_output.tsv.
"""
import ctypes
import os
import sys

import numpy as np
from PIL import Image

from blazeface import heads
from tfgraph import Graph, run

LIBRARY = "/usr/lib/darknet/libdarknet.so"
WIDTH, HEIGHT = 256, 192
LIMIT = 1e-3
TOP, EVERY = 24, 101    # the fixture: the best cells whole, and a sample


def network_input(image):
    """Top left of the input, scaled down to fit; zero where nothing is."""
    scale = min(WIDTH / image.width, HEIGHT / image.height, 1)
    size = round(image.width * scale), round(image.height * scale)
    pixels = np.asarray(image.resize(size, Image.BOX), np.float32)
    x = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    x[:size[1], :size[0]] = pixels / np.float32(127.5) - 1
    return x


def original(graph, x):
    """-> one (channels, rows, columns) a head, scores first."""
    found = []
    for _, scores, boxes in heads(graph):
        pair = run(graph, x, [scores.name, boxes.name])
        found.append(np.concatenate(pair, 2).transpose(2, 0, 1))
    return found


class Darknet:
    def __init__(self, folder):
        lib = self.lib = ctypes.CDLL(LIBRARY)
        floats = ctypes.POINTER(ctypes.c_float)
        lib.load_network.restype = ctypes.c_void_p
        lib.network_predict.restype = floats
        lib.network_predict.argtypes = [ctypes.c_void_p, floats]
        names = [os.path.join(folder, f"face.{s}").encode()
                 for s in ("cfg", "weights")]
        for name in names:
            open(name, "rb").close()    # the library would exit(0)
        self.net = lib.load_network(*names, 0)

    def finest_head(self, x):
        planes = np.ascontiguousarray(x.transpose(2, 0, 1))
        out = self.lib.network_predict(
            self.net, planes.ctypes.data_as(ctypes.POINTER(ctypes.c_float)))
        return np.ctypeslib.as_array(out, (34, HEIGHT // 8, WIDTH // 8)).copy()


def write_fixture(folder, graph, picture):
    with Image.open(picture) as image:
        image = image.convert("RGB")
    if image.width > WIDTH or image.height > HEIGHT:
        raise SystemExit(f"{picture}: larger than {WIDTH}x{HEIGHT}")
    image.save(os.path.join(folder, "face_input.ppm"))
    with open(os.path.join(folder, "face_output.tsv"), "w") as file:
        file.write("# stride\tindex in the head's planes\tvalue; "
                   "written by model/convert/compare.py\n")
        for stride, head in zip((8, 16), original(graph, network_input(image))):
            anchors = len(head) // 17
            cells = head[0].size
            best = np.argsort(head[:anchors].max(0).ravel())[-TOP:]
            chosen = (np.arange(len(head))[:, None] * cells + best).ravel()
            chosen = np.union1d(chosen, np.arange(0, head.size, EVERY))
            for i in chosen:
                file.write(f"{stride}\t{i}\t{head.ravel()[i]:.6g}\n")


def main():
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    if sys.argv[1] == "--fixture":
        write_fixture(sys.argv[2], Graph(sys.argv[3]), sys.argv[4])
        return
    graph, darknet, worst = Graph(sys.argv[1]), Darknet(sys.argv[2]), 0
    for picture in sys.argv[3:]:
        with Image.open(picture) as image:
            x = network_input(image.convert("RGB"))
        # Packaged Darknet gives out the last layer only; the coarse head
        # is compared by the test, through the engine.
        off = np.abs(original(graph, x)[0] - darknet.finest_head(x)).max()
        print(f"{off:.2e}\t{picture}")
        worst = max(worst, off)
    sys.exit(1 if worst > LIMIT else 0)


if __name__ == "__main__":
    main()
