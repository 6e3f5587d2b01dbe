# SPDX-License-Identifier: GPL-3.0-or-later
"""writes: every write, fsync, truncation and removal of the catalog's files
fails, falls short, or is the last thing that the process does.

Afterwards the catalog opens, is whole, and holds all that was committed:
what `plays` said was done, or of an import whole batches from its beginning;
and the same run again, undisturbed, ends as it would have.
"""
import os
import re

from harness import (ETL, PLAYS, PRELOAD, Place, Progress, damage_of, run,
                     songs_of)

KINDS = ("eio", "full", "short", "die", "torn", "eio:keep", "full:keep")
BATCH, BATCHES = 8, 4  # plays.c's
LIST = 150             # songs of the import, over two of its batches of 64


def steps_of(outcome):
    return len(re.findall(rb"^step \d+$", outcome.out, re.M))


class Plays:
    """One committed step after the other: what is lost is known exactly."""

    def __init__(self, place):
        self.place = place
        self.command = [PLAYS, place.catalog]

    def held(self):
        """The steps that the catalog holds: batches, then plays and skips."""
        outcome = run([PLAYS, "--check", self.place.catalog],
                      self.place.environment())
        if outcome.code:
            return None, outcome.said.decode()
        return [int(n) for n in outcome.out.split()], None

    def wrong(self, outcome, kind):
        said = steps_of(outcome)
        held, error = self.held()
        if error:
            return f"it does not open any more: {error}"
        tracks, played, skipped = held

        def holds(steps):
            notes = max(0, steps - BATCHES)
            return (tracks == BATCH * min(steps, BATCHES)
                    and played == (notes + 2) // 3
                    and skipped == (notes + 1) // 3)
        # the one that was under way may have been committed and not said
        if not holds(said) and not holds(said + 1):
            return f"{said} steps were done, and it holds {held}"
        if outcome.code == 0 and said != 16:
            return "a success, and steps were not done"
        return None


class Import:
    """A long list, entered in three batches, over a catalog with songs."""

    def __init__(self, place):
        self.place = place
        path = f"{place.folder}/list.csv"
        with open(path, "w", encoding="ascii") as f:
            f.write("artist,title,uri\n")
            for i in range(LIST):
                f.write(f"A{i % 7},T{i},http://a.example/{i:03}\n")
        self.command = [ETL, "import", path]
        self.clean = None

    def wrong(self, outcome, kind):
        held = songs_of(self.place.catalog) or []
        titles = sorted(int(row[1][1:]) for row in held)
        if titles != list(range(len(titles))):
            return "songs are there without those before them"
        if len(titles) not in (0, 64, 128, LIST):
            return f"half a batch: {len(titles)} songs"
        if outcome.code == 0 and len(titles) != LIST:
            return f"a success with {len(titles)} songs of {LIST}"
        again = run(self.command, self.place.environment())
        if again.code:
            return f"a second run ends with {again.code}: {again.said}"
        if self.clean is None:
            self.clean = songs_of(self.place.catalog)
        if songs_of(self.place.catalog) != self.clean:
            return "a second run does not end as an undisturbed one"
        return None


SCENARIOS = {"plays": Plays, "import": Import}


def disturb(scenario, place, number, kind):
    place.clear()
    outcome = run(scenario.command, place.environment(
        {"LD_PRELOAD": PRELOAD, "FAULT_FILE": "catalog.db",
         "FAULT_WRITE": f"{number}:{kind}"}))
    died = kind in ("die", "torn") and outcome.code == 99
    wrong = None if died else outcome.wrong()
    return wrong or damage_of(place.catalog) or scenario.wrong(outcome, kind)


def count_writes(scenario, place):
    # beside the catalog, where a confined program may write
    count = os.path.join(os.path.dirname(place.catalog), "count")
    place.clear()
    run(scenario.command, place.environment(
        {"LD_PRELOAD": PRELOAD, "FAULT_FILE": "catalog.db",
         "FAULT_COUNT": count}))
    with open(count, encoding="ascii") as f:
        numbers = [int(line) for line in f]
    os.remove(count)
    return max(numbers)


def inject(name, tally, most):
    place = Place()
    try:
        scenario = SCENARIOS[name](place)
        total = count_writes(scenario, place)
        bad, injected, progress = [], 0, Progress("writes")
        for at, kind in enumerate(KINDS):
            # of a sample one for each kind, another each time
            numbers = [1 + total * at // len(KINDS)] if most else \
                range(1, total + 1)
            for number in numbers:
                injected += 1
                progress.at(injected, bad)
                wrong = disturb(scenario, place, number, kind)
                if wrong:
                    bad.append((f"write {number}: {kind}", wrong))
        tally.line(f"writes of the catalog, {name}: {total} in {len(KINDS)} "
                   "ways", injected, bad)
    finally:
        place.close()
