# SPDX-License-Identifier: GPL-3.0-or-later
"""make_bad: writes what programs are given and should not be.

    make_bad.py FOLDER

Each file is made here from words and numbers, or from the portrait and the
networks that come with the program; table.tsv says what becomes of each.
"""
import io
import json
import os
import random
import sqlite3
import struct
import sys
import zlib

from PIL import Image

ROOT = os.environ["MIEN_ROOT"]
FACE = f"{ROOT}/capture/demo/astronaut.jpg"


def put(name, content):
    if isinstance(content, str):
        content = content.encode()
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "wb") as f:
        f.write(content)


def all_of(kind, ending, files):
    for name, content in files.items():
        put(f"{kind}/{name}{ending}", content)


# ---- settings ----------------------------------------------------------------

def settings():
    aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n"
        for i in range(1, 10))
    all_of("config", ".yaml", {
        "unknown-section": "cameras:\n  width: 640\n",
        "unknown-key": "camera:\n  widht: 640\n",
        "unknown-source": "etl:\n  sources:\n    napster: {enabled: true}\n",
        "twice": "camera:\n  width: 640\n  width: 320\n",
        "section-twice": "camera: {width: 640}\ncamera: {width: 320}\n",
        "list-for-number": "camera:\n  width: [640]\n",
        "map-for-text": "camera:\n  source: {a: b}\n",
        "text-for-section": "camera: demo\n",
        "text-for-number": "camera:\n  width: wide\n",
        "number-with-rest": "camera:\n  width: 640px\n",
        "fraction-for-whole": "camera:\n  width: 640.5\n",
        "number-too-large": "camera:\n  width: 99999999999999999999\n",
        "number-negative": "camera:\n  rate: -15\n",
        "number-zero": "camera:\n  width: 0\n",
        "nan": "mood:\n  into_s: .nan\n",
        "infinite": "mood:\n  into_s: 1e999\n",
        "share-over-one": "mood:\n  min_margin: 1.5\n",
        "not-a-truth": "camera:\n  mirror: perhaps\n",
        "truth-as-number": "camera:\n  loop: 1\n",
        "mode": "mood:\n  mode: hungry\n",
        "policy": "music:\n  policy: whatever\n",
        "preview": "screen:\n  preview: 3d\n",
        "level": "log:\n  level: loud\n",
        "faces": "mood:\n  faces: everybody\n",
        "volume": "music:\n  volume: 1000\n",
        "tab": "camera:\n\twidth: 640\n",
        "open-quote": "camera:\n  source: \"demo\n",
        "open-list": "etl:\n  tags: [a, b\n",
        "unknown-anchor": "camera: *nothing\n",
        "aliases": aliases,
        "anchor-of-itself": "camera: &a\n  source: *a\n",
        "merge": "x: &x {width: 640}\ncamera:\n  <<: *x\n",
        "two-documents": "camera: {width: 640}\n---\ncamera: {width: 320}\n",
        "list-of-all": "- camera\n- model\n",
        "scalar-of-all": "camera\n",
        "nul": b"camera:\n  source: a\0b\n",
        "latin": "camera:\n  source: caf\xe9\n".encode("latin-1"),
        "control": "camera:\n  source: \"\\e[2J\"\n",
        "utf16-odd": b"\xff\xfec\0a\0m",
        "long-text": f"camera:\n  source: {'x' * 5000}\n",
        "deep": "camera: " + "[" * 5000 + "\n",
        "huge": "# " + "x" * (3 << 20) + "\n",
        "country-long": f"etl:\n  country: {'x' * 200}\n",
        "plain-http": "etl:\n  sources:\n    lrclib:\n"
                      "      base_url: http://example.org\n",
        "address-of-file": "etl:\n  sources:\n    lrclib:\n"
                           "      base_url: file:///etc/passwd\n",
        "address-with-name": "etl:\n  sources:\n    lrclib:\n"
                             "      base_url: https://a:b@example.org\n",
        "rate-negative": "etl:\n  sources:\n    lrclib: {rate: -1}\n",
        "key-complex": "? [a, b]\n: c\n",
        "binary": bytes(range(256)) * 8,
        "empty": "",
        "only-comments": "# nothing\n",
    })


