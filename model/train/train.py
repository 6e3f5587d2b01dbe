#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Train the emotion network on FER2013 and FER+; a checkpoint after each epoch.

    train.py --fer2013 fer2013.csv --ferplus fer2013new.csv --out DIR

Stopped at any moment, the same command resumes.  DIR/log.tsv has a line an
epoch; DIR/last.pt is what export.py reads.  Uses a GPU where there is one.
"""
import argparse
import copy
import math
import os
import time

import numpy as np
import torch
from torch.nn import functional as F

import data
from net import FER, Net, TRUNK, standardise


def options():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--fer2013", required=True)
    p.add_argument("--ferplus", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--net", default="m52", choices=sorted(TRUNK))
    p.add_argument("--epochs", type=int, default=30)
    p.add_argument("--batch", type=int, default=128)
    p.add_argument("--rate", type=float, default=0.1)
    p.add_argument("--decay", type=float, default=5e-4)
    p.add_argument("--average", type=float, default=0.998,
                   help="decay of the moving average of the weights")
    p.add_argument("--hold-out", type=int, default=20, metavar="N",
                   help="keep one picture in N of Training to choose by")
    p.add_argument("--start", metavar="FILE",
                   help="begin at the averaged weights of this checkpoint")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=os.cpu_count())
    return p.parse_args()


def augment(x, rng):
    """Affine and brightness: (n, 1, 48, 48) 0..255 -> the same shape."""
    n = len(x)

    def uniform(low, high):
        return torch.rand(n, generator=rng) * (high - low) + low

    angle, scale = uniform(-15, 15) * math.pi / 180, uniform(0.85, 1.15)
    flip = torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(angle) / scale, torch.sin(angle) / scale
    theta = torch.stack([torch.stack([cos * flip, -sin, uniform(-.12, .12)], 1),
                         torch.stack([sin * flip, cos, uniform(-.12, .12)], 1)], 1)
    grid = F.affine_grid(theta.to(x.device), x.shape, align_corners=False)
    x = F.grid_sample(x, grid, padding_mode="border", align_corners=False)
    gamma = torch.exp(uniform(-.3, .3)).view(-1, 1, 1, 1).to(x.device)
    return 255 * (x / 255).clamp(0, 1) ** gamma


def erase(x, rng, share=0.4):
    """Set one random rectangle to the mean (0) in a share of the pictures."""
    side = x.shape[-1]
    low, high = side // 8, side // 2
    for i in (torch.rand(len(x), generator=rng) < share).nonzero().flatten():
        h, w = torch.randint(low, high, (2,), generator=rng).tolist()
        top = int(torch.randint(0, side - h + 1, (1,), generator=rng))
        left = int(torch.randint(0, side - w + 1, (1,), generator=rng))
        x[i, :, top:top + h, left:left + w] = 0
    return x


def loss_of(logits, label, crowd):
    fer = F.cross_entropy(logits[:, :FER], label, label_smoothing=0.1)
    soft = -(crowd * F.log_softmax(logits[:, FER:], 1)).sum(1)
    usable = (crowd.sum(1) > 0).float()
    return fer + (soft * usable).sum() / usable.sum().clamp(min=1)


def rate_at(step, steps, top):
    """One cycle: a linear rise over a fifth, then a cosine to nothing."""
    rise = steps // 5
    if step < rise:
        return top * (step + 1) / rise
    return top * 0.5 * (1 + math.cos(math.pi * (step - rise) / (steps - rise)))


@torch.no_grad()
def logits_of(net, pictures, device):
    net.eval()
    out = []
    for i in range(0, len(pictures), 256):
        x = torch.from_numpy(pictures[i:i + 256]).float().unsqueeze(1).to(device)
        x = standardise(x).contiguous(memory_format=torch.channels_last)
        out.append(net(x).cpu())
    return torch.cat(out)


def measure(net, pictures, labels, crowd, device):
    """-> FER accuracy, FER+ majority accuracy, in percent."""
    if not len(pictures):
        return float("nan"), float("nan")
    logits = logits_of(net, pictures, device).numpy()
    majority = data.crowd_majority(crowd)
    clear = majority >= 0
    fer = (logits[:, :FER].argmax(1) == labels).mean()
    plus = (logits[:, FER:].argmax(1) == majority)[clear].mean()
    return 100 * fer, 100 * plus


class Run:
    """Network, its average, optimiser and position: what a checkpoint holds."""

    def __init__(self, opt, device):
        torch.manual_seed(opt.seed)
        self.net = Net(opt.net).to(device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net)
        decayed = [p for p in self.net.parameters() if p.dim() > 1]
        plain = [p for p in self.net.parameters() if p.dim() <= 1]
        self.sgd = torch.optim.SGD(
            [{"params": decayed, "weight_decay": opt.decay}, {"params": plain}],
            lr=opt.rate, momentum=0.9, nesterov=True)
        self.epoch = self.step = 0

    def start_at(self, path, device):
        state = torch.load(path, map_location=device)
        self.net.load_state_dict(state["average"])
        self.average.load_state_dict(state["average"])

    def save(self, path, opt):
        state = {"net": self.net.state_dict(), "average": self.average.state_dict(),
                 "sgd": self.sgd.state_dict(), "epoch": self.epoch,
                 "step": self.step, "name": opt.net, "options": vars(opt)}
        torch.save(state, path + ".part")
        os.replace(path + ".part", path)

    def load(self, path, device):
        state = torch.load(path, map_location=device)
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.sgd.load_state_dict(state["sgd"])
        self.epoch, self.step = state["epoch"], state["step"]

    @torch.no_grad()
    def follow(self, decay):
        decay = min(decay, (1 + self.step) / (10 + self.step))
        for a, b in zip(self.average.state_dict().values(),
                        self.net.state_dict().values()):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - decay)
            else:
                a.copy_(b)


def train_epoch(run, opt, pictures, labels, crowd, device):
    rng = torch.Generator().manual_seed(opt.seed * 1000 + run.epoch)
    order = torch.randperm(len(pictures), generator=rng).numpy()
    batches = len(order) // opt.batch
    total = 0.0
    run.net.train()
    for b in range(batches):
        pick = order[b * opt.batch:(b + 1) * opt.batch]
        x = torch.from_numpy(pictures[pick]).float().unsqueeze(1).to(device)
        x = erase(standardise(augment(x, rng)), rng)
        x = x.contiguous(memory_format=torch.channels_last)
        rate = rate_at(run.step, batches * opt.epochs, opt.rate)
        for group in run.sgd.param_groups:
            group["lr"] = rate
        loss = loss_of(run.net(x), torch.from_numpy(labels[pick]).to(device),
                       torch.from_numpy(crowd[pick]).to(device))
        run.sgd.zero_grad(set_to_none=True)
        loss.backward()
        run.sgd.step()
        run.step += 1
        run.follow(opt.average)
        total += loss.item()
    run.epoch += 1
    return total / max(batches, 1)


def main():
    opt = options()
    torch.set_num_threads(opt.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    labels, usage, pictures = data.read_fer2013(opt.fer2013)
    crowd = data.read_ferplus(opt.ferplus, len(labels))
    apart = data.held_out(pictures, opt.hold_out)
    learn = (usage == "Training") & ~apart
    choose = (usage == "Training") & apart
    public = usage == "PublicTest"
    os.makedirs(opt.out, exist_ok=True)
    last = os.path.join(opt.out, "last.pt")
    run = Run(opt, device)
    if os.path.exists(last):
        run.load(last, device)
    elif opt.start:
        run.start_at(opt.start, device)
    with open(os.path.join(opt.out, "log.tsv"), "a", buffering=1) as log:
        if not run.epoch:
            log.write("epoch\tseconds\tloss\theld_fer7\theld_ferplus8"
                      "\tpublic_fer7\tpublic_ferplus8\n")
        while run.epoch < opt.epochs:
            start = time.monotonic()
            loss = train_epoch(run, opt, pictures[learn], labels[learn],
                               crowd[learn], device)
            run.save(last, opt)
            figures = [*measure(run.average, pictures[choose], labels[choose],
                                crowd[choose], device),
                       *measure(run.average, pictures[public], labels[public],
                                crowd[public], device)]
            log.write(f"{run.epoch}\t{time.monotonic() - start:.0f}\t{loss:.4f}\t"
                      + "\t".join(f"{f:.2f}" for f in figures) + "\n")


if __name__ == "__main__":
    main()
