# SPDX-License-Identifier: GPL-3.0-or-later
"""run: injects faults into the programs, as a person runs them.

    run.py [--sample] [memory|writes|surroundings[:NAME]...]

Prints TAP, and a line of counts at the end.
"""
import os
import sys
import time

import memory
import surroundings
import writes
from harness import PRELOAD, Tally

KINDS = {"memory": memory, "writes": writes, "surroundings": surroundings}
FEW = 2
SAMPLE_S = 150  # of a sample; on a busy machine the rest is left out
# left out of a sample
LONG = ("demo", "feel", "look", "read-only home", "closed descriptors")


def main():
    arguments = sys.argv[1:]
    most = FEW if "--sample" in arguments else 0
    wanted = [a for a in arguments if not a.startswith("-")] or list(KINDS)
    tally = Tally()
    end = time.monotonic() + SAMPLE_S
    for word in wanted:
        kind, _, name = word.partition(":")
        if kind != "surroundings" and not os.path.exists(PRELOAD):
            print(f"ok - {kind} # SKIP preloads do not go with a sanitizer")
            continue
        for scenario in [name] if name else KINDS[kind].SCENARIOS:
            if most and scenario in LONG:
                continue
            if most and time.monotonic() > end:
                print(f"ok - {kind}, {scenario} # SKIP no time for it")
                continue
            KINDS[kind].inject(scenario, tally, most)
    print(f"# faults: {tally.injected} injected, {tally.bad} bad")
    return 1 if tally.bad else 0


sys.exit(main())
