# SPDX-License-Identifier: GPL-3.0-or-later
"""stalled: a terminal that takes nothing any more does not hold mien up.

    stalled.py MIEN: exits 0 when q ends it all the same
"""
import fcntl
import os
import pty
import struct
import sys
import termios
import time

pid, fd = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm-256color"
    os.execv(sys.argv[1], [sys.argv[1], "--source", "demo", "--ao", "null"])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
seen = b""
while b"quit" not in seen:
    seen += os.read(fd, 65536)
time.sleep(3)  # at 15 frames a second, more than any buffer holds
os.write(fd, b"q")
for _ in range(40):
    done, status = os.waitpid(pid, os.WNOHANG)
    if done:
        sys.exit(os.waitstatus_to_exitcode(status))
    time.sleep(0.1)
os.kill(pid, 9)
sys.exit("it did not end within four seconds")
