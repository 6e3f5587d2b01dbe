# SPDX-License-Identifier: GPL-3.0-or-later
"""surroundings: a full disk, a home that cannot be written to, none at all,
a clock that jumps, a stop and a going on, closed descriptors, too few of
them, a limit on files. Each program ends or goes on, with a word for it.
"""
import os
import resource
import shutil
import signal
import sqlite3
import time

from harness import (ETL, MIEN, PRELOAD, ROOT, Place, Screen, damage_of, run,
                     sample)

FACE = f"{ROOT}/capture/demo/astronaut.jpg"
DASHBOARD = [MIEN, "--source", "demo", "--ao", "null", "--seed", "1"]
# with a preload there can be no sanitizer
PLAIN = os.path.exists(PRELOAD)


def write_list(place):
    path = f"{place.folder}/list.csv"
    with open(path, "w", encoding="ascii") as f:
        f.write("artist,title,uri\n")
        for i in range(300):
            f.write(f"A{i % 7},T{i},http://a.example/{i}\n")
    return path


SHORT = ("import", "export")


def commands(place, most=0):
    every = {"look": [MIEN, "look", FACE], "feel": [MIEN, "feel", "happy"],
            "devices": [MIEN, "devices"], "doctor": [MIEN, "doctor"],
            "personal": [MIEN, "personal"],
            "import": [ETL, "import", write_list(place)],
            "starter": [ETL, "starter"], "status": [ETL, "status"],
            "export": [ETL, "export", "--json"],
            "sources": [ETL, "sources"], "plan": [ETL, "plan"]}
    return {n: c for n, c in every.items() if not most or n in SHORT}


def dashboard(place, extra, home=True, seconds=1, before=None):
    screen = Screen(DASHBOARD, place.environment(extra, home), before)
    came = screen.read(15, b"Camera")
    screen.read(seconds)
    ended = screen.code is not None
    if not ended:
        screen.key(b"3")
        screen.read(0.5)
        screen.key(b"q")
    return screen.end(10), came and not ended


def all_of(place, most, extra, home=True, **more):
    """(what, outcome) of every command, each with a home as it was."""
    for name, command in commands(place, most).items():
        yield name, run(command, place.environment(extra, home), **more)


def judge(place, runs, bad):
    count = 0
    for name, outcome in runs:
        count += 1
        wrong = outcome.wrong() or damage_of(place.catalog)
        if wrong:
            bad.append((name, f"{wrong} {outcome.said[-300:]}"))
    return count


def judge_dashboard(place, answer, bad, must=True):
    outcome, stood = answer
    wrong = outcome.wrong() or damage_of(place.catalog)
    if not wrong and must and not stood:
        wrong = f"no dashboard: {outcome.said[-300:]}"
    if wrong:
        bad.append(("dashboard", wrong))
    return 1


# ---- the scenarios: how many were injected, and what was bad ---------------

def full_disk(place, most, bad):
    """ENOSPC from the first byte on, and once a catalog is there."""
    extra = {"LD_PRELOAD": PRELOAD, "FAULT_FULL": place.home}
    count = judge(place, all_of(place, most, extra), bad)
    count += judge_dashboard(place, dashboard(place, extra), bad)
    run([ETL, "starter"], place.environment())
    count += judge(place, all_of(place, most, extra), bad)
    return count + judge_dashboard(place, dashboard(place, extra), bad)


def file_limit(place, most, bad):
    """RLIMIT_FSIZE, as a quota: at many sizes, SIGXFSZ or not."""
    count = 0
    for size in sample([0, 1, 100, 4096, 8192, 20000, 32768, 65536, 100000,
                        150000, 200000, 300000], most and 3):
        def limit(size=size):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        place.clear()
        command = commands(place)["import"]
        for turn in ("import", "import again"):
            outcome = run(command, place.environment(), preexec_fn=limit)
            count += judge(place, [(f"{turn}, {size} bytes", outcome)], bad)
        outcome = run(command, place.environment())
        if outcome.code:
            bad.append((f"{size} bytes", "no import without the limit: "
                        f"{outcome.said}"))
    return count


def read_only_home(place, most, bad):
    extra = {"LD_PRELOAD": PRELOAD, "FAULT_READONLY": place.home}
    count = judge(place, all_of(place, most, extra), bad)
    if os.listdir(place.home):
        bad.append(("home", f"was written to: {os.listdir(place.home)}"))
    count += judge_dashboard(place, dashboard(place, extra), bad)
    run([ETL, "starter"], place.environment())
    count += judge(place, all_of(place, most, extra), bad)
    return count + judge_dashboard(place, dashboard(place, extra), bad)


def no_home(place, most, bad):
    count = judge(place, all_of(place, most, {}, home=False, cwd=place.folder), bad)
    count += judge_dashboard(place, dashboard(place, {}, home=False), bad)
    nowhere = {"HOME": "/nonexistent/home"}
    count += judge(place, all_of(place, most, nowhere, home=False), bad)
    return count + judge_dashboard(
        place, dashboard(place, nowhere, home=False), bad)


