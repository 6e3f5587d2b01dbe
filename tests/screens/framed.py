# SPDX-License-Identifier: GPL-3.0-or-later
"""framed: the screen on standard input has closed frames where they belong.

    framed.py COLSxROWS TOP,LEFT,BOTTOM,RIGHT...
"""
import sys
import unicodedata


def columns(line):
    """One entry a column; a wide character takes two."""
    out = []
    for c in line:
        if unicodedata.combining(c):
            continue
        out.append(c)
        if unicodedata.east_asian_width(c) in "WF":
            out.append("")
    return out


cols, rows = (int(n) for n in sys.argv[1].split("x"))
text = sys.stdin.read().split("\n")
screen = [columns(line) for line in text[:rows]]
bad = []
for number, line in enumerate(screen):
    if len(line) > cols:
        bad.append(f"line {number} has {len(line)} columns")
    if any(c and (ord(c) < 32 or ord(c) == 127) for c in line):
        bad.append(f"line {number} has control characters")
    line.extend(" " * (cols - len(line)))


def expect(row, col, among):
    if screen[row][col] not in among:
        bad.append(f"({row},{col}) is {screen[row][col]!r}, not of {among!r}")


ascii_only = all(ord(c) < 127 for line in screen for c in line if c)
corner = "++++" if ascii_only else "┌┐└┘"
flat, side = ("-", "|+") if ascii_only else ("─", "│├┤")
for frame in sys.argv[2:]:
    top, left, bottom, right = (int(n) for n in frame.split(","))
    expect(top, left, corner[0])
    expect(top, right, corner[1])
    expect(bottom, left, corner[2])
    expect(bottom, right, corner[3])
    for row in range(top + 1, bottom):
        expect(row, left, side)
        expect(row, right, side)
    for col in range(left + 1, right):
        expect(bottom, col, flat)
print("\n".join(bad[:10]))
sys.exit(1 if bad else 0)
