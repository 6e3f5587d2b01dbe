#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the dashboard takes to stand.

    bench/start.py [--json] [--runs N] [--mien build/mien] [OPTION...]

Starts mien in a terminal N times (10) and ends it again. first_screen: from
exec until the key line, the last of the first screen, arrives at the terminal;
and what mien's log says of the time that each part took. Of each, the median
and the least, and the processor time, which other programs disturb less.
Options go to mien; --source demo and --ao null are given to it anyway.
"""
import argparse
import fcntl
import json
import os
import pty
import re
import select
import statistics
import struct
import sys
import tempfile
import termios
import time

LINE = re.compile(r"start: (.*) after (\d+) ms, (\d+) ms of processor time")
PARTS = ("first screen", "inference ready", "sound ready")


def start(argv, environment):
    """A child in a terminal of 80x24: its pid, the terminal, when."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.close(parent)
        login(child)
        os.execve(argv[0], argv, environment)
    os.close(child)
    return pid, parent, began


def login(fd):
    os.setsid()
    fcntl.ioctl(fd, termios.TIOCSCTTY, 0)
    for to in (0, 1, 2):
        os.dup2(fd, to)


def read(fd, seconds):
    if not select.select([fd], [], [], seconds)[0]:
        return b""
    try:
        return os.read(fd, 65536)
    except OSError:
        return b""


def told(log):
    try:
        with open(log, encoding="utf-8") as lines:
            return {m[1]: (int(m[2]), int(m[3]))
                    for m in map(LINE.search, lines) if m}
    except FileNotFoundError:
        return {}


def once(mien, options, log):
    environment = dict(os.environ, TERM="xterm-256color")
    pid, fd, began = start(
        [mien, "--source", "demo", "--ao", "null", "--log", log] + options,
        environment)
    seen, screen, end = b"", None, began + 20
    while time.monotonic() < end and not set(PARTS) <= set(told(log)):
        seen += read(fd, 0.02)
        if screen is None and b"quit" in seen:
            screen = (time.monotonic() - began) * 1000
    os.write(fd, b"q")
    while read(fd, 2):
        pass
    os.waitpid(pid, 0)
    os.close(fd)
    parts = told(log)
    if screen is None or not set(PARTS) <= set(parts):
        sys.exit(f"start.py: {mien} did not stand within 20 s; it said: {parts}")
    return {"first screen": (screen, parts["first screen"][1]),
            **{part: parts[part] for part in PARTS[1:]}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--mien", default="build/mien")
    args, options = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = [once(args.mien, options, os.path.join(folder, f"log{i}"))
                for i in range(args.runs)]
    result = {"runs": args.runs}
    for part in PARTS:
        wall, work = zip(*(run[part] for run in runs))
        result[part.replace(" ", "_")] = {
            "median_ms": round(statistics.median(wall), 1),
            "least_ms": round(min(wall), 1),
            "cpu_ms": round(statistics.median(work), 1)}
    if args.json:
        print(json.dumps(result))
        return
    for part in PARTS:
        r = result[part.replace(" ", "_")]
        print(f"{part:16} {r['median_ms']:7.1f} ms (least {r['least_ms']:.1f}),"
              f" {r['cpu_ms']:.0f} ms of processor time")


main()
