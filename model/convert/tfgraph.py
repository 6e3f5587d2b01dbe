# SPDX-License-Identifier: GPL-3.0-or-later
"""A TensorFlow.js graph model: read, and run in plain numpy.

The reference that a conversion is compared with, so it shares nothing with
the converter but the reading of the file.  Knows nothing of Darknet.
"""
import base64
import json
import os
from collections import namedtuple

import numpy as np

Node = namedtuple("Node", "op name inputs attr")
SKIPPED = ("Const", "Placeholder", "Reshape", "Identity")


class Graph:
    """nodes: name -> Node; weights: name -> array; consumers of each name."""

    def __init__(self, path):
        with open(path) as file:
            model = json.load(file)
        self.nodes = {}
        for n in model["modelTopology"]["node"]:
            self.nodes[n["name"]] = Node(n["op"], n["name"], n.get("input", []),
                                         n.get("attr", {}))
        self.weights = self.read_weights(model["weightsManifest"],
                                         os.path.dirname(path))

    @staticmethod
    def read_weights(manifest, folder):
        weights = {}
        for group in manifest:
            data = b"".join(open(os.path.join(folder, p), "rb").read()
                            for p in group["paths"])
            at = 0
            for w in group["weights"]:
                count = int(np.prod(w["shape"]))
                weights[w["name"]] = np.frombuffer(
                    data, w["dtype"], count, at).reshape(w["shape"])
                at += 4 * count
            if at != len(data):
                raise SystemExit(f"{group['paths']}: {len(data)} bytes, the "
                                 f"manifest describes {at}")
        return weights

    def stride(self, node):
        return int(node.attr["strides"]["list"]["i"][1])

    def same(self, node):
        return base64.b64decode(node.attr["padding"]["s"]) == b"SAME"

    def fused(self, node):
        ops = node.attr.get("fused_ops", {}).get("list", {}).get("s", [])
        return [base64.b64decode(op).decode() for op in ops]


def windows(x, size, stride, same, fill):
    """(h, w, c) -> (h', w', size, size, c), padded as TensorFlow pads."""
    if same:
        pads = []
        for side in x.shape[:2]:
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [*pads, (0, 0)], constant_values=fill)
    view = np.lib.stride_tricks.sliding_window_view(x, (size, size), (0, 1))
    return view[::stride, ::stride].transpose(0, 1, 3, 4, 2)


def run_node(graph, node, get):
    x = get(node.inputs[0])
    if node.op == "_FusedConv2D":
        kernel, bias = (graph.weights[i] for i in node.inputs[1:])
        view = windows(x, kernel.shape[0], graph.stride(node), graph.same(node), 0)
        y = np.tensordot(view, kernel.astype(np.float64), 3) + bias
        return np.maximum(y, 0) if "Relu" in graph.fused(node) else y
    if node.op == "DepthwiseConv2dNative":
        kernel = graph.weights[node.inputs[1]][..., 0]
        view = windows(x, kernel.shape[0], graph.stride(node), graph.same(node), 0)
        return (view * kernel).sum((2, 3))
    if node.op == "MaxPool":
        size = int(node.attr["ksize"]["list"]["i"][1])
        return windows(x, size, graph.stride(node), graph.same(node),
                       -np.inf).max((2, 3))
    if node.op == "Pad":
        return np.pad(x, graph.weights[node.inputs[1]][1:])
    if node.op == "AddV2":
        return x + get(node.inputs[1])
    if node.op == "Relu":
        return np.maximum(x, 0)
    raise SystemExit(f"{node.name}: no rule for {node.op}")


def run(graph, picture, wanted):
    """picture (h, w, 3), scaled, of any size -> the wanted nodes' outputs.

    In float64.  Reshapes are left out: they fix the size of the grids.
    """
    done = {"input": picture.astype(np.float64)}

    def get(name):
        if name not in done:
            done[name] = run_node(graph, graph.nodes[name], get)
        return done[name]

    return [get(name) for name in wanted]
