# SPDX-License-Identifier: GPL-3.0-or-later
"""acts: what a person does at a dashboard, each with the answer that must
come to the screen. An act is a function of the Person; see Person.press."""
import random
import re
import time

MOODS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
SIZES = ((24, 80), (30, 100), (40, 140), (50, 200), (24, 80), (28, 90))
TINY = ((16, 60), (8, 30), (2, 10), (5, 300), (60, 20))
FEELINGS = (
    ("so happy today", "happy"),
    ("gutted and sad", "sad"),
    ("furious, I hate this", "angry"),
)
WORDS = ("so", "the", "mi", "le", "quay")
ANSWER_S = 15  # much longer, and a person would press again


def has(word):
    return lambda text: word in text


def lacks(word):
    return lambda text: word not in text


def now_playing(text):
    # not the one that points at a face; a tall screen has a line above it
    found = re.search(
        r"─ Now playing [^\n]*\n(?:│  [^\n]*\n)?│ [►‖] (.+?)  ", text
    )
    return found[1] if found else ""


def volume(text):
    found = re.search(r"vol \S+ +(\d+)%", text)
    return int(found[1]) if found else None


def said(text, word):
    """The newest message that begins so; older ones may stand above it."""
    found = re.findall(r"(?m)^ (" + word + r" \w+)", text)
    return found[-1] if found else ""


def streams(text):
    return re.search(r"● [^\n]*\d fps", text) is not None


def rate(text):
    found = re.search(r"● [^\n]*?(\d+) fps", text)
    return int(found[1]) if found else 0


def no_picture(text):
    return "○ no picture" in text