def clock_jumps(place, most, bad):
    """A year on, a year back, every second: commands, and a dashboard that
    goes on and whose catalog takes the plays."""
    extra = {"LD_PRELOAD": PRELOAD, "FAULT_CLOCK": "1"}
    count = judge(place, all_of(place, most, extra), bad)
    screen = Screen(DASHBOARD, place.environment(extra))
    screen.read(15, b"Camera")
    screen.read(2)
    for _ in range(2 if most else 10):
        screen.key(b"n")
        screen.read(1)
    outcome = screen.end(0)
    count += judge_dashboard(place, (outcome, True), bad)
    db = sqlite3.connect(place.catalog)
    if not db.execute("SELECT sum(skips) FROM track").fetchone()[0]:
        bad.append(("dashboard", "no skip was kept"))
    db.close()
    return count


def suspend(place, most, bad):
    """Stopped for seconds and woken, as by a closed lid; then as ever."""
    screen = Screen(DASHBOARD, place.environment())
    screen.read(15, b"Camera")
    screen.read(2)
    turns = 1 if most else 4
    for turn in range(turns):
        screen.read(1)
        os.kill(screen.pid, signal.SIGSTOP)
        time.sleep(1 + turn)
        before = len(screen.out)
        os.kill(screen.pid, signal.SIGCONT)
        screen.read(3)
        if len(screen.out) == before:
            bad.append((f"stop {turn}", "it draws no more"))
    judge_dashboard(place, (screen.end(0), True), bad)
    return turns


def closed_descriptors(place, most, bad):
    """Standard input, output and error closed, in every combination."""
    count = 0
    for name, command in commands(place, most).items():
        for closed in sample(range(1, 8), most and 2):
            def close(closed=closed):
                for fd in range(3):
                    if closed & 1 << fd:
                        os.close(fd)
            outcome = run(command, place.environment(), preexec_fn=close)
            # without a standard error there is no word to be heard
            if closed & 4 and outcome.code > 0:
                outcome.said = b"."
            count += judge(place, [(f"{name}, without {closed:03b}",
                                    outcome)], bad)
    return count


def dashboard_input(place, most, bad):
    """The dashboard with standard input closed, or at its end."""
    count = 0
    for what in ("closed", "null"):
        def change(what=what):
            if what == "closed":
                os.close(0)
            else:
                os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        count += judge_dashboard(
            place, dashboard(place, {}, before=change), bad, must=False)
    return count


def few_descriptors(place, most, bad):
    """RLIMIT_NOFILE from 3 on: a sentence, or the work is done."""
    # the search for leaks, at the end, needs descriptors of its own
    extra = {"ASAN_OPTIONS": ":".join(
        filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))}
    count = 0
    for name, command in commands(place, most).items():
        for limit in sample(list(range(3, 25)), most and 4):
            def tighten(limit=limit):
                resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
            outcome = run(command, place.environment(extra),
                          preexec_fn=tighten)
            # the loader itself may not start it
            if outcome.code == 127 and b"shared librar" in outcome.said:
                count += 1
                continue
            count += judge(place, [(f"{name}, {limit} descriptors",
                                    outcome)], bad)
    for limit in sample([4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 40, 64],
                        most and 2):
        def tighten(limit=limit):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
        answer = dashboard(place, extra, seconds=1, before=tighten)
        if answer[0].code == 127 and b"shared librar" in answer[0].said:
            count += 1
            continue
        here = []
        count += judge_dashboard(place, answer, here, must=False)
        bad += [(f"dashboard, {limit} descriptors", w) for _, w in here]
    return count


def little_memory(place, most, bad):
    """RLIMIT_AS: not even the libraries get what they want."""
    count = 0
    for name, command in {"import": commands(place)["import"],
                          "export": [ETL, "export"]}.items():
        for size in sample(list(range(40, 400, 20)), most and 3):
            def tighten(size=size):
                resource.setrlimit(resource.RLIMIT_AS,
                                   (size << 20, size << 20))
            outcome = run(command, place.environment(), preexec_fn=tighten)
            if outcome.code == 127:
                count += 1
                continue
            count += judge(place, [(f"{name}, {size} MiB", outcome)], bad)
    return count


NEEDS_PRELOAD = {"full disk": full_disk, "read-only home": read_only_home,
                 "clock jumps": clock_jumps}
# a sanitizer maps terabytes
NO_SANITIZER = {"little memory": little_memory}
SCENARIOS = {"no home": no_home, "limit on files": file_limit,
             "suspend": suspend, "closed descriptors": closed_descriptors,
             "no standard input": dashboard_input,
             "few descriptors": few_descriptors}
if PLAIN:
    SCENARIOS |= NEEDS_PRELOAD | NO_SANITIZER


def inject(name, tally, most):
    place = Place()
    bad = []
    try:
        tally.line(name, SCENARIOS[name](place, most, bad), bad)
    finally:
        shutil.rmtree(place.folder, ignore_errors=True)
