#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write a trained checkpoint as Darknet's emotion.cfg and emotion.weights.

    export.py DIR/last.pt

takes the averaged weights, folds each batch-norm into its convolution, fits
one temperature a head on the slice that train.py held out (the tables named
in the checkpoint, or --fer2013 and --ferplus), and replaces, all in one go:

    model/weights/emotion.cfg, emotion.weights and their lines in SHA256SUMS
    tests/data/emotion_input.pgm, emotion_output.tsv: pictures of no one and
    what PyTorch answers, which "make check" compares with Darknet

Then run "make check" and commit the five files together.
"""
import argparse
import hashlib
import os
import struct

import numpy as np
import torch

import data
from net import CROWD, FER, Net, TRUNK, standardise

ROOT = os.path.normpath(os.path.join(os.path.dirname(__file__), "../.."))
SAMPLES = 8


def options():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("checkpoint", help="last.pt, as train.py writes it")
    p.add_argument("--fer2013", help="fer2013.csv, where it moved since")
    p.add_argument("--ferplus", help="fer2013new.csv, where it moved since")
    p.add_argument("--temperatures", metavar="FER,CROWD",
                   help="take these and read no table")
    p.add_argument("--root", default=ROOT, help="the project's folder")
    return p.parse_args()


def load(path):
    """-> the averaged network in float64, what train.py was called with."""
    state = torch.load(path, map_location="cpu")
    net = Net(state["name"])
    net.load_state_dict(state["average"])
    return net.double().eval(), state["options"], state["epoch"]


@torch.no_grad()
def logits_of(net, pictures):
    x = torch.from_numpy(pictures).unsqueeze(1)
    return torch.cat([net(standardise(part.double())) for part in x.split(256)])


# ---- temperatures ------------------------------------------------------------

def temperature(logits, labels):
    """The one that gives labels the least mean surprise."""
    candidates = np.exp(np.linspace(np.log(0.2), np.log(5), 400))

    def surprise(t):
        return torch.nn.functional.cross_entropy(logits / t, labels).item()
    return float(min(candidates, key=surprise))


def fit(net, fer2013, ferplus, one_in):
    labels, usage, pictures = data.read_fer2013(fer2013)
    crowd = data.read_ferplus(ferplus, len(labels))
    apart = (usage == "Training") & data.held_out(pictures, one_in)
    if not apart.any():
        raise SystemExit("the checkpoint was trained without a held-out slice; "
                         "give --temperatures")
    logits = logits_of(net, pictures[apart])
    majority = data.crowd_majority(crowd[apart])
    clear = majority >= 0
    return (temperature(logits[:, :FER], torch.from_numpy(labels[apart])),
            temperature(logits[clear, FER:], torch.from_numpy(majority[clear])))


# ---- the two files -----------------------------------------------------------

def folded(block):
    """-> biases, weights of one convolution that does its batch-norm too."""
    norm = block.norm
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return (norm.bias - norm.running_mean * scale,
            block.conv.weight * scale.view(-1, 1, 1, 1))


def head(count, name, heat):
    return [f"[connected]\noutput={count}\nactivation=linear\n"
            f"name={name}_logits\n",
            f"[softmax]\ntemperature={heat:.4f}\nname={name}\n"]


def describe(name, heats):
    sections = ["[net]\nwidth=48\nheight=48\nchannels=1\nbatch=1\n"
                "subdivisions=1\n"]
    for kind, *size in TRUNK[name]:
        if kind == "pool":
            sections.append("[maxpool]\nsize=2\nstride=2\npadding=0\n")
            continue
        sections.append(f"[convolutional]\nfilters={size[0]}\nsize=3\nstride=1\n"
                        "padding=1\nactivation=leaky\n")
        if kind == "res":
            sections.append("[shortcut]\nfrom=-2\nactivation=linear\n")
    sections.append("[avgpool]\n")
    sections += head(FER, "fer", heats[0])
    sections.append("[route]\nlayers=-3\n")
    sections += head(CROWD, "crowd", heats[1])
    return ("# Written by model/train/export.py.\n" + "\n".join(sections)).encode()


def parameters(net):
    """-> arrays in Darknet's order."""
    for block in net.trunk:
        if hasattr(block, "conv"):
            yield from folded(block)
    for part in (slice(0, FER), slice(FER, FER + CROWD)):
        yield net.heads.bias[part]
        yield net.heads.weight[part]


@torch.no_grad()
def weights(net):
    return struct.pack("<3iQ", 0, 2, 0, 0) + b"".join(
        np.ascontiguousarray(p.numpy(), "<f4").tobytes() for p in parameters(net))


# ---- the fixture -------------------------------------------------------------

def pictures_of_no_one():
    """Waves of light from a seed: face-like in smoothness, of nobody."""
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:data.SIDE, 0:data.SIDE] / data.SIDE
    out = []
    for _ in range(SAMPLES):
        light = rng.normal(0, 0.15, x.shape)
        for _ in range(12):
            fx, fy, phase = rng.uniform(-4, 4), rng.uniform(-4, 4), rng.uniform(0, 7)
            light += rng.normal() * np.cos(2 * np.pi * (fx * x + fy * y) + phase)
        out.append(np.clip(128 + 30 * light, 0, 255).astype(np.uint8))
    return np.stack(out)


def fixture(net):
    """-> the pictures below each other as a PGM, the logits as a table."""
    pictures = pictures_of_no_one()
    rows = logits_of(net, pictures).numpy()
    return (b"P5\n%d %d\n255\n" % (data.SIDE, data.SIDE * SAMPLES)
            + pictures.tobytes(),
            "".join("\t".join(f"{v:.6f}" for v in row) + "\n"
                    for row in rows).encode())


def sums(path, files):
    """-> SHA256SUMS with the lines of files put in."""
    lines = {}
    if os.path.exists(path):
        with open(path) as old:
            lines = {line.split()[1]: line.split()[0] for line in old}
    for name, content in files.items():
        lines[name] = hashlib.sha256(content).hexdigest()
    return "".join(f"{lines[n]}  {n}\n" for n in sorted(lines)).encode()


def main():
    opt = options()
    net, trained, epoch = load(opt.checkpoint)
    if opt.temperatures:
        heats = tuple(map(float, opt.temperatures.split(",")))
    else:
        heats = fit(net, opt.fer2013 or trained["fer2013"],
                    opt.ferplus or trained["ferplus"], trained["hold_out"])
    folder = os.path.join(opt.root, "model/weights")
    tests = os.path.join(opt.root, "tests/data")
    files = {"emotion.cfg": describe(net.name, heats), "emotion.weights": weights(net)}
    listed = os.path.join(folder, "SHA256SUMS")
    content = {os.path.join(folder, name): files[name] for name in files}
    content[listed] = sums(listed, files)
    pgm, tsv = fixture(net)
    content[os.path.join(tests, "emotion_input.pgm")] = pgm
    content[os.path.join(tests, "emotion_output.tsv")] = tsv
    for path, it in content.items():
        with open(path + ".part", "wb") as file:
            file.write(it)
    for path in content:
        os.replace(path + ".part", path)
    print(f"{net.name}, epoch {epoch}, temperatures "
          f"{heats[0]:.4f} and {heats[1]:.4f}: {len(files['emotion.weights'])} bytes")


if __name__ == "__main__":
    main()
