# SPDX-License-Identifier: GPL-3.0-or-later
"""The emotion network: one trunk, a FER2013 head (7) and a FER+ head (8).

Only layers that Darknet runs right: 3x3 convolutions, max pooling, identity
shortcuts, a global average and one linear layer.  TRUNK is the whole shape;
export.py walks the same list to write the cfg.
"""
import torch
from torch import nn
from torch.nn import functional as F

# ("conv", filters), ("res", filters): conv then add its input, ("pool",).
# The name is the cost in millions of multiply-adds.
TRUNK = {
    "m52": (("conv", 32), ("pool",),
            ("conv", 48), ("res", 48), ("pool",),
            ("conv", 96), ("res", 96), ("pool",),
            ("conv", 160), ("res", 160)),
    "m76": (("conv", 16), ("pool",),
            ("conv", 48), ("res", 48), ("pool",),
            ("conv", 96), ("res", 96), ("res", 96), ("pool",),
            ("conv", 192), ("res", 192), ("res", 192)),
    "m79": (("conv", 16), ("pool",),
            ("conv", 48), ("res", 48), ("pool",),
            ("conv", 96), ("res", 96), ("res", 96), ("pool",),
            ("conv", 192), ("res", 192), ("res", 192), ("pool",),
            ("res", 192)),
    # too large to be run beside a camera: to be a teacher (teach.py)
    "t723": (("conv", 64), ("res", 64), ("pool",),
             ("conv", 128), ("res", 128), ("res", 128), ("pool",),
             ("conv", 256), ("res", 256), ("res", 256), ("pool",),
             ("conv", 512), ("res", 512), ("res", 512)),
}
SLOPE = 0.1    # Darknet's leaky
FER, CROWD = 7, 8


class Block(nn.Module):
    def __init__(self, kind, inputs, filters):
        super().__init__()
        self.add_input = kind == "res"
        self.conv = nn.Conv2d(inputs, filters, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(filters)

    def forward(self, x):
        y = F.leaky_relu(self.norm(self.conv(x)), SLOPE)
        return x + y if self.add_input else y


class Net(nn.Module):
    def __init__(self, name="m52", dropout=0.3):
        super().__init__()
        self.name = name
        layers, channels = [], 1
        for kind, *size in TRUNK[name]:
            if kind == "pool":
                layers.append(nn.MaxPool2d(2))
            else:
                layers.append(Block(kind, channels, size[0]))
                channels = size[0]
        self.trunk = nn.Sequential(*layers)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.Linear(channels, FER + CROWD)

    def forward(self, x):
        """(n, 1, 48, 48) standardised -> (n, 15) logits: FER's 7, FER+'s 8."""
        return self.heads(self.dropout(self.trunk(x).mean((2, 3))))


def standardise(x):
    """Each picture (values 0..255) minus its mean, over its deviation.

    The 1 under the root keeps a flat picture flat; model/emotion.c does the
    same.
    """
    mean = x.mean((1, 2, 3), keepdim=True)
    var = x.var((1, 2, 3), unbiased=False, keepdim=True)
    return (x - mean) / torch.sqrt(var + 1)
