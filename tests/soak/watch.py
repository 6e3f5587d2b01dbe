# SPDX-License-Identifier: GPL-3.0-or-later
"""watch: what a process holds, and figures of it over time."""
import os
import statistics
import time


def fields(path, names):
    out = {}
    with open(path) as file:
        for line in file:
            name, _, value = line.partition(":")
            if name in names:
                out[names[name]] = int(value.split()[0])
    return out


MEMORY = {
    "VmRSS": "rss_kb",
    "RssAnon": "anon_kb",
    "RssFile": "file_kb",
    "RssShmem": "shmem_kb",
    "VmData": "data_kb",
    "Threads": "threads",
}
SWITCHES = {"voluntary_ctxt_switches": "wakeups"}


def wakeups(pid, task=None):
    """How often a thread (the main one) has begun to run again."""
    path = f"/proc/{pid}/task/{task or pid}/status"
    return fields(path, SWITCHES).get("wakeups", 0)


def cpu_s(pid):
    with open(f"/proc/{pid}/stat") as file:
        words = file.read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def sample(pid):
    out = fields(f"/proc/{pid}/status", MEMORY)
    out["fds"] = len(os.listdir(f"/proc/{pid}/fd"))
    out["wakeups_main"] = wakeups(pid)
    out["wakeups_all"] = sum(
        wakeups(pid, task) for task in os.listdir(f"/proc/{pid}/task")
    )
    out["cpu_s"] = cpu_s(pid)
    out["load"] = os.getloadavg()[0]
    return out


def machine_delay_ms():
    """How late this machine lets a program on that waited for 5 ms."""
    begin = time.monotonic()
    time.sleep(0.005)
    return (time.monotonic() - begin - 0.005) * 1000


def percentile(values, p):
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[min(int(len(ordered) * p / 100), len(ordered) - 1)]


def thirds(rows, key, begin, end):
    """The values of key in the first and in the last third of the time."""
    span = (end - begin) / 3
    first = [r[key] for r in rows if begin <= r["t"] < begin + span]
    last = [r[key] for r in rows if r["t"] >= end - span]
    return first, last


def slope(rows, key):
    """Per hour; the median of the slopes between far pairs, which a few wild
    values cannot move (Theil and Sen, with pairs half the list apart)."""
    half = len(rows) // 2
    pairs = [
        (b[key] - a[key]) / (b["t"] - a["t"]) * 3600
        for a, b in zip(rows, rows[half:])
        if b["t"] > a["t"]
    ]
    return statistics.median(pairs) if pairs else 0
