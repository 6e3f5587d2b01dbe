# SPDX-License-Identifier: GPL-3.0-or-later
"""Exported weights as the beginning of another run: export.py read backwards.

Knows the order of the files; knows nothing of training.
"""
import numpy as np
import torch
from torch.nn import functional as F

from net import CROWD, FER, standardise

HEADER = 20    # bytes: three ints, one 64 bit count


class Values:
    def __init__(self, path):
        self.path = path
        self.values = torch.from_numpy(np.fromfile(path, "<f4", offset=HEADER))

    def take(self, *shape):
        count = int(np.prod(shape))
        if count > len(self.values):
            raise SystemExit(f"{self.path}: too short for this network; say "
                             "which one it is by --net")
        out, self.values = self.values[:count], self.values[count:]
        return out.reshape(shape).clone()


@torch.no_grad()
def load_folded(net, path, pictures):
    """Fills net from emotion.weights: the same answers, with batch-norms again.

    pictures: (n, 48, 48) uint8 to measure what the batch-norms would see.
    """
    values = Values(path)
    x = standardise(torch.from_numpy(pictures).float().unsqueeze(1))
    net.eval()
    for block in net.trunk:
        if hasattr(block, "conv"):
            bias = values.take(block.conv.out_channels)
            weight = values.take(*block.conv.weight.shape)
            y = F.conv2d(x, weight, padding=1)
            mean, var = y.mean((0, 2, 3)), y.var((0, 2, 3))
            block.conv.weight.copy_(weight)
            block.norm.running_mean.copy_(mean)
            block.norm.running_var.copy_(var)
            block.norm.weight.copy_(torch.sqrt(var + block.norm.eps))
            block.norm.bias.copy_(bias + mean)
        x = block(x)
    for part in (slice(0, FER), slice(FER, FER + CROWD)):
        net.heads.bias[part] = values.take(part.stop - part.start)
        net.heads.weight[part] = values.take(part.stop - part.start,
                                             net.heads.in_features)
    if len(values.values):
        raise SystemExit(f"{path}: too long for this network; say which one it "
                         "is by --net")
