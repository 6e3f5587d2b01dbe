#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups of people at parties, near and far, for mien-eval detect.

    group_faces.py DEMO_FOLDER OUT_FOLDER

DEMO_FOLDER is package/demo of the npm package @vladmandic/face-api 1.7.15
(MIT): six photographs with 22 women, many of them seen from the side, tilted
or looking down.  They stay there: this writes frames of 640x480 that show them
at full, two thirds, half and a third of the width, and truth.tsv.  The boxes
are what `mien look` finds in the photographs, each looked at by eye; the whole
of the photographs has no other face.
"""
import os
import sys

from PIL import Image

FACES = (  # of sample1.jpg and so on: x, y, width
    ((416, 398, 192), (841, 462, 190), (1490, 259, 169)),
    ((342, 191, 207), (1450, 186, 205), (878, 261, 197)),
    ((1062, 256, 246), (583, 364, 237), (1480, 342, 224)),
    ((983, 217, 200), (660, 122, 181), (251, 251, 175), (1268, 198, 173)),
    ((1401, 431, 227), (363, 936, 224), (580, 466, 197), (766, 147, 188),
     (1109, 266, 178)),
    ((650, 368, 259), (1461, 306, 251), (1141, 347, 238), (238, 529, 236)),
)
WIDTHS = {"near": 640, "two thirds": 427, "half": 320, "a third": 213}


def main():
    source, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "truth.tsv"), "w") as truth:
        for number, faces in enumerate(FACES, 1):
            photo = Image.open(f"{source}/sample{number}.jpg").convert("RGB")
            for name, width in WIDTHS.items():
                scale = width / photo.width
                size = (width, round(photo.height * scale))
                frame = Image.new("RGB", (640, 480), (90, 90, 90))
                frame.paste(photo.resize(size, Image.LANCZOS))
                file = f"{number}-{width}.png"
                frame.save(os.path.join(out, file))
                boxes = [",".join(f"{v * scale:.1f}" for v in
                                  (x, y, x + w, y + w)) for x, y, w in faces]
                truth.write(f"{file}\t{name}\t{';'.join(boxes)}\n")


if __name__ == "__main__":
    main()
