#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures with faces in known places, for mien-eval detect.

    make_faces.py OUT_FOLDER [SHARE]

Two portraits that Debian carries and that are in the public domain (NASA's of
Eileen Collins, the US Navy's of Grace Hopper) are put before pictures without
faces: small and large, tilted, dark, lit from the side, in the noise of a
webcam, many in one picture.  With them go pictures without any face, as they
are, mirrored, dark and cut.  Writes OUT_FOLDER/truth.tsv; the same pictures
every time.  SHARE (0..1) makes so much of each set, 1 without it.
"""
import math
import os
import random
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SKIMAGE = "/usr/lib/python3/dist-packages/skimage/data/"
PORTRAITS = [  # file, face as x0, y0, x1, y1, what of the picture is pasted
    (SKIMAGE + "astronaut.png", (181, 54, 274, 178), (90, 0, 380, 330)),
    ("/usr/share/matplotlib/mpl-data/sample_data/grace_hopper.jpg",
     (177, 127, 357, 337), (40, 20, 490, 560)),
]
BACKGROUNDS = [SKIMAGE + name for name in (
    "brick.png", "chelsea.png", "clock_motion.png", "coffee.png", "grass.png", "gravel.png", "hubble_deep_field.jpg", "moon.png",
    "motorcycle_left.png", "page.png", "rocket.jpg", "text.png")
] + ["/usr/share/darknet/data/" + name + ".jpg"
     for name in ("dog", "eagle", "giraffe", "horses")]
WIDTH, HEIGHT = 640, 480
UNIT = WIDTH / 320  # sizes are those of the picture fitted into 320x240


def cut(picture, rng, least=0.6):
    """A part of the picture in the shape of a camera's frame."""
    scale = rng.uniform(least, 1)
    w = int(min(picture.width, picture.height * WIDTH / HEIGHT) * scale)
    h = w * HEIGHT // WIDTH
    x, y = rng.randint(0, picture.width - w), rng.randint(0, picture.height - h)
    return picture.resize((WIDTH, HEIGHT), Image.BICUBIC, (x, y, x + w, y + h))


def turned(portrait, face, keep, width, tilt):
    """The portrait with a face so wide, turned about its middle, and a mask
    that lets it run out into what lies behind."""
    scale = width / (face[2] - face[0])
    cx, cy = (face[0] + face[2]) / 2, (face[1] + face[3]) / 2
    box = (keep[0], keep[1], keep[2], keep[3])
    part = portrait.crop(box)
    size = (round(part.width * scale), round(part.height * scale))
    part = part.resize(size, Image.LANCZOS)
    mask = Image.new("L", size)
    edge = max(1, round(size[0] * 0.08))
    ImageDraw.Draw(mask).rectangle(
        (edge, edge, size[0] - edge - 1, size[1] - 1), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(edge / 2))
    centre = ((cx - keep[0]) * scale, (cy - keep[1]) * scale)
    options = dict(resample=Image.BICUBIC, center=centre)
    return part.rotate(tilt, **options), mask.rotate(tilt, **options), centre


def paste(scene, portraits, rng, width, tilt, taken):
    """Returns the face's box, or None where there was no room."""
    portrait, face, keep = rng.choice(portraits)
    high = width * (face[3] - face[1]) / (face[2] - face[0])
    part, mask, centre = turned(portrait, face, keep, width, tilt)
    if rng.random() < 0.5:
        part, mask = (p.transpose(Image.FLIP_LEFT_RIGHT) for p in (part, mask))
        centre = (part.width - centre[0], centre[1])
    for _ in range(50):
        x = rng.uniform(width, WIDTH - width)
        y = rng.uniform(min(high, HEIGHT / 2), max(HEIGHT - high, HEIGHT / 2))
        if all(math.hypot(x - a, y - b) > 1.9 * (high + h) / 2
               for a, b, h in taken):
            break
    else:
        return None
    left, top = round(x - centre[0]), round(y - centre[1])
    scene.paste(part, (left, top), mask)
    taken.append((x, y, high))
    x, y = left + centre[0], top + centre[1]
    return (x - width / 2, y - high / 2, x + width / 2, y + high / 2)


def noisy(scene, rng, deviation):
    noise = np.random.default_rng(rng.getrandbits(32))
    pixels = np.asarray(scene, np.float32)
    pixels = pixels + noise.normal(0, deviation, pixels.shape)
    return Image.fromarray(pixels.clip(0, 255).round().astype(np.uint8))


def dark(scene, rng):
    """A fifth of the light, then the noise that a camera adds to it."""
    return noisy(ImageEnhance.Brightness(scene).enhance(0.2), rng, 4)


def side_lit(scene, rng, boxes):
    """Each half of the picture beside a face gets less light across it."""
    pixels = np.asarray(scene, np.float32)
    x0, _, x1, _ = boxes[0]
    across = (np.arange(WIDTH) - (x0 + x1) / 2) / (x1 - x0) * rng.choice((-2, 2))
    light = 0.15 + 0.85 / (1 + np.exp(-2 * across))
    pixels = pixels * light[None, :, None]
    return noisy(Image.fromarray(pixels.astype(np.uint8)), rng, 2)


def main():
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    out, share = sys.argv[1], float((sys.argv[2:] or ["1"])[0])
    os.makedirs(out, exist_ok=True)
    rng = random.Random(1)
    portraits = [(Image.open(name).convert("RGB"), face, keep)
                 for name, face, keep in PORTRAITS]
    backgrounds = [Image.open(name).convert("RGB") for name in BACKGROUNDS]
    lines = []

    def save(scene, kind, boxes):
        name = f"{kind}-{sum(l.split(chr(9))[1] == kind for l in lines):03d}.jpg"
        scene.save(os.path.join(out, name), quality=92)
        lines.append("\t".join((name, kind, ";".join(
            ",".join(f"{v:.1f}" for v in box) for box in boxes))))

    def scenes(kind, count, sizes, faces=1, tilt=0.0, noise=2, change=None):
        for _ in range(math.ceil(count * share)):
            scene, taken = cut(rng.choice(backgrounds), rng), []
            boxes = [paste(scene, portraits, rng,
                           UNIT * math.exp(rng.uniform(*map(math.log, sizes))),
                           rng.choice((-tilt, tilt)), taken)
                     for _ in range(faces)]
            boxes = [box for box in boxes if box]
            scene = change(scene, boxes) if change else noisy(scene, rng, noise)
            save(scene, kind, boxes)

    scenes("small", 120, (12, 24))
    scenes("middle", 120, (24, 80))
    scenes("large", 40, (80, 100))
    scenes("many", 30, (12, 40), faces=6)
    for tilt in (10, 20, 30, 40):
        scenes(f"tilt{tilt}", 40, (20, 80), tilt=tilt)
    scenes("dark", 50, (16, 80), change=lambda s, _: dark(s, rng))
    scenes("side", 50, (16, 80), change=lambda s, b: side_lit(s, rng, b))
    for kind, change in (("none", lambda s: s), ("none-noise", lambda s:
                         noisy(s, rng, 3)), ("none-dark", lambda s:
                         dark(s, rng))):
        for background in backgrounds:
            for least in (1, 0.6, 0.4)[:math.ceil(3 * share)]:
                scene = cut(background, rng, least)
                save(change(scene), kind, [])
    with open(os.path.join(out, "truth.tsv"), "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
