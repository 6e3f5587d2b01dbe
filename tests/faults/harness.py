# SPDX-License-Identifier: GPL-3.0-or-later
"""harness: a home of its own for a program, and what became of a run of it."""
import contextlib
import os
import pty
import select
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import termios
import time

ROOT = os.environ["MIEN_ROOT"]
BUILD = os.path.abspath(os.environ["MIEN_BUILD"])
PRELOAD = f"{BUILD}/faults/libfaults.so"
PLAYS = f"{BUILD}/faults/plays"
MIEN = f"{BUILD}/mien"
ETL = f"{BUILD}/mien-etl"
STATUSES = {0, 1, 64, 65, 66, 69, 70, 71, 74, 75, 78}
PATIENCE_S = 60


class Place:
    """A folder with a home in it; gone at the end."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="mien-faults-")
        self.home = f"{self.folder}/home"
        self.catalog = f"{self.home}/data/mien/catalog.db"
        self.hit = f"{self.folder}/hit"
        self.clear()

    def clear(self):
        shutil.rmtree(self.home, ignore_errors=True)
        os.mkdir(self.home)
        with contextlib.suppress(FileNotFoundError):
            os.remove(self.hit)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, extra=None, home=True):
        # freed memory and new memory hold rubbish, so that use of it shows
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
               "TERM": "xterm-256color", "MALLOC_PERTURB_": "165",
               "MIEN_DATADIR": os.environ.get(
                   "MIEN_DATADIR", f"{ROOT}/build/share/mien")}
        for name in ("LSAN_OPTIONS", "ASAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                env[name] = os.environ[name]
        if home:
            env |= {"HOME": self.home, "XDG_DATA_HOME": f"{self.home}/data",
                    "XDG_STATE_HOME": f"{self.home}/state",
                    "XDG_CONFIG_HOME": f"{self.home}/config"}
        return env | (extra or {})

    def places_hit(self):
        """The places that got nothing in the last run, in their order."""
        if not os.path.exists(self.hit):
            return []
        with open(self.hit, encoding="ascii") as f:
            return f.read().split()


class Outcome:
    """code (negative: the signal that ended it), what it said, and whether
    it had to be ended, or left a terminal otherwise than it was."""

    def __init__(self, code, said, hung=False, spoilt=False):
        self.code, self.said = code, said
        self.hung, self.spoilt = hung, spoilt

    def wrong(self):
        """Why this is no way for a program to end; None when it is."""
        if self.hung:
            return "it hangs"
        if self.code < 0:
            return f"ended by {signal.Signals(-self.code).name}"
        if self.code not in STATUSES:
            return f"ended with status {self.code}"
        if b"Sanitizer" in self.said or b"runtime error" in self.said:
            return "a sanitizer reports"
        if self.code and not self.said.strip():
            return f"status {self.code} without a word"
        if self.spoilt:
            return "the terminal is not as it was"
        return None


def run(command, env, patience=PATIENCE_S, **more):
    """A command without a terminal; said is standard error, where there is
    any (doctor reports on standard output)."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE,
                               stdin=more.pop("stdin", subprocess.DEVNULL),
                               **more)
    try:
        out, err = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Outcome(-9, b"", hung=True)
    outcome = Outcome(process.returncode, err or out[-2000:])
    outcome.out = out
    return outcome


