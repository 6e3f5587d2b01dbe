# SPDX-License-Identifier: GPL-3.0-or-later
"""beside: what runs beside a dashboard that is tested: the services (mock), a
catalog that is refreshed from them over and over, and music that is added."""
import os
import random
import shutil
import subprocess
import time

# Their songs are passed over, for yt-dlp is not switched on: what is heard are
# the pieces that come with mien, and copies of them. No service is asked but
# the mock.
SERVICES = ("lastfm", "lrclib")
ALL = (
    "lastfm genius genius_pages lrclib youtube musicbrainz listenbrainz "
    "deezer archive jamendo radiobrowser"
).split()


class Refresh:
    """mien-etl in a loop: everything is asked for again each time."""

    def __init__(self, build, folder, env, pause_s=3):
        self.etl = os.path.join(build, "mien-etl")
        self.folder, self.env, self.pause_s = folder, env, pause_s
        self.catalog = os.path.join(folder, "catalog.db")
        self.config = os.path.join(folder, "etl.yaml")
        self.music = os.path.join(folder, "music")
        os.makedirs(self.music, exist_ok=True)
        self.starter = os.path.join(env["MIEN_DATADIR"], "starter")
        self.words = open(os.path.join(folder, "etl.txt"), "ab")
        self.mock = subprocess.Popen(
            [os.path.join(build, "mock"), os.path.join(folder, "mock.tsv")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.port = int(self.mock.stdout.readline())
        self.configure()
        self.running, self.due = None, 0
        self.done = self.imports = self.failed = 0

    def configure(self):
        lines = ["etl:\n  artists: 8\n  tracks_per_artist: 5\n  sources:\n"]
        for name in ALL:
            on = "true" if name in SERVICES else "false"
            url = f"http://127.0.0.1:{self.port}/{name}"
            lines.append(f"    {name}: {{enabled: {on}, rate: 200")
            lines.append(f', base_url: "{url}"}}\n')
        with open(self.config, "w") as file:
            file.write("".join(lines))

    def add_piece(self):
        piece = random.choice(
            [f for f in os.listdir(self.starter) if f.endswith(".opus")]
        )
        copy = os.path.join(self.music, f"{self.done:05}-{piece}")
        shutil.copy(os.path.join(self.starter, piece), copy)
        self.imports += 1
        return ["import", self.music]

    def command(self, what):
        options = ["--config", self.config, "--catalog", self.catalog]
        return [self.etl] + options + what

    def prepare(self):
        """The folder is known before a dashboard is locked in."""
        subprocess.run(
            self.command(self.add_piece()),
            env=self.env,
            check=True,
            stdout=self.words,
            stderr=self.words,
        )

    def begin(self):
        if self.done % 4 == 3:
            what = self.add_piece()
        else:
            what = ["refresh", "--since", "0h"]
        self.running = subprocess.Popen(
            self.command(what),
            env=dict(self.env, LASTFM_API_KEY="soak"),
            stdin=subprocess.DEVNULL,
            stdout=self.words,
            stderr=self.words,
        )

    def turn(self):
        """Call often: begins the next when one has ended."""
        if self.running:
            status = self.running.poll()
            if status is None:
                return
            self.done += 1
            self.failed += status != 0
            if status:
                self.words.write(b"ended with %d\n" % status)
            self.running = None
            self.due = time.monotonic() + self.pause_s
        elif time.monotonic() >= self.due:
            self.begin()

    def end(self):
        if self.running:
            self.running.wait(60)
            self.turn()
        self.mock.stdin.close()
        self.mock.wait(10)
        self.words.close()

    def said(self, word):
        with open(os.path.join(self.folder, "etl.txt"), errors="replace") as f:
            return [line.strip() for line in f if word in line]


def environment(build, folder):
    """For programs under test: nothing of this machine's user, no network."""
    home = os.path.join(folder, "home")
    os.makedirs(home, exist_ok=True)
    share = os.path.join(os.path.dirname(build.rstrip("/")), "build/share/mien")
    return {
        "PATH": os.environ["PATH"],
        "HOME": home,
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        "MIEN_DATADIR": os.environ.get("MIEN_DATADIR", share),
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
        "LSAN_OPTIONS": os.environ.get("LSAN_OPTIONS", ""),
        "TSAN_OPTIONS": os.environ.get("TSAN_OPTIONS", ""),
    }
