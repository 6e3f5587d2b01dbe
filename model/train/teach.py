# SPDX-License-Identifier: GPL-3.0-or-later
"""Teachers: what larger networks say of the very view that a pupil sees.

Knows finished networks; knows nothing of labels or of how they were trained.
"""
import torch
from torch.nn import functional as F

from net import FER, Net


class Teachers:
    """The mean of their answers to a view and to its mirror image.

    A pupil follows a teacher far where both see the same crop of the same
    picture, and for long (Beyer et al. 2022, "Knowledge distillation: a good
    teacher is patient and consistent").
    """

    def __init__(self, paths, device):
        self.nets = [self.load(path, device) for path in paths]

    @staticmethod
    def load(path, device):
        state = torch.load(path, map_location="cpu")
        net = Net(state["name"])
        net.load_state_dict(state["average"])
        return net.eval().to(device, memory_format=torch.channels_last)

    @torch.no_grad()
    def say(self, x):
        """(n, 1, 48, 48) standardised -> FER's (n, 7), FER+'s (n, 8) shares."""
        logits = [net(view).float() for net in self.nets
                  for view in (x, x.flip(3))]
        heads = (slice(None, FER), slice(FER, None))
        return [torch.stack([F.softmax(one[:, head], 1) for one in logits])
                .mean(0) for head in heads]

    def loss(self, x, logits):
        """Weighs FER's head as Targets.loss does."""
        fer, crowd = self.say(x)
        return (-1.5 * (fer * F.log_softmax(logits[:, :FER], 1)).sum(1).mean()
                - (crowd * F.log_softmax(logits[:, FER:], 1)).sum(1).mean())
