# SPDX-License-Identifier: GPL-3.0-or-later
"""memory: no memory, at every place that asks for some, one after the other.

A place is told by the calls that led to it (memory.c). Of the short runs each
has one refusal, and a second time all that follows is refused, too. A long run
refuses at every place that no run before it did, as far as it comes; the next
goes on from there, until one meets no new place.
"""
import os
import shutil
import subprocess

from harness import (BUILD, ETL, MIEN, PLAYS, PRELOAD, ROOT, Place, Progress,
                     Screen, damage_of, run, sample, songs_of)

FACE = f"{ROOT}/capture/demo/astronaut.jpg"
SERVICES = ("lastfm", "genius", "genius_pages", "lrclib", "youtube",
            "musicbrainz", "deezer", "archive", "jamendo", "radiobrowser")


class Scenario:
    """One use of a program. single: one refusal a run, and the second turn is
    taken, too; exact: a success without a word must leave the catalog as
    without faults; after: the scenario that is a part of this one, whose
    places are not taken again."""
    single = exact = sampled = False
    after = None

    def __init__(self, place):
        self.place = place
        self.prepare()
        self.clean = None

    def prepare(self):
        pass

    def reset(self):
        self.place.clear()

    def start(self, env):
        return run(self.command, env)

    def close(self):
        pass

    def sites(self):
        path = f"{self.place.folder}/sites"
        self.reset()
        outcome = self.start(self.place.environment(
            {"LD_PRELOAD": PRELOAD, "FAULT_SITES": path}))
        self.clean = songs_of(self.place.catalog)
        with open(path, encoding="ascii") as f:
            lines = [line.split() for line in f]
        os.remove(path)
        return [(s[0], s[1:]) for s in lines], outcome

    def refuse(self, **how):
        """(the places that got nothing, why the outcome is wrong or None)"""
        self.reset()
        extra = {f"FAULT_{k.upper()}": v for k, v in how.items()}
        outcome = self.start(self.place.environment(extra | {
            "LD_PRELOAD": PRELOAD, "FAULT_HIT": self.place.hit}))
        hit = self.place.places_hit()
        if not hit:
            return hit, None
        wrong = outcome.wrong() or damage_of(self.place.catalog)
        if not wrong and self.exact and not outcome.code and \
                not outcome.said.strip() and \
                songs_of(self.place.catalog) != self.clean:
            wrong = "a success without a word, and songs are missing"
        return hit, wrong


class Import(Scenario):
    """A folder, and the lists of every kind."""
    single = exact = True

    def prepare(self):
        music = f"{self.place.folder}/music"
        subprocess.run(["python3", f"{ROOT}/tests/etl/make_music.py", music],
                       check=True)
        for name in ("empty.mp3", "random.ogg", "text.flac", "pipe.mp3"):
            for folder, _, files in os.walk(music):
                if name in files:
                    os.remove(f"{folder}/{name}")
        lists = f"{self.place.folder}/lists"
        os.mkdir(lists)
        texts = {
            "a.m3u": "#EXTM3U\n#EXTINF:9,A - B\nhttp://a.example/b\n"
                     "../music/first.flac\n",
            "b.csv": "artist,title,uri,valence,arousal,tags\n"
                     "C,D,http://a.example/d,0.5,0.5,\"calm, rain\"\n",
            "c.jspf": '{"playlist": {"track": [{"title": "E", "creator": "F",'
                      ' "location": ["http://a.example/e"]}]}}',
            "d.ndjson": '{"artist": "G", "title": "H", "tags": ["sad"],'
                        ' "uri": "http://a.example/h"}\n'}
        for name, text in texts.items():
            with open(f"{lists}/{name}", "w", encoding="utf-8") as f:
                f.write(text)
        self.command = [ETL, "import", music] + [
            f"{lists}/{name}" for name in texts]


class Look(Scenario):
    def prepare(self):
        self.command = [MIEN, "look", "--json", "--seed", "1", FACE]


class Feel(Scenario):
    def prepare(self):
        self.command = [MIEN, "feel", "--seed", "1", "tired but content"]


class Plays(Scenario):
    single = True

    def prepare(self):
        self.command = [PLAYS, self.place.catalog]


