# SPDX-License-Identifier: GPL-3.0-or-later
"""ten: ten dashboards on one catalog, while mien-etl refreshes it.

    ten.py BUILD SECONDS FOLDER

All start at once; in turns their moods are changed, songs skipped and liked.
Prints TAP and, as comments, how long the picks took. FOLDER, made anew, gets
ten.json, the logs and the catalog. No time is judged here: a machine that is
busy with other things would fail it.
"""
import json
import os
import random
import re
import shutil
import sqlite3
import sys
import time

import acts
import watch
from beside import Refresh, environment
from screen import Terminal

COUNT = 10
START_S = 90  # for all of them; a machine may have other things to do
BAD = re.compile(r"is locked|\bbusy\b|could not be asked", re.I)
PICK = re.compile(r"pick: ([\d.]+) ms, ([\d.]+) ms")
KEYS = "1234567nn*u"


def log_of(folder, i):
    return os.path.join(folder, f"mien{i}.log")


def start(build, folder, env, catalog, i):
    config = os.path.join(folder, "mien.yaml")
    root = os.path.dirname(os.path.abspath(__file__)) + "/../.."
    picture = os.path.join(root, "capture/demo/astronaut.jpg")
    argv = [
        os.path.join(build, "mien"), "--ao", "null", "--source", picture,
        "--catalog", catalog, "--config", config, "--seed", str(i + 1),
        "--log", log_of(folder, i),
    ]
    return Terminal(argv, env)


def use(terminals, refresh, seconds):
    """Presses keys in all of them; what bad words stood on a screen."""
    seen = []
    choice = random.Random(1)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for terminal in terminals:
            terminal.send(choice.choice(KEYS))
            terminal.pump(0.02)
            seen += BAD.findall(terminal.cells.text())
            refresh.turn()
    return seen


def leave(terminals):
    for terminal in terminals:
        terminal.send("q")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if all([t.ended() for t in terminals]):
            break
        for terminal in terminals:
            terminal.pump(0.02)
    return [t.status for t in terminals]


def read_logs(folder):
    picks, bad = [], []
    for i in range(COUNT):
        with open(log_of(folder, i), errors="replace") as file:
            lines = file.read().splitlines()
        found = [PICK.search(line) for line in lines]
        picks.append([(float(p[1]), float(p[2])) for p in found if p])
        bad += [line for line in lines if BAD.search(line)]
    return picks, bad


def is_(name, good, why=""):
    print(f"{'ok' if good else 'not ok'} - {name}" + (
        f" # {why}" if why and not good else ""), flush=True)
    return bool(good)


def tell(folder, picks, bad, refresh):
    figures = {"dashboards": COUNT, "refreshes": refresh.done, "bad": bad,
               "load": os.getloadavg()[0], "picks": sum(map(len, picks))}
    for at, name in enumerate(("all in all", "at work")):
        every = [pick[at] for one in picks for pick in one]
        spread = {p: watch.percentile(every, p) for p in (50, 90, 99, 99.9, 100)}
        late = sum(ms > 50 for ms in every)
        figures[name] = {"ms": spread, "over_50_ms": late}
        words = ", ".join(f"p{p:g} {ms}" for p, ms in spread.items())
        print(f"# ms of a pick, {name}: {words}; over 50: {late}")
    print("# {picks} picks of {dashboards} dashboards beside {refreshes} "
          "refreshes, load {load:.1f}".format(**figures))
    with open(os.path.join(folder, "ten.json"), "w") as file:
        json.dump(dict(figures, each=picks), file, indent=1)


def main():
    build, seconds, folder = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    build, folder = os.path.abspath(build), os.path.abspath(folder)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    env = environment(build, folder)
    with open(os.path.join(folder, "mien.yaml"), "w") as file:
        file.write('log: {level: debug}\nscreen: {rate: 5, preview: "off"}\n')
    refresh = Refresh(build, folder, env, pause_s=0)
    terminals = [start(build, folder, env, refresh.catalog, i)
                 for i in range(COUNT)]
    end = time.monotonic() + START_S
    plays = [
        t.until(acts.now_playing, end - time.monotonic()) is not None
        for t in terminals
    ]
    seen = use(terminals, refresh, seconds)
    statuses = leave(terminals)
    refresh.end()
    picks, bad = read_logs(folder)
    bad += refresh.said("locked") + refresh.said("busy")
    whole = sqlite3.connect(refresh.catalog).execute(
        "PRAGMA integrity_check").fetchall() == [("ok",)]
    tell(folder, picks, bad, refresh)
    good = [
        is_("all ten play", all(plays), f"{sum(plays)} of them"),
        is_("each has picked", all(len(p) > 5 for p in picks),
            str([len(p) for p in picks])),
        is_("no lock is seen on a screen", not seen, str(seen[:3])),
        is_("nor in a log", not bad, str(bad[:3])),
        is_("the catalog was refreshed beside them, each time well",
            refresh.done and not refresh.failed,
            f"{refresh.failed} of {refresh.done} failed"),
        is_("all end with status 0", not any(statuses), str(statuses)),
        is_("the catalog is whole", whole),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
