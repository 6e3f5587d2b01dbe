# SPDX-License-Identifier: GPL-3.0-or-later
"""FER2013 and FER+ as arrays: Kaggle's fer2013.csv, fer2013new.csv beside it.

Knows file formats and label orders; knows nothing of networks.
"""
import csv
import zlib

import numpy as np

# The order of fer2013.csv, and of every list of seven in the project.
EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
# The order of fer2013new.csv's vote columns; the first eight are emotions.
CROWD = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust",
         "fear", "contempt")
SIDE = 48


def read_fer2013(path):
    """-> labels (n,) int64, usage (n,) str, pictures (n, 48, 48) uint8."""
    labels, usage, pixels = [], [], []
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            picture = np.array(row["pixels"].split(), np.uint8)
            if picture.size != SIDE * SIDE:
                raise SystemExit(f"{path}: row {len(labels) + 2} has "
                                 f"{picture.size} pixels, expected {SIDE * SIDE}")
            labels.append(int(row["emotion"]))
            usage.append(row["Usage"])
            pixels.append(picture)
    return (np.array(labels), np.array(usage),
            np.stack(pixels).reshape(-1, SIDE, SIDE))


def read_ferplus(path, rows):
    """-> crowd (n, 8) float32 summing to 1, or all 0 where the row is unusable.

    As Barsoum et al. 2016: a single vote is an outlier and is dropped. A row
    that half of the taggers called "not a face" teaches nothing.
    """
    with open(path, newline="") as file:
        reader = csv.reader(file)
        next(reader)
        votes = np.array([[float(cell or 0) for cell in row[2:12]]
                          for row in reader], np.float32)
    if len(votes) < rows:
        raise SystemExit(f"{path}: {len(votes)} rows, the pictures have {rows}; "
                         "the files must be row-aligned")
    votes = votes[:rows]
    crowd = np.where(votes[:, :8] > 1, votes[:, :8], 0)
    crowd[votes[:, 9] >= 5] = 0
    total = crowd.sum(1, keepdims=True)
    return crowd / np.maximum(total, 1)


def crowd_majority(crowd):
    """-> (n,) class of the eight, or -1 where no emotion has over half."""
    best = crowd.argmax(1)
    return np.where(crowd.max(1) > 0.5, best, -1)


def held_out(pictures, one_in):
    """-> (n,) bool: a slice to choose by; identical pictures fall together."""
    if not one_in:
        return np.zeros(len(pictures), bool)
    return np.array([zlib.crc32(p.tobytes()) % one_in == 0 for p in pictures])