class Person:
    """Presses keys, and remembers how long each answer took."""

    def __init__(self, terminal, seed):
        self.terminal = terminal
        self.random = random.Random(seed)
        self.begin = time.monotonic()
        self.answers = []  # {"t", "kind", "name", "ms"}
        self.lost = []  # {"t", "name", "nudged", "screen"}

    def text(self):
        return self.terminal.cells.text()

    def press(self, keys, name, seen, kind="key"):
        """Whether the answer came. kind: "key" is answered by the screen
        alone, "song" by the player too, "event" comes without a key."""
        self.terminal.pump(0)
        told = keys and seen(self.text())
        if keys:
            self.terminal.send(keys)
        if told:  # what stood there already tells nothing
            self.terminal.pump(0.1)
            return True
        return self.expect(name, seen, kind)

    def expect(self, name, seen, kind="key", seconds=ANSWER_S):
        took = self.terminal.until(seen, seconds)
        at = time.monotonic() - self.begin
        if took is None:
            return self.lose(name, seen, at)
        self.answers.append(
            {"t": at, "kind": kind, "name": name, "ms": took * 1000}
        )
        return True

    def lose(self, name, seen, at):
        """Was it the wakeup that was lost? Another key tells."""
        before = self.text()
        self.terminal.send("\x0c")
        nudged = self.terminal.until(seen, 5) is not None
        self.lost.append(
            {"t": at, "name": name, "nudged": nudged, "screen": before}
        )
        return False

    # ---- acts ------------------------------------------------------------

    def help(self):
        if self.press("?", "help", has("pause and go on")):
            self.press("q", "close", lacks("pause and go on"))

    def log(self):
        if self.press("L", "log", has("─ Log")):
            self.terminal.send("\x1b[B\x1b[B")
            self.press("q", "close", lacks("─ Log"))

    def mood(self):
        at = self.random.randrange(7)
        name = MOODS[at].upper()
        self.press(
            str(at + 1),
            "mood",
            lambda text: re.search(name + r" .*\[manual\]", text),
        )

    def auto(self):
        self.press("a", "auto", has("[auto]"))

    def next_policy(self):
        before = said(self.text(), "Policy")
        self.press(
            "u", "policy", lambda text: said(text, "Policy") not in ("", before)
        )

    def next(self):
        before = now_playing(self.text())
        # a song that cannot be played leaves the one that plays
        self.press(
            "n",
            "next",
            lambda text: now_playing(text) not in ("", before)
            or " is passed over" in text,
            "song",
        )

    def pause(self):
        # between two songs the key would start the next
        self.terminal.until(now_playing, ANSWER_S)
        before = now_playing(self.text())
        if not self.press(
            " ",
            "pause",
            lambda text: " paused │" in text
            or now_playing(text) not in ("", before),
            "song",
        ):
            return
        if " paused │" in self.text():
            self.terminal.pump(self.random.random() * 2)
            self.press(" ", "go on", lacks(" paused │"), "song")

    def volume(self):
        before = volume(self.text())
        if before is None:
            return
        key, after = ("-", before - 5) if before > 50 else ("+", before + 5)
        self.press(key, "volume", lambda text: volume(text) == after, "song")

    def search(self):
        if not self.press("/", "search", has("─ Search")):
            return
        word = self.random.choice(WORDS)
        for end in range(1, len(word) + 1):
            self.press(word[end - 1], "typing", has("│ / " + word[:end] + " "))
        if self.random.random() < 0.3:
            self.press("\r", "play found", lacks("─ Search"))
            return
        self.press("\x1b", "escape", lacks("─ Search"), "escape")

    def feel(self):
        text, mood = self.random.choice(FEELINGS)
        if not self.press("t", "feel", has("─ How do you feel")):
            return
        for end in range(1, len(text) + 1):
            self.press(text[end - 1], "typing", has("│ > " + text[:end]))
        self.press("\r", "feel", has("You feel " + mood))

    def preview(self):
        before = said(self.text(), "Preview:")
        self.press(
            "v",
            "preview",
            lambda text: said(text, "Preview:") not in ("", before),
        )

    def full_screen(self):
        if self.press("f", "full", lacks("─ Emotion")):
            self.terminal.pump(self.random.random() * 2)
            self.press("f", "not full", has("─ Emotion"))

    def camera_off(self):
        if self.press("c", "camera off", has("○ off")):
            self.terminal.pump(self.random.random() * 3)
            self.press("c", "camera on", lacks("○ off"))
            self.expect("streams again", streams, "event", 30)

    def resize(self):
        for rows, cols in self.random.sample(TINY, 2):
            self.terminal.resize(rows, cols)
            self.terminal.pump(0.2)
        rows, cols = self.random.choice(SIZES)
        self.terminal.resize(rows, cols)
        last = self.terminal.cells
        self.expect("resize", lambda text: "q quit" in last.line(rows - 1), "resize")
        self.expect("whole", has("─ Now playing"), "resize")

    def burst(self):
        """Many at once, the muting among them even in number; each counts."""
        each = list("1234567aum-+n\t*") + ["\x1b[C"]
        keys = [self.random.choice(each) for _ in range(30)]
        after = volume(self.text())
        for key in keys if after is not None else ():
            after += {"+": 5, "-": -5}.get(key, 0)
            after = min(max(after, 0), 100)
        self.terminal.send("".join(keys + ["m"] * (keys.count("m") % 2)))
        if after is not None:
            self.expect("burst", lambda text: volume(text) == after)
        self.help()

    # ---- what comes without a key ----------------------------------------

    def unplug(self, camera, how, quiet):
        """quiet: paused, so that nothing but the camera wakes the loop."""
        if not self.press(None, "streams before", streams, "event"):
            return
        if quiet:
            self.press(" ", "pause", has(" paused │"), "song")
        camera.say(how)
        if self.expect(how, no_picture, "event", 40):
            self.terminal.pump(1 + self.random.random() * 2)
        camera.say("on")
        self.expect("plugged in", streams, "event", 40)
        if quiet:
            self.press(" ", "go on", lacks(" paused │"), "song")


ACTS = (
    (Person.help, 4),
    (Person.log, 2),
    (Person.mood, 10),
    (Person.auto, 4),
    (Person.next_policy, 2),
    (Person.next, 5),
    (Person.pause, 3),
    (Person.volume, 3),
    (Person.search, 4),
    (Person.feel, 1),
    (Person.preview, 2),
    (Person.full_screen, 2),
    (Person.camera_off, 1),
    (Person.resize, 3),
    (Person.burst, 1),
)


def choose(person):
    acts, weights = zip(*ACTS)
    return person.random.choices(acts, weights)[0]
