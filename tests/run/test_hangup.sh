#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A terminal that goes away takes the dashboard with it, also where no SIGHUP
# comes (nohup, a shell that was killed).
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
HOME=$home XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state \
	python3 - "$MIEN_BUILD/mien" <<'PYTHON'
import os, pty, select, signal, sys, time

def runs_on(ignore):
    """Starts mien on a pty, closes the pty; True if it is there 10 s later."""
    pid, fd = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGHUP, ignore)
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.argv[1], [sys.argv[1], "--source", "demo", "--ao", "null"])
    seen = b""
    end = time.time() + 20
    while b"Camera" not in seen and time.time() < end:
        if select.select([fd], [], [], 0.2)[0]:
            seen += os.read(fd, 65536)
    if b"Camera" not in seen:
        print("# no screen came")
    os.close(fd)
    for _ in range(100):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return False
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True

failed = 0
for name, ignore in (("with SIGHUP", signal.SIG_DFL),
                     ("with SIGHUP ignored", signal.SIG_IGN)):
    bad = runs_on(ignore)
    failed |= bad
    print(("not ok" if bad else "ok") + " - a lost terminal ends mien, " + name,
          flush=True)
sys.exit(failed)
PYTHON
