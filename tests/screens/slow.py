# SPDX-License-Identifier: GPL-3.0-or-later
"""slow: a terminal of 2000 bytes a second is never far behind.

    slow.py MIEN

The terminal takes all at once, then 2000 bytes a second, then all again, and
answers questions (DSR 5) when it comes to them. What is measured is bytes, not
time: how many a key's answer waits behind, with its own. Without questions it
is what the buffers on the way hold, 12000 and more.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

RATE = 2000
HELP = (b"pause and", b"next song", b"the song before", b"volume by")
QUESTION, ANSWER = b"\x1b[5n", b"\x1b[0n"


class Terminal:
    def __init__(self, argv):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(argv[0], argv)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 24, 80, 0, 0))
        self.taken = 0  # bytes, all in all
        self.questions = 0
        self.tail = b""

    def take(self, most, wait):
        """Reads up to so many bytes, and answers what is asked in them."""
        if not select.select([self.fd], [], [], wait)[0]:
            return b""
        data = os.read(self.fd, most)
        self.taken += len(data)
        both = self.tail[-3:] + data
        for _ in range(both.count(QUESTION)):
            self.questions += 1
            os.write(self.fd, ANSWER)
        self.tail = (self.tail + data)[-8000:]
        return data

    def fast(self, done, seconds=60):
        end = time.monotonic() + seconds
        while not done() and time.monotonic() < end:
            self.take(65536, 0.1)
        return done()

    def slow(self, done, seconds=60):
        """2000 bytes a second, in steps of 50 ms at the least."""
        end = time.monotonic() + seconds
        while not done() and time.monotonic() < end:
            self.take(RATE // 20, 0.1)
            time.sleep(0.05)
        return done()


def must(what, holds, *values):
    print(("ok - " if holds else "not ok - ") + what, *values)
    return holds


def main():
    t = Terminal([sys.argv[1], "--source", "demo", "--ao", "null", "--seed",
                  "1", "--preview", "half"])
    good = must("it stands", t.fast(lambda: b"quit" in t.tail))
    good &= must("it asks", t.fast(lambda: t.questions > 3))
    # enough for every buffer on the way to be full, had they been filled
    begun = t.taken
    t.slow(lambda: t.taken - begun > 8 * RATE)
    t.tail = t.tail[-3:]
    begun = t.taken
    os.write(t.fd, b"?")
    time.sleep(2)  # nothing is taken while it answers: what lies there counts
    seen = t.slow(lambda: any(word in t.tail for word in HELP))
    behind = t.taken - begun
    good &= must("a key is answered", seen)
    good &= must("behind little more than a picture", behind < 6000,
                 f"# {behind} bytes")
    os.write(t.fd, b"\x1b")
    begun = t.taken
    good &= must("it recovers", t.fast(lambda: t.taken - begun > 10 * RATE))
    os.write(t.fd, b"q")
    end = time.monotonic() + 60
    while time.monotonic() < end:
        done, status = os.waitpid(t.pid, os.WNOHANG)
        if done:
            good &= must("q ends it", os.waitstatus_to_exitcode(status) == 0)
            return 0 if good else 1
        try:
            t.take(65536, 0.1)
        except OSError:
            time.sleep(0.05)
    os.kill(t.pid, 9)
    must("q ends it", False)
    return 1


sys.exit(main())
