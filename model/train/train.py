#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Train the emotion network on FER2013 and FER+; a checkpoint after each epoch.

    train.py --fer2013 fer2013.csv --ferplus fer2013new.csv --out DIR

Stopped at any moment, the same command resumes.  DIR/log.tsv has a line an
epoch; DIR/last.pt is what export.py reads.  Uses a GPU where there is one.
"""
import argparse
import concurrent.futures
import copy
import math
import os
import time

import numpy as np
import torch
from torch.nn import functional as F

import data
from net import CROWD, FER, Net, TRUNK, standardise
from start import load_folded
from teach import Teachers


def options():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--fer2013", required=True)
    p.add_argument("--ferplus", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--net", default="m76", choices=sorted(TRUNK))
    p.add_argument("--epochs", type=int, default=120)
    p.add_argument("--batch", type=int, default=128)
    p.add_argument("--rate", type=float, default=0.1)
    p.add_argument("--decay", type=float, default=5e-4)
    p.add_argument("--average", type=float, default=0.998,
                   help="decay of the moving average of the weights")
    p.add_argument("--refine", type=float, default=0.7, metavar="SHARE",
                   help="share of the network's own running prediction in its "
                        "targets at the end (0 at the start, growing evenly)")
    p.add_argument("--refine-from", type=float, default=0.0, metavar="SHARE",
                   help="that share at the start, where --start knows what was "
                        "said")
    p.add_argument("--hold-out", type=int, default=20, metavar="N",
                   help="keep one picture in N of Training to choose by")
    p.add_argument("--start", metavar="FILE",
                   help="begin at the weights of this checkpoint (last.pt), or "
                        "at an exported emotion.weights")
    p.add_argument("--teacher", metavar="FILE", action="append", default=[],
                   help="learn from this checkpoint (last.pt) of a larger "
                        "network, too; may be said again for more of them")
    p.add_argument("--taught", type=float, default=0.7, metavar="SHARE",
                   help="share of the teachers' word in what is learned")
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


class Targets:
    """What each picture of Training should be read as, by both heads.

    A label is one searcher's word and wrong for every third picture, so the
    target moves from the label to what the network itself said of the picture
    in earlier epochs, by a share that grows evenly from 0 to `refine` (Kim et
    al. 2021, "Self-knowledge distillation with progressive refinement of
    targets").  FER+ has ten votes a picture and takes half that share.
    """
    SMOOTH = 0.05    # spread over the seven FER classes
    MEMORY = 0.6     # of earlier epochs in the running prediction

    def __init__(self, labels, crowd, shares):
        sure = np.eye(FER, dtype=np.float32)[labels]
        self.fer = torch.from_numpy(sure * (1 - self.SMOOTH) + self.SMOOTH / FER)
        self.crowd = torch.from_numpy(crowd)
        self.usable = (self.crowd.sum(1) > 0).float()
        self.shares = shares
        self.said = torch.zeros(len(labels), FER + CROWD)
        self.times = torch.zeros(len(labels))

    def remember(self, pick, logits):
        logits = logits.detach().float().cpu()
        now = torch.cat([F.softmax(logits[:, :FER], 1),
                         F.softmax(logits[:, FER:], 1)], 1)
        old = self.MEMORY * (self.times[pick] > 0).float().unsqueeze(1)
        self.said[pick] = old * self.said[pick] + (1 - old) * now
        self.times[pick] += 1

    def loss(self, pick, logits, progress):
        """FER's cross entropy counts one and a half times FER+'s."""
        known = (self.times[pick] > 0).float().unsqueeze(1)
        first, last = self.shares
        share = (first + (last - first) * progress) * known
        said = self.said[pick]
        fer = (1 - share) * self.fer[pick] + share * said[:, :FER]
        crowd = (1 - share / 2) * self.crowd[pick] + share / 2 * said[:, FER:]
        device, usable = logits.device, self.usable[pick].to(logits.device)
        fer = -(fer.to(device) * F.log_softmax(logits[:, :FER], 1)).sum(1)
        crowd = -(crowd.to(device) * F.log_softmax(logits[:, FER:], 1)).sum(1)
        return 1.5 * fer.mean() + (crowd * usable).sum() / usable.sum().clamp(min=1)


def rate_at(step, steps, top):
    """One cycle: a linear rise over a twentieth, then a cosine to nothing."""
    rise = max(steps // 20, 1)
    if step < rise:
        return top * (step + 1) / rise
    return top * 0.5 * (1 + math.cos(math.pi * (step - rise) / (steps - rise)))


def has_bf16(device):
    """True where bfloat16 multiplies faster than float32: about twice, then."""
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported()
    try:
        with open("/proc/cpuinfo") as f:
            return "avx512_bf16" in f.read()
    except OSError:
        return False


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


@torch.no_grad()
def grow(net, state):
    """Fills net from a smaller one: a residual block that is new adds nothing."""
    for name, value in net.state_dict().items():
        if name in state:
            value.copy_(state[name])
        elif name.endswith("norm.weight"):
            value.zero_()


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

    def start_at(self, path, pictures, targets):
        if path.endswith(".weights"):
            load_folded(self.average, path, pictures)
            self.net.load_state_dict(self.average.state_dict())
            return
        state = torch.load(path, map_location="cpu")
        for net in (self.net, self.average):
            grow(net, state["average"])
        if len(state["said"]) == len(targets.said):
            targets.said, targets.times = state["said"], state["times"]

    def save(self, path, opt, targets):
        state = {"net": self.net.state_dict(), "average": self.average.state_dict(),
                 "sgd": self.sgd.state_dict(), "epoch": self.epoch,
                 "step": self.step, "said": targets.said,
                 "times": targets.times, "name": opt.net, "options": vars(opt)}
        torch.save(state, path + ".part")
        os.replace(path + ".part", path)

    def load(self, path, device, targets):
        state = torch.load(path, map_location=device)
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.sgd.load_state_dict(state["sgd"])
        self.epoch, self.step = state["epoch"], state["step"]
        targets.said, targets.times = state["said"], state["times"]

    @torch.no_grad()
    def follow(self, decay):
        decay = min(decay, (1 + self.step) / (10 + self.step))
        for a, b in zip(self.average.state_dict().values(),
                        self.net.state_dict().values()):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - decay)
            else:
                a.copy_(b)


def batches_of(pictures, order, size, rng):
    """-> (rows, augmented network input) for each whole batch of `order`.

    The next batch is made on a thread of its own while this one is learned.
    """
    def made(pick):
        torch.set_num_threads(1)     # of this thread's own loops
        x = torch.from_numpy(pictures[pick]).float().unsqueeze(1)
        x = erase(standardise(augment(x, rng)), rng)
        return pick, x.contiguous(memory_format=torch.channels_last)

    picks = [order[i:i + size] for i in range(0, len(order) - size + 1, size)]
    with concurrent.futures.ThreadPoolExecutor(1) as maker:
        coming = maker.submit(made, picks[0])
        for following in picks[1:] + [None]:
            batch = coming.result()
            if following is not None:
                coming = maker.submit(made, following)
            yield batch


def train_epoch(run, opt, pictures, targets, teachers, device):
    rng = torch.Generator().manual_seed(opt.seed * 1000 + run.epoch)
    order = torch.randperm(len(pictures), generator=rng).numpy()
    batches = len(order) // opt.batch
    total = 0.0
    half = has_bf16(device)
    run.net.train()
    for pick, x in batches_of(pictures, order, opt.batch, rng):
        steps = batches * opt.epochs
        rate = rate_at(run.step, steps, opt.rate)
        for group in run.sgd.param_groups:
            group["lr"] = rate
        x = x.to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
            logits = run.net(x)
            taught = teachers.loss(x, logits.float()) if teachers else 0.0
        logits = logits.float()
        share = opt.taught if teachers else 0.0
        loss = ((1 - share) * targets.loss(pick, logits, run.step / steps)
                + share * taught)
        targets.remember(pick, logits)
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
    targets = Targets(labels[learn], crowd[learn],
                      (opt.refine_from, opt.refine))
    if os.path.exists(last):
        run.load(last, device, targets)
    elif opt.start:
        run.start_at(opt.start, pictures[learn][:1024], targets)
    teachers = Teachers(opt.teacher, device) if opt.teacher else None
    with open(os.path.join(opt.out, "log.tsv"), "a", buffering=1) as log:
        if not run.epoch:
            log.write("epoch\tseconds\tloss\theld_fer7\theld_ferplus8"
                      "\tpublic_fer7\tpublic_ferplus8\n")
        while run.epoch < opt.epochs:
            start = time.monotonic()
            loss = train_epoch(run, opt, pictures[learn], targets, teachers, device)
            run.save(last, opt, targets)
            if run.epoch % 4 and run.epoch != opt.epochs:
                continue
            figures = [*measure(run.average, pictures[choose], labels[choose],
                                crowd[choose], device),
                       *measure(run.average, pictures[public], labels[public],
                                crowd[public], device)]
            log.write(f"{run.epoch}\t{time.monotonic() - start:.0f}\t{loss:.4f}\t"
                      + "\t".join(f"{f:.2f}" for f in figures) + "\n")


if __name__ == "__main__":
    main()