class Screen:
    """A program on a terminal of its own."""

    def __init__(self, command, env, before=None):
        self.out = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                if before:
                    before()
                os.execve(command[0], command, env)
            finally:
                os._exit(127)
        self.modes = termios.tcgetattr(self.fd)
        self.code = None

    def read(self, seconds, until=None):
        """Reads for so long, or until a text comes or it ends."""
        end = time.monotonic() + seconds
        while self.code is None and time.monotonic() < end:
            if until and until in self.out:
                return True
            if select.select([self.fd], [], [], 0.05)[0]:
                try:
                    self.out += os.read(self.fd, 65536)
                    continue
                except OSError:
                    pass
            pid, how = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(how)
        return bool(until) and until in self.out

    def key(self, key):
        with contextlib.suppress(OSError):
            os.write(self.fd, key)

    def end(self, seconds):
        """Leaves it so long to end, then asks it to, then ends it."""
        self.read(seconds)
        for _ in range(3):
            if self.code is None:
                self.key(b"q")
                self.read(5)
        hung = self.code is None
        if hung:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.code = -9
        spoilt = self.is_spoilt()
        os.close(self.fd)
        return Outcome(self.code, self.out, hung, spoilt)

    def is_spoilt(self):
        enter, leave = self.out.rfind(b"\x1b[?1049h"), self.out.rfind(
            b"\x1b[?1049l")
        hidden, shown = self.out.rfind(b"\x1b[?25l"), max(
            self.out.rfind(b"\x1b[?25h"), self.out.rfind(b"\x1b[?12;25h"),
            self.out.rfind(b"\x1b[34h\x1b[?25h"))
        try:
            modes = termios.tcgetattr(self.fd)
        except termios.error:
            modes = self.modes
        return enter > leave or hidden > shown or modes != self.modes


SONGS = """SELECT a.name, t.title, t.album, t.valence, t.arousal, t.length_s
FROM track t JOIN artist a ON a.id = t.artist ORDER BY 1, 2"""


def songs_of(path):
    """What a catalog holds; None: there is none."""
    if not os.path.exists(path) or not os.path.getsize(path):
        return None
    db = sqlite3.connect(path)
    try:
        return db.execute(SONGS).fetchall()
    except sqlite3.OperationalError as e:
        if "no such table" in str(e):
            return None
        raise
    finally:
        db.close()


INVARIANTS = {
    "tracks are counted": "SELECT (SELECT count(*) FROM track)"
    " = (SELECT tracks FROM tally)",
    "artists are counted": "SELECT (SELECT count(*) FROM artist)"
    " = (SELECT artists FROM tally)",
    "every track has an address": "SELECT NOT EXISTS (SELECT 1 FROM track t"
    " WHERE NOT EXISTS (SELECT 1 FROM source s WHERE s.track = t.id))",
    "plays and skips are those of the events": "SELECT NOT EXISTS (SELECT 1"
    " FROM track t WHERE plays + skips <> (SELECT count(*) FROM event e"
    " WHERE e.track = t.id AND kind < 2))",
}


def damage_of(path):
    """Why a catalog is not whole; None when it is, or there is none."""
    if not os.path.exists(path) or not os.path.getsize(path):
        return None
    db = sqlite3.connect(path)
    try:
        answer = db.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            return f"integrity_check: {answer}"
        if db.execute("PRAGMA foreign_key_check").fetchone():
            return "a row points at nothing"
        if not db.execute("PRAGMA user_version").fetchone()[0]:
            return None if not db.execute(
                "SELECT 1 FROM sqlite_schema").fetchone() else "half a schema"
        for name, question in INVARIANTS.items():
            if not db.execute(question).fetchone()[0]:
                return f"not so: {name}"
    except sqlite3.DatabaseError as e:
        return f"it does not open: {e}"
    finally:
        db.close()
    return None


class Tally:
    """TAP lines, and the counts of the last one."""

    def __init__(self):
        self.injected = self.bad = 0

    def line(self, name, injected, bad):
        """bad: (what was injected, what was wrong) each."""
        if not injected:
            bad = bad + [("nothing", "no fault was injected")]
        self.injected += injected
        self.bad += len(bad)
        print(f"{'not ok' if bad else 'ok'} - {name}: {injected} injected, "
              f"{len(bad)} bad", flush=True)
        for what, why in bad[:20]:
            print(f"#   {what}: {why}", flush=True)


class Progress:
    """A line a minute of how far it came."""

    def __init__(self, name):
        self.name, self.next = name, time.monotonic() + 60

    def at(self, done, bad):
        if time.monotonic() >= self.next:
            self.next += 60
            print(f"# {self.name}: {done} so far, {len(bad)} bad", flush=True)


def sample(things, most):
    """At most so many of them, evenly taken; 0: all."""
    if not most or len(things) <= most:
        return things
    return [things[i * len(things) // most] for i in range(most)]