# ---- networks ----------------------------------------------------------------

NETWORK = ("face.cfg", "face.weights", "emotion.cfg", "emotion.weights")


def network(name, **changed):
    """A model's folder with some files otherwise, or missing (None)."""
    for file in NETWORK:
        key = file.replace(".", "_")
        to = f"model/{name}/{file}"
        os.makedirs(os.path.dirname(to), exist_ok=True)
        if key in changed and changed[key] is None:
            continue
        if key in changed and changed[key] != "folder":
            put(to, changed[key])
        elif key in changed:
            os.mkdir(to)
        else:
            os.symlink(f"{ROOT}/model/weights/{file}", to)
    if "sums" in changed:
        put(f"model/{name}/SHA256SUMS", changed["sums"])
    put(f"model/{name}.yaml", "model:\n  folder: "
        f"{json.dumps(os.path.abspath('model/' + name))}\n")


def networks():
    with open(f"{ROOT}/model/weights/emotion.cfg", encoding="ascii") as f:
        cfg = f.read()
    with open(f"{ROOT}/model/weights/emotion.weights", "rb") as f:
        weights = f.read()
    first = cfg.index("[convolutional]")
    head, rest = cfg[:first], cfg[first:]

    def one(key, value):
        lines, done = rest.split("\n"), False
        for i, line in enumerate(lines):
            if not done and line.split("=")[0].strip() == key:
                lines[i], done = f"{key}={value}", True
        assert done, key
        return head + "\n".join(lines)

    for name, text in {
            "empty": "", "no-net": rest, "only-net": head,
            "unknown-section": head + "[lstm]\noutput=3\n" + rest,
            "open-section": cfg.replace("[convolutional]", "[convolutional",
                                        1),
            "no-equals": head.rstrip() + "\nheight 48\n" + rest,
            "unknown-activation": one("activation", "mish"),
            "filters-zero": one("filters", "0"),
            "filters-negative": one("filters", "-8"),
            "filters-huge": one("filters", "2000000000"),
            "filters-text": one("filters", "many"),
            "size-huge": one("size", "100001"),
            "stride-zero": one("stride", "0"),
            "input-huge": "[net]\nwidth=60000\nheight=60000\nchannels=60000\n"
                          + rest,
            "input-none": "[net]\nbatch=1\n" + rest,
            "two-nets": head + head + rest,
            "cut": cfg[:len(cfg) // 2],
            "half-a-word": cfg[:first + 30],
            "layers-1000": head + "[dropout]\nprobability=0.5\n" * 1000,
            "route-ahead": head + "[route]\nlayers=5\n" + rest,
            "shortcut-behind": head + "[shortcut]\nfrom=-9\n" + rest,
            "long-line": head + "#" * 200000 + "\n" + "x" * 200000 + "\n",
            "nul": cfg.replace("filters", "fil\0ters", 1),
            "binary": bytes(range(256)) * 16,
            "another": open(f"{ROOT}/model/weights/face.cfg", "rb").read(),
            "missing": None, "folder": "folder"}.items():
        network(f"cfg-{name}", emotion_cfg=text)
    spot = 20 + 4000
    for name, data in {
            "empty": b"", "header": weights[:20], "short": weights[:-1],
            "long": weights + b"\0", "half": weights[:len(weights) // 2],
            "version": struct.pack("<iii", 9, 9, 9) + weights[12:],
            "nan": weights[:spot] + struct.pack("<f", float("nan"))
            + weights[spot + 4:],
            "infinite": weights[:spot] + struct.pack("<f", float("inf"))
            + weights[spot + 4:],
            "text": b"weights\n" * 100,
            "swapped": open(f"{ROOT}/model/weights/face.weights",
                            "rb").read(),
            "missing": None, "folder": "folder"}.items():
        network(f"weights-{name}", emotion_weights=data)
    network("sums-wrong", sums=f"{'0' * 64}  emotion.weights\n")
    network("sums-folder", face_cfg=None)
    network("face-empty", face_cfg="")
    network("face-weights-short", face_weights=weights)


# ---- pictures and videos -----------------------------------------------------

def chunk(kind, data, crc=None):
    body = kind + data
    return (struct.pack(">I", len(data)) + body
            + struct.pack(">I", zlib.crc32(body) if crc is None else crc))


def png(width, height, data=b"", depth=8, colour=2, crc=None):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", width, height, depth, colour, 0, 0, 0), crc)
        + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def as_format(kind, size=(64, 64), **more):
    out = io.BytesIO()
    Image.open(FACE).convert("RGB").resize(size).save(out, kind, **more)
    return out.getvalue()


def pictures():
    jpeg = open(FACE, "rb").read()
    whole = as_format("PNG")
    gif, bmp = as_format("GIF"), as_format("BMP")
    webp, tiff = as_format("WEBP"), as_format("TIFF")
    all_of("picture", "", {
        "empty.jpg": b"", "one-byte.jpg": jpeg[:1], "soi.jpg": jpeg[:2],
        "header.jpg": jpeg[:20], "tables.jpg": jpeg[:400],
        "no-frame.jpg": b"\xff\xd8\xff\xd9",
        "no-size.jpg": b"\xff\xd8\xff\xc0\0\x11\x08\0\0\0\0\3\1\x22\0\2\x11"
                       b"\1\3\x11\1\xff\xd9",
        "text.jpg": "No picture.\n", "page.png": "<html><p>no</p></html>",
        "zip.png": b"PK\3\4" + bytes(200), "zeros.png": bytes(5000),
        "noise.jpg": random.Random(4).randbytes(5000),
        "signature.png": whole[:8], "header.png": whole[:33],
        "cut.png": whole[:200], "no-data.png": png(64, 64),
        "no-width.png": png(0, 64), "no-height.png": png(64, 0),
        "huge.png": png(0x7fffffff, 0x7fffffff),
        "large.png": png(60000, 60000, zlib.compress(bytes(1000))),
        "depth.png": png(8, 8, zlib.compress(bytes(500)), depth=7),
        "colour.png": png(8, 8, zlib.compress(bytes(500)), colour=9),
        "checksum.png": png(8, 8, zlib.compress(bytes(200)), crc=1),
        "bomb.png": png(20000, 20000, zlib.compress(bytes(50 << 20), 9)),
        "cut.gif": gif[:20], "frames-none.gif": gif[:13] + b";",
        "cut.bmp": bmp[:40],
        "huge.bmp": bmp[:18] + struct.pack("<ii", 0x7fffffff, -0x7fffffff)
        + bmp[26:],
        "cut.webp": webp[:24], "cut.tiff": tiff[:40],
        "loop.tiff": b"II*\0\x08\0\0\0\1\0\0\1\3\0\1\0\0\0\1\0\0\0\x08\0\0\0",
        "icon.ico": b"\0\0\1\0\0\0",
        "no-size.ppm": "P6\n", "huge.ppm": "P6\n99999 99999\n255\n",
        "short.pgm": b"P5\n64 64\n255\n" + bytes(100),
        "maximum.ppm": b"P6\n8 8\n0\n" + bytes(192),
        "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'"
                       " width='9' height='9'/>",
        "files.ffconcat": "ffconcat version 1.0\nfile /etc/passwd\n",
        "parts.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n"
                      "file:///etc/passwd\n",
        "one-pixel.png": as_format("PNG", (1, 1)),
        "thin.png": as_format("PNG", (1, 900)),
        "deep.png": png(8, 8, zlib.compress(bytes((1 + 48) * 8)), depth=16),
        "cmyk.jpg": cmyk(),
    })


def cmyk():
    out = io.BytesIO()
    Image.open(FACE).convert("CMYK").resize((64, 64)).save(out, "JPEG")
    return out.getvalue()


def box(kind, data=b"", size=None):
    return struct.pack(">I4s", 8 + len(data) if size is None else size,
                       kind) + data


def videos():
    y4m = b"YUV4MPEG2 W64 H48 F25:1 Ip C420jpeg\n"
    frame = b"FRAME\n" + bytes(64 * 48 * 3 // 2)
    avi = b"RIFF" + struct.pack("<I", 200) + b"AVI LIST" \
        + struct.pack("<I", 100) + b"hdrlavih" + bytes(60)
    all_of("video", "", {
        "empty.mp4": b"", "header.y4m": y4m,
        "no-size.y4m": b"YUV4MPEG2 F25:1\n" + frame,
        "cut.y4m": y4m + frame[:100],
        "huge.y4m": y4m.replace(b"W64", b"W999999") + frame,
        "negative.y4m": y4m.replace(b"W64", b"W-64") + frame,
        "chroma.y4m": y4m.replace(b"C420jpeg", b"Cnone") + frame,
        "no-rate.y4m": y4m.replace(b"F25:1", b"F0:0") + frame,
        "cut.avi": avi, "list-huge.avi": avi[:16] + b"\xff\xff\xff\x7f"
        + avi[20:],
        "type.mp4": box(b"ftyp", b"isom\0\0\2\0isom"),
        "no-index.mp4": box(b"ftyp", b"isom\0\0\2\0isom")
        + box(b"mdat", bytes(500)),
        "empty-index.mp4": box(b"ftyp", b"isom\0\0\2\0isom")
        + box(b"moov", box(b"mvhd", bytes(100))),
        "box-huge.mp4": box(b"ftyp", b"isom\0\0\2\0isom")
        + box(b"moov", bytes(50), 0x7fffffff),
        "boxes-deep.mp4": box(b"ftyp", b"isom\0\0\2\0isom")
        + box(b"moov", size=800) + box(b"trak", size=792) * 90,
        "header.mkv": b"\x1aE\xdf\xa3\x84webm",
        "sizes.mkv": b"\x1aE\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xfe",
        "header.flv": b"FLV\1\5\0\0\0\t\0\0\0\0",
        "padding.ts": (b"G\x1f\xff\x10" + b"\xff" * 184) * 50,
        "start-codes.mpg": b"\0\0\1\xba" * 500,
        "sound.wav": b"RIFF" + struct.pack("<I", 36 + 800) + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
        + b"data" + struct.pack("<I", 800) + bytes(800),
        "lines.mjpeg": b"\xff\xd8\xff\xe0" * 200,
    })


# ---- lists -------------------------------------------------------------------

def lists():
    stream = "http://a.example/s"
    all_of("list", "", {
        "empty.m3u": "", "only-head.m3u": "#EXTM3U\n",
        "parts.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\na.ts\n",
        "variants.m3u8": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n",
        "missing.m3u": "#EXTM3U\n#EXTINF:1,A - B\nnot-there.mp3\n",
        "long-address.m3u": stream + "x" * 2000 + "\n",
        "nul.m3u": b"http://a.example/\0/x\n",
        "schemes.m3u": "edl://x\nav://lavfi:sine\nmemory://x\nlavfi:x\n"
                       "fd://0\nappending://x\nbd://\ndvd://\nsmb://h/x\n",
        "passwords.m3u": "/etc/passwd\n", "outside.m3u":
        "../../../../../../../../etc/passwd\n",
        "device.m3u": "/dev/zero\n/dev/stdin\n",
        "pipes.m3u": "|id\n`id`\n$(id)\n--script=x\n",
        "escapes.m3u": "#EXTINF:1,\x1b]0;x\x07\n\x1b[31mred.mp3\n",
        "binary.m3u": bytes(range(256)) * 30,
        "one-line.m3u": "x" * 300000,
        "one-bad.m3u": f"#EXTM3U\n#EXTINF:1,A - B\n{stream}\nnot-there.mp3\n",
        "numbers.m3u": f"#EXTINF:1e999,A - B\n{stream}\n",
        "folder.m3u": ".\n..\n/\n",
        "empty.csv": "", "only-head.csv": "artist,title,uri\n",
        "no-head.csv": "Ada,Morning\n", "no-title.csv":
        f"artist,uri\nA,{stream}\n",
        "open-quote.csv": f"artist,title,uri\n\"A,B,{stream}\n",
        "after-quote.csv": f"artist,title,uri\n\"A\"x,B,{stream}\n",
        "columns.csv": ",".join(["artist", "title"] * 300) + "\n",
        "fields.csv": "artist,title,uri\n" + "," * 5000 + "\n",
        "few-fields.csv": "artist,title,uri\nA\n",
        "number.csv": f"artist,title,uri,valence,arousal\nA,B,{stream},x,0\n",
        "range.csv": f"artist,title,uri,valence,arousal\nA,B,{stream},5,0\n",
        "nan.csv": f"artist,title,uri,valence,arousal\nA,B,{stream},nan,0\n",
        "half-a-mood.csv":
        f"artist,title,uri,valence,arousal\nA,B,{stream},0.5,\n",
        "nul.csv": b"artist,title,uri\nA,B,http://a\0b/\n",
        "binary.csv": bytes(range(256)) * 30,
        "utf16.csv": "artist,title\nA,B\n".encode("utf-16"),
        "names-blank.csv": f"artist,title,uri\n , ,{stream}\n",
        "spotify.csv": "artist,title,uri\nA,B,spotify:track:1\n",
        "long-field.csv": f"artist,title,uri\n{'x' * 200000},B,{stream}\n",
        "empty.jspf": "", "cut.jspf": '{"playlist": [',
        "no-list.jspf": '{"playlist": {"title": "x"}}',
        "list-is-map.jspf": '{"playlist": {"track": {}}}',
        "array.jspf": "[]", "null.jspf": "null",
        "numbers.jspf": '{"playlist": {"track": [1, null, "x", []]}}',
        "no-names.jspf": '{"playlist": {"track": [{}]}}',
        "types.jspf": '{"playlist": {"track": [{"title": 7, "location":'
                      ' {"a": 1}}]}}',
        "twice.jspf": '{"playlist": {}, "playlist": {"track": []}}',
        "deep.jspf": '{"playlist":' + "[" * 4000,
        "surrogate.jspf": '{"playlist": {"track": [{"title": "\\ud800"}]}}',
        "scheme.jspf": '{"playlist": {"track": [{"title": "T", "creator":'
                       ' "C", "location": ["edl://x"]}]}}',
        "latin.jspf": '{"playlist": {"track": [{"title": "caf\xe9"}]}}'
        .encode("latin-1"),
        "empty-track.jspf": '{"playlist": {"track": []}}',
        "empty.ndjson": "", "cut.ndjson": '{"title": "x"',
        "array.ndjson": "[1]\n[2]\n", "words.ndjson": "no json\nat all\n",
        "no-title.ndjson": f'{{"artist": "A", "uri": "{stream}"}}\n',
        "one-bad.ndjson": '{"artist": "A", "title": "B", "uri":'
                          f' "{stream}"}}\nnot this\n',
        "mood.ndjson": '{"artist": "A", "title": "B", "uri":'
                       f' "{stream}", "valence": 9, "arousal": "x"}}\n',
        "list.pls": "[playlist]\nFile1=x\n", "list.xspf": "<playlist/>",
        "list.asx": "<asx/>", "list.txt": "http://a.example/s\n",
        "no-ending": "http://a.example/s\n",
    })


# ---- music -------------------------------------------------------------------

def id3(body, size=None):
    size = len(body) if size is None else size
    return b"ID3\3\0\0" + bytes(size >> s & 0x7f for s in (21, 14, 7, 0)) \
        + body


def id3_frame(name, data, size=None):
    return name + struct.pack(">I", len(data) if size is None else size) \
        + b"\0\0" + data


def flac(comments, info=None):
    rate = 44100
    if info is None:
        info = struct.pack(">HH", 4096, 4096) + bytes(6) + struct.pack(
            ">Q", rate << 44 | 15 << 36 | rate * 3) + bytes(16)
    return (b"fLaC\0" + len(info).to_bytes(3, "big") + info + b"\x84"
            + len(comments).to_bytes(3, "big") + comments + b"\xff\xf8"
            + bytes(64))


def comment(*lines, count=None, length=None):
    out = struct.pack("<I", 4) + b"mien" + struct.pack(
        "<I", len(lines) if count is None else count)
    for line in lines:
        out += struct.pack("<I", len(line) if length is None else length) \
            + line
    return out


def music():
    sound = (b"\xff\xfb\x90\x00" + bytes(413)) * 20
    title = id3_frame(b"TPE1", b"\3A") + id3_frame(b"TIT2", b"\3B")
    all_of("music", "", {
        "empty.mp3": b"", "text.mp3": "No music.\n",
        "zeros.flac": bytes(5000), "noise.ogg": random.Random(5).randbytes(5000),
        "head.flac": b"fLaC", "head.ogg": b"OggS" + bytes(30),
        "head.m4a": box(b"ftyp", b"M4A \0\0\0\0"), "head.wav": b"RIFF",
        "head.opus": b"OggS\0\2" + bytes(20) + b"\1\x13OpusHead\1",
        "no-sound.mp3": id3(title),
        "no-rate.flac": flac(comment(), info=bytes(34)),
        "size-lie.wav": b"RIFF\xff\xff\xff\x7fWAVEfmt \xff\xff\xff\x7f",
        "boxes.m4a": box(b"ftyp", b"M4A \0\0\0\0")
        + box(b"moov", size=100) + box(b"udta", size=0xffffffff),
        "page-lie.ogg": b"OggS\0\2" + bytes(20) + b"\xff" + b"\xff" * 255,
        "chunk-lie.aiff": b"FORM\x7f\xff\xff\xffAIFFCOMM\xff\xff\xff\xff",
        "frame-lie.ape": b"MAC \x96\x0f" + b"\xff" * 60,
        "head.wv": b"wvpk" + b"\xff" * 60, "head.wma":
        b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c"
        + b"\xff" * 40,
        "size-lie.mp3": id3(title, 0xfffffff) + sound,
        "frame-lie.mp3": id3(id3_frame(b"TIT2", b"\3B", 0x7fffffff)) + sound,
        "encoding.mp3": id3(id3_frame(b"TIT2", b"\x09B")) + sound,
        "utf16.mp3": id3(id3_frame(b"TIT2", b"\1\xff\xfe\0\xd8")) + sound,
        "escapes.mp3": id3(id3_frame(b"TIT2", b"\3\x1b]0;x\x07\x1b[2J")
                           + id3_frame(b"TPE1", "\3\u202eA".encode()))
        + sound,
        "long.mp3": id3(id3_frame(b"TIT2", b"\3" + b"x" * 2000000)) + sound,
        "count-lie.flac": flac(comment(b"TITLE=B", count=0xffffffff)),
        "length-lie.flac": flac(comment(b"TITLE=B", length=0xffffffff)),
        "no-equals.flac": flac(comment(b"TITLE", b"=", b"ARTIST")),
        "bytes.flac": flac(comment(b"TITLE=\xff\xfe\x00B", b"ARTIST=A")),
        "combining.flac": flac(comment(
            b"TITLE=" + "e\u0301".encode() + "\u0301".encode() * 5000,
            b"ARTIST=A")),
    })


# ---- answers of services -----------------------------------------------------

def answers():
    station = {"name": "Calm", "url": "http://a.example/s",
               "url_resolved": "http://a.example/s", "tags": "calm",
               "stationuuid": "u", "bitrate": 128, "votes": 1,
               "countrycode": "PE", "lastcheckok": 1, "codec": "MP3"}
    good = json.dumps([station])
    all_of("answer", ".json", {
        "empty": "", "blank": " \n", "text": "Service Unavailable",
        "page": "<html>captive portal</html>", "null": "null", "number": "7",
        "string": '"x"', "cut": good[:-20], "comma": "[1,]",
        "object": "{}", "strings": '["x", "y"]', "deep": "[" * 100000,
        "error": '{"error": "no"}', "twice": good + good,
        "trailing": good + "x", "nan": '[{"votes": NaN}]',
        "utf16": good.encode("utf-16"),
        "many": "[" + "0," * 400000 + "0]",
        "binary": bytes(range(256)) * 8,
        "empty-list": "[]", "nulls": json.dumps([dict.fromkeys(station)]),
        "types": json.dumps([{k: [k] for k in station}]),
        "script": json.dumps([station | {"url": "javascript:x",
                                         "url_resolved": "edl://x"}]),
        "escapes": json.dumps([station | {"name": "\x1b[2J\u202e\0x"}]),
        "bytes": good.replace("Calm", "C\udcfflm").encode(
            "utf-8", "surrogateescape"),
        "huge-number": good.replace("128", "1e400"),
        "good": good,
    })


# ---- catalogs and other files ------------------------------------------------

def database(name, script, damage=None):
    path = f"database/{name}.db"
    os.makedirs("database", exist_ok=True)
    db = sqlite3.connect(path)
    db.executescript(script)
    db.commit()
    db.close()
    if damage:
        with open(path, "r+b") as f:
            damage(f)


def databases():
    text = "database/"
    put(text + "text.db", "no database\n")
    put(text + "binary.db", bytes(range(256)) * 64)
    put(text + "magic.db", b"SQLite format 3\0")
    put(text + "magic-zeros.db", b"SQLite format 3\0" + bytes(8000))
    put(text + "older.db", b"** This file contains an SQLite 2.1 database **\n"
        + bytes(1000))
    put(text + "picture.db", open(FACE, "rb").read())
    database("foreign", "CREATE TABLE bookmarks (x); PRAGMA user_version = 7")
    database("foreign-0", "CREATE TABLE track (x)")
    database("newer", "PRAGMA application_id = 0; PRAGMA user_version ="
             " 99999; CREATE TABLE track (id INTEGER PRIMARY KEY)")
    database("cut", "CREATE TABLE a (x); INSERT INTO a SELECT"
             " randomblob(9000) FROM (VALUES (1), (2), (3))",
             lambda f: f.truncate(5000))
    database("page-size", "CREATE TABLE a (x)",
             lambda f: (f.seek(16), f.write(b"\x12\x34")))
    database("encoding", "PRAGMA encoding = 'UTF-16'; CREATE TABLE a (x)")
    os.makedirs("database/folder.db")


def others():
    for name, text in {
            "not-json": "no", "array": "[]", "empty": "", "format":
            '{"format": "other"}', "cut": '{"format": "mien personal 1",',
            "list": '{"format": "mien personal 1", "corrections": 7}',
            "entry": '{"format": "mien personal 1", "corrections": [{}]}',
            "binary": bytes(range(256))}.items():
        put(f"personal/{name}.json", text)
    head = "file\ttitle\tartist\tgenre\tseconds\tvalence\tarousal\ttags\n"
    for name, text in {
            "empty": "", "no-head": "a.opus\tDawn\n",
            "only-head": head, "columns": head + "a.opus\tDawn\n",
            "number": head + "a.opus\tD\tA\tpop\tlong\t0\t0\tx\n",
            "range": head + "a.opus\tD\tA\tpop\t60\t5\t0\tx\n",
            "outside": head + "../../a.opus\tD\tA\tpop\t60\t0\t0\tx\n",
            "missing": head + "nowhere.opus\tD\tA\tpop\t60\t0\t0\tx\n",
            "binary": bytes(range(256))}.items():
        put(f"starter/{name}/starter.tsv", text)
    for name, text in {
            "no-equals": "LASTFM_API_KEY\n", "unknown": "NO_SUCH_KEY=x\n",
            "blank": "LASTFM_API_KEY=a b\n", "control":
            "LASTFM_API_KEY=a\x01b\n", "long": f"LASTFM_API_KEY={'x' * 9000}",
            "binary": bytes(range(256))}.items():
        put(f"secret/{name}", text)
    for name, text in {
            "challenge": "<title>Just a moment...</title>",
            "empty": "", "no-lyrics": "<html><body>x</body></html>",
            "text": "plain words", "open": '<div data-lyrics-container="true">'
            + "<div>" * 5000, "entities":
            '<div data-lyrics-container="true">&#0;&#x110000;&#xd800;&bogus;'
            "</div>", "binary": bytes(range(256)) * 20,
            "nested": "<b>" * 60000,
            "bytes": b'<div data-lyrics-container="true">\xff\xfe\0</div>',
            "json": '{"error": 1}'}.items():
        put(f"page/{name}.html", text)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    for make in (settings, networks, pictures, videos, lists, music, answers,
                 databases, others):
        make()


main(sys.argv[1])