class Refresh(Scenario):
    """Against the mock of all services, with every key."""

    def prepare(self):
        folder = self.place.folder
        self.mock = subprocess.Popen(
            [f"{BUILD}/mock", f"{folder}/mock.log"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)
        port = int(self.mock.stdout.readline())
        with open(f"{folder}/config.yaml", "w", encoding="ascii") as f:
            f.write("etl:\n  artists: 3\n  tracks_per_artist: 2\n"
                    "  tags: [calm]\n  sources:\n")
            for name in SERVICES:
                f.write(f"    {name}: {{enabled: true, rate: 500, base_url: "
                        f"\"http://127.0.0.1:{port}/"
                        f"{name.replace('genius_', '')}\"}}\n")
        self.command = [ETL, "--config", f"{folder}/config.yaml", "refresh"]

    def start(self, env):
        return run(self.command, env | {
            "LASTFM_API_KEY": "a", "GENIUS_ACCESS_TOKEN": "b",
            "YOUTUBE_API_KEY": "c", "JAMENDO_CLIENT_ID": "d"})

    def close(self):
        self.mock.stdin.close()
        self.mock.wait()


class Dashboard(Scenario):
    """Its start, with the starter songs entered."""
    frames, seconds = "3", 5

    def prepare(self):
        self.command = [MIEN, "--source", "demo", "--ao", "null", "--seed",
                        "1", "--frames", self.frames]

    def start(self, env):
        return Screen(self.command, env).end(self.seconds)


class Demo(Dashboard):
    """A minute of it with songs, moods by hand, words and a search."""
    after = "start"
    keys = b"13u2n4 ++?\x1bL\x1b/sea\x1bt", b"happy\r", b"a57nl*6a]c", b"c"

    def prepare(self):
        self.listing = True
        self.saved = f"{self.place.folder}/saved.db"
        self.command = [MIEN, "--source", "demo", "--ao", "null", "--seed",
                        "1"]
        self.reset()
        run([MIEN, "feel", "calm"], self.place.environment())
        shutil.copy(self.place.catalog, self.saved)

    def reset(self):
        self.place.clear()
        if os.path.exists(self.saved):
            os.makedirs(os.path.dirname(self.place.catalog))
            shutil.copy(self.saved, self.place.catalog)

    def sites(self):
        self.listing = True
        answer = super().sites()
        self.listing = False
        return answer

    def start(self, env):
        screen = Screen(self.command, env)
        screen.read(3, b"Camera")
        for keys in self.keys:
            for key in keys:
                screen.key(bytes([key]))
                screen.read(0.5 if self.listing else 0.03)
        if not self.listing:
            screen.read(0.3)
        elif not self.sampled:
            screen.read(40)
        screen.key(b"q")
        return screen.end(10)


SCENARIOS = {"import": Import, "feel": Feel, "plays": Plays,
             "refresh": Refresh, "look": Look, "start": Dashboard,
             "demo": Demo}


def place_of(addresses, program):
    """The calls that led there, in words."""
    answer = subprocess.run(["addr2line", "-sfe", program, *addresses],
                            capture_output=True, text=True, check=False)
    lines = answer.stdout.split("\n")
    return " < ".join(f"{f} ({w})" for f, w in zip(lines[::2], lines[1::2]))


def sites_of(name, most):
    place = Place()
    scenario = SCENARIOS[name](place)
    scenario.sampled = bool(most)
    try:
        return {site for site, _ in scenario.sites()[0]}
    finally:
        scenario.close()
        place.close()


def each_alone(scenario, sites, most, bad):
    """One run a place, or two: -> how many met their place."""
    hits, progress = 0, Progress("places")
    for site, addresses in sites:
        progress.at(hits, bad)
        for keep in ({}, {"keep": "1"})[:1 + (scenario.single and not most)]:
            hit, wrong = scenario.refuse(site=site, **keep)
            hits += bool(hit)
            if wrong:
                where = place_of(addresses, scenario.command[0])
                bad.append((f"{where} [{site}"
                            f"{' and all later' if keep else ''}]", wrong))
    return hits


def all_in_turn(scenario, addresses, before, bad):
    """Every place at which a run arrives: -> how many. What goes wrong after
    several refusals is told by the last of them, where it is the last's."""
    tried = f"{scenario.place.folder}/tried"
    done, idle, progress = set(before), 0, Progress("places")
    while idle < 2:    # what comes by chance gets a second one
        with open(tried, "w", encoding="ascii") as f:
            f.writelines(f"{site}\n" for site in sorted(done))
        hit, wrong = scenario.refuse(each=tried)
        idle = 0 if hit else idle + 1
        done.update(hit)
        progress.at(len(done) - len(before), bad)
        if wrong:
            last = [place_of(addresses.get(s, []), scenario.command[0])
                    + f" [{s}]" for s in hit[-3:]]
            bad.append((f"{len(hit)} refusals, the last: " + "; then ".join(
                last), wrong))
    return len(done) - len(before)


def inject(name, tally, most):
    before = set()
    if SCENARIOS[name].after:
        before = sites_of(SCENARIOS[name].after, most)
    place = Place()
    scenario = SCENARIOS[name](place)
    scenario.sampled = bool(most)
    try:
        sites, outcome = scenario.sites()
        sites = [s for s in sites if s[0] not in before]
        bad = []
        if outcome.wrong() or outcome.code:
            bad.append(("nothing", f"{outcome.wrong()}: {outcome.said[-200:]}"))
        if most or scenario.single:
            chosen = sample(sites, most)
            hits = each_alone(scenario, chosen, most, bad)
            count = f"{len(chosen)} of {len(sites)} places"
        else:
            hits = all_in_turn(scenario, dict(sites), before, bad)
            count = f"{hits} places, {len(sites)} of them without a refusal"
        tally.line(f"no memory, {name}: {count}", hits, bad)
    finally:
        scenario.close()
        place.close()
