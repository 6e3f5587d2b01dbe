# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures: a portrait in the sizes and formats that cameras give.

    pictures.py PICTURE FOLDER WIDTHxHEIGHT...: FOLDER/WIDTHxHEIGHT.jpg, .yuyv
"""
import sys

from PIL import Image, ImageOps

portrait = Image.open(sys.argv[1])
for name in sys.argv[3:]:
    size = tuple(int(n) for n in name.split("x"))
    # all of it, on grey: a face fills a camera's picture seldom
    shown = ImageOps.pad(portrait, size, color=(110, 110, 110))
    shown.save(f"{sys.argv[2]}/{name}.jpg", quality=85)
    # YUYV: two pixels share their colours, in the range of television
    y, u, v = (list(plane.getdata()) for plane in shown.convert("YCbCr").split())
    out = bytearray()
    for row in range(size[1]):
        for at in range(row * size[0], (row + 1) * size[0] - 1, 2):
            out += bytes((y[at], u[at], y[at + 1], v[at]))
    with open(f"{sys.argv[2]}/{name}.yuyv", "wb") as file:
        file.write(out)
