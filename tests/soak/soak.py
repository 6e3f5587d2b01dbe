# SPDX-License-Identifier: GPL-3.0-or-later
"""soak: a dashboard that is used for hours, and what it holds meanwhile.

    soak.py BUILD HOURS FOLDER [SEED]

Runs BUILD/mien in a terminal, with a camera that is unplugged and a catalog
that mien-etl refreshes beside it, presses keys and awaits each answer.
FOLDER, made anew, gets soak.json (all figures), the log and the catalog. The
last line counts; exit status 0: memory, descriptors and latency stayed, each
key was answered, and the terminal was left as it was.
"""
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

import acts
import watch
from beside import Refresh, environment
from screen import Terminal

SAMPLE_S = 5
TEN_MINUTES = 600
WARM_UP_S = 600  # of an hour; a sixth of what is shorter
RATE = 15

# What still counts as flat, over the thirds after the warm-up.
MORE_KB, MORE_SHARE = 2048, 0.03
MORE_FDS = 4
MORE_MS, MORE_TIMES = 100, 1.5
IDLE_WAKEUPS = 2  # a second, paused and with the camera off


# SQLite's words and ours; a file may be "locked out" by rights
BUSY = re.compile(r"database is locked|\bbusy\b", re.I)
PICK = re.compile(r"pick: ([\d.]+) ms, ([\d.]+) ms")


def spread(values):
    return {p: watch.percentile(values, p) for p in (50, 99, 100)}


