# SPDX-License-Identifier: GPL-3.0-or-later
"""A Darknet cfg and its weights, read by a few lines of our own, as a PyTorch
network: what bench/peers sets beside Darknet and OpenCV."""
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HEADER = 20    # int32 major, minor, revision; uint64 pictures seen
EPSILON = 1e-6


def read_cfg(path):
    """-> [(section, {key: text})], [net] first."""
    sections = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line.startswith("["):
                sections.append((line.strip("[]"), {}))
            elif line:
                key, value = line.split("=", 1)
                sections[-1][1][key.strip()] = value.strip()
    return sections


def activate(x, name):
    if name == "linear":
        return x
    if name == "relu":
        return F.relu(x)
    if name == "leaky":
        return F.leaky_relu(x, 0.1)
    if name == "logistic":
        return torch.sigmoid(x)
    raise SystemExit(f"bench/peers: there is no activation {name} here")


class Weights:
    def __init__(self, path):
        self.floats = np.fromfile(path, "<f4", offset=HEADER)
        self.at = 0

    def take(self, *shape):
        count = int(np.prod(shape))
        part = self.floats[self.at:self.at + count]
        if len(part) != count:
            raise SystemExit("bench/peers: the weights file is too short")
        self.at += count
        return torch.from_numpy(part.reshape(shape).copy())


class Network(nn.Module):
    """Batch-norm is folded; forward returns the layers that are `wanted`."""

    def __init__(self, cfg, weights, wanted=None):
        super().__init__()
        sections = read_cfg(cfg)
        net = sections[0][1]
        self.shape = (int(net["channels"]), int(net["height"]),
                      int(net["width"]))
        self.sections = sections[1:]
        self.wanted = wanted or self.heads()
        weights = Weights(weights)
        shapes = [self.shape]
        self.modules_ = nn.ModuleList()
        probe = torch.zeros(1, *self.shape)
        outputs = []
        for i, (kind, options) in enumerate(self.sections):
            module = self.make(kind, options, shapes[-1], weights)
            self.modules_.append(module)
            probe = self.step(i, probe, outputs)
            outputs.append(probe)
            shapes.append(tuple(probe.shape[1:]))
        if weights.at != len(weights.floats):
            raise SystemExit("bench/peers: the weights file is too long")

    def heads(self):
        """The named layers; of a softmax the one before it, whose
        temperature is nobody's but Darknet's."""
        named = [i for i, (kind, options) in enumerate(self.sections)
                 if "name" in options and kind != "softmax"]
        return named or [len(self.sections) - 1]

    @staticmethod
    def fold(options, bias, norm, weight):
        if norm is None:
            return bias, weight
        scale, mean, variance = norm
        scale = scale / (variance.sqrt() + EPSILON)
        return (bias - mean * scale,
                weight * scale.reshape(-1, *[1] * (weight.dim() - 1)))

    def make(self, kind, options, shape, weights):
        if kind == "convolutional":
            n, size = int(options["filters"]), int(options["size"])
            groups = int(options.get("groups", 1))
            padding = (size // 2 if int(options.get("pad", 0))
                       else int(options.get("padding", 0)))
            bias = weights.take(n)
            norm = ([weights.take(n) for _ in range(3)]
                    if int(options.get("batch_normalize", 0)) else None)
            weight = weights.take(n, shape[0] // groups, size, size)
            module = nn.Conv2d(shape[0], n, size, int(options.get("stride", 1)),
                               padding, groups=groups)
        elif kind == "connected":
            n, inputs = int(options["output"]), int(np.prod(shape))
            bias, weight = weights.take(n), weights.take(n, inputs)
            norm = ([weights.take(n) for _ in range(3)]
                    if int(options.get("batch_normalize", 0)) else None)
            module = nn.Linear(inputs, n)
        else:
            return nn.Identity()
        bias, weight = self.fold(options, bias, norm, weight)
        module.bias.data, module.weight.data = bias, weight
        return module

    def step(self, i, x, outputs):
        kind, options = self.sections[i]
        if kind in ("convolutional", "connected"):
            if kind == "connected":
                x = x.flatten(1)
            return activate(self.modules_[i](x),
                            options.get("activation", "logistic"))
        if kind == "maxpool":
            stride = int(options.get("stride", 1))
            size = int(options.get("size", stride))
            padding = int(options.get("padding", size - 1))
            h, w = ((n + padding - size) // stride + 1 for n in x.shape[2:])
            below = [(m - 1) * stride + size - n - padding // 2
                     for m, n in ((h, x.shape[2]), (w, x.shape[3]))]
            if padding and (max(below) > 0 or padding // 2):
                x = F.pad(x, (padding // 2, max(below[1], 0),
                              padding // 2, max(below[0], 0)),
                          value=float("-inf"))
            return F.max_pool2d(x, size, stride)[:, :, :h, :w]
        if kind == "avgpool":
            return x.mean((2, 3), keepdim=True)
        if kind == "shortcut":
            other = outputs[i + int(options["from"])]
            missing = x.shape[1] - other.shape[1]
            if missing > 0:
                other = F.pad(other, (0, 0, 0, 0, 0, missing))
            elif missing < 0:
                other = other[:, :x.shape[1]]
            return activate(x + other, options.get("activation", "linear"))
        if kind == "route":
            picked = [int(n) for n in options["layers"].split(",")]
            picked = [outputs[n if n >= 0 else i + n] for n in picked]
            return picked[0] if len(picked) == 1 else torch.cat(picked, 1)
        if kind == "upsample":
            return F.interpolate(x, scale_factor=int(options["stride"]))
        if kind == "softmax":
            t = float(options.get("temperature", 1))
            return F.softmax(x.flatten(1) / t, 1)
        if kind == "dropout":
            return x
        raise SystemExit(f"bench/peers: there is no layer {kind} here")

    def forward(self, x):
        outputs = []
        for i in range(len(self.sections)):
            x = self.step(i, x, outputs)
            outputs.append(x)
        return tuple(outputs[i] for i in self.wanted)
