# SPDX-License-Identifier: GPL-3.0-or-later
"""screen: a program in a terminal of its own, and what stands on its screen.

Understands what curses writes to TERM=xterm-256color; colours are passed
over. Knows nothing of mien.
"""
import codecs
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time
import unicodedata

TOKEN = re.compile(
    r"\x1b\[([?>]?)([\d;]*)([@-~])"  # a control sequence
    r"|\x1b[()#].|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^\[\]()#]"
    r"|([\x00-\x1a\x1c-\x1f\x7f])"
    r"|([^\x00-\x1f\x7f]+)"
)


def width(c):
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


class Cells:
    """The cells of a screen, moved by what is fed."""

    def __init__(self, rows, cols):
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.rest = ""
        self.alternate = False
        self.cursor_hidden = False
        self.sequences = 0
        self.resize(rows, cols)

    def resize(self, rows, cols):
        self.rows, self.cols = rows, cols
        self.cells = [[" "] * cols for _ in range(rows)]
        self.row = self.col = 0
        self.top, self.bottom = 0, rows - 1
        self.last = " "

    def text(self):
        return "\n".join("".join(row) for row in self.cells)

    def line(self, row):
        return "".join(self.cells[row])

    def feed(self, data):
        text = self.rest + self.decoder.decode(data)
        end = text.rfind("\x1b")
        # a sequence that has not come whole waits for the rest of it
        if end >= 0 and not TOKEN.match(text, end):
            self.rest, text = text[end:], text[:end]
        else:
            self.rest = ""
        for token in TOKEN.finditer(text):
            if token[5]:
                self.put(token[5])
            elif token[4]:
                self.control(token[4])
            elif token[3]:
                if token[3] != "m":
                    self.sequence(token[1], token[2], token[3])
            elif token[0] == "\x1bM":
                self.reverse()

    def put(self, text):
        for c in text:
            n = 1 if c < "\u0300" else width(c)
            if n == 0:
                continue
            if self.col + n > self.cols:
                self.col = 0
                self.newline()
            row = self.cells[self.row]
            row[self.col] = c
            if n == 2:
                row[self.col + 1] = ""
            self.col += n
            self.last = c

    def control(self, c):
        if c == "\r":
            self.col = 0
        elif c in "\n\v\f":
            self.newline()
        elif c == "\b":
            self.col = max(self.col - 1, 0)
        elif c == "\t":
            self.col = min((self.col // 8 + 1) * 8, self.cols - 1)

    def newline(self):
        if self.row == self.bottom:
            self.scroll(1)
        elif self.row < self.rows - 1:
            self.row += 1

    def reverse(self):
        if self.row == self.top:
            self.scroll(-1)
        elif self.row:
            self.row -= 1

    def scroll(self, n, top=None):
        top = self.top if top is None else top
        for _ in range(min(abs(n), self.rows)):
            new = [" "] * self.cols
            if n > 0:
                del self.cells[top]
                self.cells.insert(self.bottom, new)
            else:
                del self.cells[self.bottom]
                self.cells.insert(top, new)

    def erase(self, row, first, end):
        self.cells[row][first:end] = [" "] * (min(end, self.cols) - first)

    def sequence(self, private, arguments, final):
        numbers = [int(n or 0) for n in arguments.split(";")]
        n = numbers[0] or 1
        self.sequences += 1
        if private:
            if final in "hl":
                self.mode(numbers, final == "h")
        elif final in "Hf":
            second = numbers[1] if len(numbers) > 1 else 1
            self.row = min(n, self.rows) - 1
            self.col = min(second or 1, self.cols) - 1
        elif final in "ABCDEGd`":
            self.move(final, n)
        elif final == "J":
            self.erase_screen(numbers[0])
        elif final == "K":
            first = 0 if numbers[0] else self.col
            end = self.col + 1 if numbers[0] == 1 else self.cols
            self.erase(self.row, first, end)
        elif final == "X":
            self.erase(self.row, self.col, self.col + n)
        elif final == "P":
            row = self.cells[self.row]
            del row[self.col : self.col + n]
            row.extend([" "] * (self.cols - len(row)))
        elif final == "@":
            row = self.cells[self.row]
            row[self.col : self.col] = [" "] * n
            del row[self.cols :]
        elif final == "b":
            self.put(self.last * n)
        elif final in "ST":
            self.scroll(n if final == "S" else -n)
        elif final in "LM":
            self.scroll(n if final == "M" else -n, self.row)
        elif final == "r":
            second = numbers[1] if len(numbers) > 1 else 0
            self.top, self.bottom = n - 1, (second or self.rows) - 1
            self.row = self.col = 0

    def mode(self, numbers, on):
        if 1049 in numbers:
            self.alternate = on
        if 25 in numbers:
            self.cursor_hidden = not on

    def move(self, final, n):
        if final == "A":
            self.row = max(self.row - n, 0)
        elif final in "BE":
            self.row = min(self.row + n, self.rows - 1)
        elif final == "C":
            self.col = min(self.col + n, self.cols - 1)
        elif final == "D":
            self.col = max(self.col - n, 0)
        elif final in "G`":
            self.col = min(n, self.cols) - 1
        elif final == "d":
            self.row = min(n, self.rows) - 1

    def erase_screen(self, how):
        if how == 0:
            self.erase(self.row, self.col, self.cols)
        elif how == 1:
            self.erase(self.row, 0, self.col + 1)
        first = self.row + 1 if how == 0 else 0
        end = self.row if how == 1 else self.rows
        for row in range(first, end):
            self.erase(row, 0, self.cols)


class Terminal:
    """A program that runs in a terminal, with its screen."""

    def __init__(self, argv, env, rows=24, cols=80):
        self.master, self.slave = pty.openpty()
        self.cells = Cells(rows, cols)
        self.size(rows, cols)
        self.before = termios.tcgetattr(self.slave)
        self.bytes = 0
        self.meanwhile = lambda: None  # done while it is waited for long
        self.status = None
        self.pid = os.fork()
        if self.pid == 0:
            self.become(argv, env)
        os.set_blocking(self.master, False)

    def become(self, argv, env):
        try:
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            for fd in range(3):
                os.dup2(self.slave, fd)
            os.closerange(3, 256)
            os.execve(argv[0], argv, env)
        finally:
            os._exit(127)

    def size(self, rows, cols):
        packed = struct.pack("HHHH", rows, cols, 0, 0)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, packed)

    def resize(self, rows, cols):
        """What comes after this is drawn for the new size."""
        self.pump(0)
        self.cells.resize(rows, cols)
        self.size(rows, cols)

    def pump(self, seconds):
        """Takes what the program writes, for so long; whether it lives."""
        end = time.monotonic() + seconds
        while True:
            left = max(end - time.monotonic(), 0)
            if select.select([self.master], [], [], left)[0]:
                self.take()
            if self.ended() or time.monotonic() >= end:
                return self.status is None

    def take(self):
        try:
            data = os.read(self.master, 65536)
        except (BlockingIOError, OSError):
            return
        self.bytes += len(data)
        self.cells.feed(data)

    def ended(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def send(self, keys):
        os.write(self.master, keys.encode())

    def until(self, seen, seconds):
        """How many seconds until seen(text) was true; None: never."""
        begin = time.monotonic()
        while True:
            if seen(self.cells.text()):
                return time.monotonic() - begin
            left = begin + seconds - time.monotonic()
            if left <= 0 or self.status is not None:
                return None
            if left < seconds - 1:
                self.meanwhile()
            if select.select([self.master], [], [], min(left, 0.5))[0]:
                self.take()
            self.ended()

    def restored(self):
        """Whether the program left the terminal as it was."""
        self.pump(0)
        return (
            termios.tcgetattr(self.slave) == self.before
            and not self.cells.alternate
            and not self.cells.cursor_hidden
        )