class Camera:
    def __init__(self, root):
        here = os.path.dirname(os.path.abspath(__file__))
        faces = os.path.join(root, "capture/demo")
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(here, "camera.py"), str(RATE)]
            + [os.path.join(faces, f) for f in ("astronaut.jpg", "admiral.jpg")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self.process.stdout.readline())
        self.sent = self.said = 0

    def say(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        self.sent = int(self.process.stdout.readline())
        self.said += 1

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


class Soak:
    def __init__(self, build, hours, folder, seed):
        root = os.path.dirname(os.path.dirname(os.path.dirname(
            os.path.abspath(__file__))))
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.folder, self.seconds = folder, hours * 3600
        self.env = environment(build, folder)
        self.log = os.path.join(folder, "mien.log")
        self.refresh = Refresh(build, folder, self.env)
        self.refresh.prepare()
        self.camera = Camera(root)
        self.samples, self.delays, self.idle = [], [], []
        self.terminal = Terminal(self.command(build, seed), self.env)
        self.person = acts.Person(self.terminal, seed)
        self.unplugs = self.steps = 0
        self.sampled = self.told = self.person.begin
        self.terminal.meanwhile = self.beside

    def command(self, build, seed):
        config = os.path.join(self.folder, "mien.yaml")
        with open(config, "w") as file:
            file.write("log: {level: debug}\n")
        return [
            os.path.join(build, "mien"), "--ao", "null",
            "--source", f"http://127.0.0.1:{self.camera.port}/cam",
            "--catalog", self.refresh.catalog, "--config", config,
            "--log", self.log, "--seed", str(seed),
        ]

    def now(self):
        return time.monotonic() - self.person.begin

    def sample(self):
        one = watch.sample(self.terminal.pid)
        one["t"] = self.now()
        one["pictures_per_s"] = acts.rate(self.person.text())
        self.samples.append(one)
        self.delays.append({"t": one["t"], "ms": watch.machine_delay_ms()})
        self.sampled = time.monotonic()

    def beside(self):
        self.refresh.turn()
        if time.monotonic() - self.sampled >= SAMPLE_S:
            self.sample()
        if time.monotonic() - self.told >= TEN_MINUTES:
            self.told = time.monotonic()
            print(row_text(self.row(self.now() - TEN_MINUTES)), flush=True)

    def rest(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.terminal.status is None:
            self.terminal.pump(min(0.3, max(end - time.monotonic(), 0)))
            self.beside()

    # ---- a run -----------------------------------------------------------

    def measure_idle(self):
        """Paused, with the camera closed, there is nothing to wake up for."""
        person = self.person
        person.press(" ", "pause", acts.has(" paused │"), "song")
        person.press("c", "camera off", acts.has("○ off"))
        self.terminal.pump(3)
        before = watch.wakeups(self.terminal.pid)
        self.terminal.pump(4)
        after = watch.wakeups(self.terminal.pid)
        self.idle.append({"t": self.now(), "per_s": (after - before) / 4})
        person.press("c", "camera on", acts.lacks("○ off"))
        person.expect("streams again", acts.streams, "event", 30)
        person.press(" ", "go on", acts.lacks(" paused │"), "song")

    def unplug(self):
        how = ("off", "cut", "stall")[self.unplugs % 3]
        self.unplugs += 1
        self.person.unplug(self.camera, how, self.unplugs % 2 == 0)

    def step(self):
        self.steps += 1
        if self.steps % 40 == 10:
            self.unplug()
        elif self.steps % 150 == 60:
            self.measure_idle()
        else:
            acts.choose(self.person)(self.person)
        self.rest(0.2 + self.person.random.random())

    def begin(self):
        self.person.expect("first screen", acts.has("q quit"), "start", 60)
        self.person.expect("plays", acts.now_playing, "start", 60)
        self.person.expect("streams", acts.streams, "start", 60)
        self.sample()

    def run(self):
        self.begin()
        while self.terminal.status is None and self.now() < self.seconds:
            self.step()
        if self.terminal.status is None:
            self.sample()
        self.camera.say("on")
        self.end_s = self.now()

    def end(self):
        """Whether q ended it well, with the terminal as it was before."""
        begin = time.monotonic()
        if self.terminal.status is None:
            self.terminal.send("q")
        while not self.terminal.ended() and time.monotonic() < begin + 20:
            self.terminal.pump(0.1)
        self.exit_s = time.monotonic() - begin
        restored = self.terminal.restored()
        self.camera.end()
        self.refresh.end()
        return restored

    # ---- figures ---------------------------------------------------------

    def row(self, begin):
        """The figures of ten minutes, or of what there is of them."""
        end = begin + TEN_MINUTES
        within = lambda rows: [r for r in rows if begin <= r["t"] < end]
        answers, samples = within(self.person.answers), within(self.samples)
        keys = [a["ms"] for a in answers if a["kind"] == "key"]
        songs = [a["ms"] for a in answers if a["kind"] == "song"]
        delays = [d["ms"] for d in within(self.delays)]
        out = {"minute": round(begin / 60), "keys": len(keys)}
        for name, values in (("key", keys), ("song", songs), ("machine", delays)):
            for p in (50, 99):
                value = watch.percentile(values, p)
                out[f"{name}_p{p}_ms"] = value and round(value, 1)
        for name in ("rss_kb", "anon_kb", "file_kb", "threads", "load",
                     "pictures_per_s"):
            values = [s[name] for s in samples]
            out[name] = values and round(statistics.median(values), 1)
        out["fds_max"] = max((s["fds"] for s in samples), default=None)
        if len(samples) > 1:
            span = samples[-1]["t"] - samples[0]["t"]
            for name in ("wakeups_main", "cpu_s"):
                more = samples[-1][name] - samples[0][name]
                out[name + "_per_s"] = round(more / span, 2)
        return out

    def log_lines(self, level):
        with open(self.log, errors="replace") as file:
            return [line.strip() for line in file if line[19:22] == f" {level} "]

    def picks_ms(self):
        picks = [PICK.search(line) for line in self.log_lines("D")]
        return [(float(p[1]), float(p[2])) for p in picks if p]

    def busy(self):
        lines = self.log_lines("E") + self.log_lines("W")
        lines += self.refresh.said("locked") + self.refresh.said("busy")
        return [s for s in lines if BUSY.search(s)]

    def growth(self, key):
        warm = min(WARM_UP_S, self.end_s / 6)
        first, last = watch.thirds(self.samples, key, warm, self.end_s)
        if not first or not last:
            return None
        return statistics.median(first), statistics.median(last)

    def checks(self, restored):
        """Name, whether it holds, and the figure in words."""
        warm = min(WARM_UP_S, self.end_s / 6)
        long = self.end_s >= 900
        rss = self.growth("rss_kb") or (0, 0)
        yield ("memory stays", not long or rss[1] - rss[0] <= max(
            MORE_KB, MORE_SHARE * rss[0]),
            f"{rss[0]:.0f} to {rss[1]:.0f} KiB from the first third to the last")
        fds = [max(x, default=0) for x in watch.thirds(
            self.samples, "fds", 0, self.end_s)]
        yield ("descriptors stay", fds[1] <= fds[0] + MORE_FDS,
               f"at most {fds[0]}, then {fds[1]}")
        keys = [a for a in self.person.answers if a["kind"] == "key"]
        p99 = [watch.percentile(x, 99) or 0 for x in watch.thirds(
            keys, "ms", warm, self.end_s)]
        yield ("latency stays", not long or p99[1] <= max(
            p99[0] * MORE_TIMES, p99[0] + MORE_MS),
            f"p99 {p99[0]:.0f} ms, then {p99[1]:.0f} ms")
        yield ("every key is answered", not self.person.lost,
               f"{len(self.person.lost)} of "
               f"{len(self.person.answers) + len(self.person.lost)} were not: "
               + ", ".join(x["name"] for x in self.person.lost[:9]))
        idle = [i["per_s"] for i in self.idle]
        yield ("idle costs nothing",
               not idle or statistics.median(idle) <= IDLE_WAKEUPS,
               f"{statistics.median(idle) if idle else 0:.1f} wakeups a second")
        yield ("no lock reaches a person", not self.busy(),
               f"{len(self.busy())} lines")
        yield ("every refresh ends well", not self.refresh.failed,
               f"{self.refresh.failed} of {self.refresh.done} failed")
        yield ("q ends it, the terminal as it was",
               self.terminal.status == 0 and restored,
               f"status {self.terminal.status} after {self.exit_s:.1f} s")
        yield ("the catalog is whole", self.catalog_is_whole(), "")

    def catalog_is_whole(self):
        db = sqlite3.connect(self.refresh.catalog)
        return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    def report(self, restored):
        rows = [self.row(t) for t in range(0, int(self.end_s), TEN_MINUTES)]
        checks = list(self.checks(restored))
        picks = self.picks_ms()
        events = [a["ms"] for a in self.person.answers if a["kind"] == "event"]
        figures = {
            "seconds": round(self.end_s), "steps": self.steps,
            "answers": len(self.person.answers), "unplugs": self.unplugs,
            "refreshes": self.refresh.done, "imports": self.refresh.imports,
            "pictures_sent": self.camera.sent, "bytes": self.terminal.bytes,
            "rss_slope_kb_per_hour": round(watch.slope(
                [s for s in self.samples if s["t"] > min(
                    WARM_UP_S, self.end_s / 6)], "rss_kb")),
            "picks": len(picks),
            "pick_ms": spread([p[0] for p in picks]),
            "pick_at_work_ms": spread([p[1] for p in picks]),
            "event_ms": spread(events),
            "checks": [{"name": n, "ok": bool(ok), "is": what}
                       for n, ok, what in checks],
            "ten_minutes": rows, "lost": self.person.lost, "idle": self.idle,
            "log_errors": self.log_lines("E")[-50:], "busy": self.busy()[:50],
            "samples": self.samples, "answered": self.person.answers,
        }
        with open(os.path.join(self.folder, "soak.json"), "w") as file:
            json.dump(figures, file, indent=1)
        return figures


def row_text(row):
    return "minute " + str(row.pop("minute")) + ": " + ", ".join(
        f"{name} {value}" for name, value in row.items())


def main():
    build, hours, folder = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    soak = Soak(os.path.abspath(build), hours, os.path.abspath(folder), seed)
    try:
        soak.run()
    finally:
        restored = soak.end()
    figures = soak.report(restored)
    for row in figures["ten_minutes"]:
        print(row_text(dict(row)))
    for check in figures["checks"]:
        word = "ok" if check["ok"] else "not ok"
        print(f"{word} - {check['name']}" + (
            f" ({check['is']})" if check["is"] else ""))
    bad = sum(not c["ok"] for c in figures["checks"])
    print(
        f"{figures['seconds']} s, {figures['answers']} answers, "
        f"{len(figures['lost'])} lost, {figures['unplugs']} unplugs, "
        f"{figures['refreshes']} refreshes, {figures['picks']} picks (p99 "
        f"{figures['pick_ms'][99]} ms), {bad} of "
        f"{len(figures['checks'])} promises broken"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
