# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes short music files with real tags: make_music.py FOLDER.

FLAC with a Vorbis comment, MP3 with ID3v2, WAV with ID3v2; silence, and
just enough of it for a tag reader. Among them are names and tags that try
to do harm.
"""
import os
import struct
import sys


def flac(path, seconds=3, **tags):
    rate = 44100
    info = struct.pack(">HH", 4096, 4096) + bytes(6)
    info += struct.pack(">Q", rate << 44 | 0 << 41 | 15 << 36 | rate * seconds)
    info += bytes(16)
    lines = [f"{k}={v}".encode("utf-8", "surrogateescape")
             for k, v in tags.items()]
    comment = struct.pack("<I", 4) + b"mien" + struct.pack("<I", len(lines))
    for line in lines:
        comment += struct.pack("<I", len(line)) + line
    with open(path, "wb") as out:
        out.write(b"fLaC\0" + len(info).to_bytes(3, "big") + info)
        out.write(b"\x84" + len(comment).to_bytes(3, "big") + comment)
        out.write(b"\xff\xf8" + bytes(64))


def id3(tags):
    body = b""
    for name, value in tags.items():
        data = b"\3" + value.encode("utf-8", "surrogateescape")
        body += name.encode() + struct.pack(">I", len(data)) + b"\0\0" + data
    size = bytes(len(body) >> s & 0x7F for s in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + body if body else b""


def mp3(path, frames=200, **tags):
    with open(path, "wb") as out:
        # MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame
        out.write(id3(tags) + (b"\xff\xfb\x90\x00" + bytes(413)) * frames)


def wav(path, seconds=2, **tags):
    rate = 8000
    tag = id3(tags)
    fmt = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    chunks = b"fmt " + struct.pack("<I", 16) + fmt
    chunks += b"id3 " + struct.pack("<I", len(tag)) + tag + b"\0" * (len(tag) % 2)
    chunks += b"data" + struct.pack("<I", rate * 2 * seconds)
    chunks += bytes(rate * 2 * seconds)
    with open(path, "wb") as out:
        out.write(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE")
        out.write(chunks)


def main(folder):
    os.makedirs(os.path.join(folder, "Ada Fenn", "Open Windows"))
    os.makedirs(os.path.join(folder, "plain"))
    os.makedirs(os.path.join(folder, ".hidden"))
    os.chdir(folder)
    flac("first.flac", ARTIST="Björk Öst", TITLE="Snow & Ash",
         ALBUM="Cold Rooms", GENRE="Trip-Hop")
    mp3("second.MP3", TPE1="The Lanterns", TIT2="Copper Kites", TCON="Metal",
        TALB="Iron")
    wav("third.wav", TPE1="Mira Quist", TIT2="First Warm Day", TCON="Jazz")
    flac("fourth.flac", seconds=7, ARTIST="Nobody Yet", TITLE="Untold")
    # names from paths
    mp3("plain/07 - Paper Harbour - Sunlit Stairs.mp3")
    mp3("Ada Fenn/Open Windows/03_Slow_Bus_Home.mp3")
    # no music
    open("empty.mp3", "wb").close()
    with open("text.flac", "w") as out:
        out.write("This is no music.\n")
    with open("random.ogg", "wb") as out:
        out.write(bytes(i * 7 % 251 for i in range(5000)))
    with open("cover.jpg", "wb") as out:
        out.write(b"\xff\xd8\xff")
    mp3(".hidden/never.mp3", TPE1="Hidden", TIT2="Hidden")
    os.mkfifo("pipe.mp3")
    # harm
    mp3("line\nbreak\x1b[31m.mp3", TPE1="Evil\x1b]0;owned\x07\nArtist",
        TIT2="Red\x1b[31m\u202eTitle\r\n")
    mp3(b"bad\xff\xfename.mp3", TPE1="Bad Bytes", TIT2="Kept Whole")
    flac("invalid.flac", ARTIST="Br\udcff\udcfeken", TITLE="Tag")
    # loops and dangling links
    os.symlink("..", "plain/up")
    os.symlink("/nowhere/at/all.mp3", "dangling.mp3")
    os.symlink(".", "self")


main(sys.argv[1])
