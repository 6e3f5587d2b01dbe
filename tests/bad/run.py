# SPDX-License-Identifier: GPL-3.0-or-later
"""run: every file of make_bad.py through the program that would read it.

    run.py [--print]

A line of TAP for each row of table.tsv: file, how it is given, the status,
and words of the error (of the output, where it is taken); --print writes
what happened as such a table instead, to be read before it is believed.
"""
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.environ["MIEN_ROOT"]
BUILD = os.path.abspath(os.environ["MIEN_BUILD"])
HERE = os.path.dirname(os.path.abspath(__file__))
MIEN, ETL = f"{BUILD}/mien", f"{BUILD}/mien-etl"
FACE = f"{ROOT}/capture/demo/astronaut.jpg"
PATIENCE_S = 60
BUDGET_S = 170  # of all; on a machine that is busy the rest is left out
TOGETHER = 24  # pictures that one "mien look" is given

# how a file is given, by its folder
WAYS = {"config": "config", "model": "model", "picture": "look",
        "video": "look", "list": "import", "music": "import",
        "answer": "answer", "page": "page", "database": "catalog",
        "personal": "personal", "starter": "starter", "secret": "secrets"}
SERVICES = ("lastfm", "genius", "genius_pages", "lrclib", "youtube",
            "musicbrainz", "listenbrainz", "deezer", "archive", "jamendo",
            "radiobrowser")


class Bad:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="mien-bad-")
        self.files = f"{self.folder}/bad"
        subprocess.run([sys.executable, f"{HERE}/make_bad.py", self.files],
                       check=True)
        self.seen = {}

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, command, home="home", **more):
        """Status, and standard error, of a run in a new home."""
        home = f"{self.folder}/{home}"
        os.makedirs(home, exist_ok=True)
        env = {k: v for k, v in os.environ.items()
               if not k.startswith(("XDG_", "MIEN_B"))}
        env |= {"HOME": home, "LC_ALL": "C.UTF-8"} | more
        env.setdefault("MIEN_DATADIR", f"{ROOT}/build/share/mien")
        try:
            done = subprocess.run(command, env=env, capture_output=True,
                                  stdin=subprocess.DEVNULL, cwd=self.folder,
                                  timeout=PATIENCE_S, check=False)
        except subprocess.TimeoutExpired:
            return "hangs", ""
        said = (done.stderr + done.stdout[:2000]).decode("utf-8", "replace")
        return done.returncode, said.replace(self.files + "/", "")

    # ---- the ways ----

    def config(self, file):
        return self.run([MIEN, "feel", "--config", file, "calm"])

    def model(self, file):
        return self.run([MIEN, "look", "--config", file, FACE])

    def import_(self, file):
        shutil.rmtree(f"{self.folder}/import", ignore_errors=True)
        return self.run([ETL, "import", "--no-measure", file], "import")

    def catalog(self, file):
        return self.run([ETL, "--catalog", file, "import",
                         f"{HERE}/good.m3u"])

    def personal(self, file):
        home = f"{self.folder}/personal"
        os.makedirs(f"{home}/.local/share/mien", exist_ok=True)
        shutil.copy(file, f"{home}/.local/share/mien/personal.json")
        os.chmod(f"{home}/.local/share/mien/personal.json", 0o600)
        return self.run([MIEN, "personal"], "personal")

    def starter(self, file):
        return self.run([ETL, "starter", "--dir", file])

    def secrets(self, file):
        home = f"{self.folder}/secrets"
        os.makedirs(f"{home}/.config/mien", exist_ok=True)
        shutil.copy(file, f"{home}/.config/mien/secrets")
        os.chmod(f"{home}/.config/mien/secrets", 0o600)
        return self.run([ETL, "sources"], "secrets")

    def look(self, file):
        """Many at once: a network takes its time to load."""
        if file not in self.seen:
            folder = os.path.dirname(file)
            files = sorted(f"{folder}/{f}" for f in os.listdir(folder))
            at = files.index(file) // TOGETHER * TOGETHER
            files = files[at:at + TOGETHER]
            code, said = self.run([MIEN, "look", "--seed", "1", *files])
            for each in files:
                name = each[len(self.files) + 1:]
                lines = [line for line in said.split("\n")
                         if name in line]
                wrong = [line for line in lines if line.startswith("mien: ")]
                ran = code in (0, 66) and lines
                self.seen[each] = ((66 if wrong else 0) if ran else code,
                                   "\n".join(wrong or lines) if ran else said)
        return self.seen[file]

    def served(self, file, service, base, keys):
        with open(f"{self.folder}/etl.yaml", "w", encoding="utf-8") as f:
            f.write("etl:\n  artists: 1\n  tracks_per_artist: 1\n"
                    "  tags: [calm]\n  sources:\n")
            for name in SERVICES:
                at = base(name)
                f.write(f"    {name}: {{enabled: {str(bool(at)).lower()}, "
                        f"rate: 500, base_url: \"{at or ''}\"}}\n")
        home = f"{self.folder}/served"
        shutil.rmtree(home, ignore_errors=True)
        code, said = self.run([ETL, "--config", f"{self.folder}/etl.yaml",
                               "refresh"], "served", **keys)
        told, status = self.run([ETL, "status"], "served")
        return code, said + status

    def answer(self, file):
        with Server(file, "application/json") as port:
            return self.served(
                file, "radiobrowser", lambda name: f"http://127.0.0.1:{port}"
                if name == "radiobrowser" else None, {})

    def page(self, file):
        with Server(file, "text/html") as port, Mock(self.folder) as mock:
            def base(name):
                if name in ("lastfm", "genius"):
                    return f"http://127.0.0.1:{mock}/{name}"
                return f"http://127.0.0.1:{port}" \
                    if name == "genius_pages" else None
            return self.served(file, "genius_pages", base,
                               {"LASTFM_API_KEY": "a",
                                "GENIUS_ACCESS_TOKEN": "b"})

    def outcome(self, way, name):
        path = f"{self.files}/{name}"
        return getattr(self, {"import": "import_"}.get(way, way))(path)


class Server:
    """Every request is answered by one file."""

    def __init__(self, file, kind):
        with open(file, "rb") as f:
            body = f.read()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0),
                                                      Handler)

    def __enter__(self):
        threading.Thread(target=functools.partial(
            self.server.serve_forever, 0.02), daemon=True).start()
        return self.server.server_address[1]

    def __exit__(self, *why):
        self.server.shutdown()
        self.server.server_close()


class Mock:
    """The services of tests/etl/mock.c."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [f"{BUILD}/mock", f"{folder}/mock.log"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)

    def __enter__(self):
        return int(self.process.stdout.readline())

    def __exit__(self, *why):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def inputs(files):
    """What is given, below its folder: a model is given by its settings."""
    for kind in sorted(WAYS):
        for name in sorted(os.listdir(f"{files}/{kind}")):
            if kind == "model" and not name.endswith(".yaml"):
                continue
            yield f"{kind}/{name}", WAYS[kind]


def sizes_in(line):
    """{emotion}, {emotion-1} ... {face}: bytes of the weights that ship."""
    for name in ("emotion", "face"):
        size = os.path.getsize(f"{ROOT}/model/weights/{name}.weights")
        for word, bytes_ in (("", size), ("+1", size + 1), ("-1", size - 1),
                             ("/2", size // 2)):
            line = line.replace("{" + name + word + "}", str(bytes_))
    return line


def read_table():
    with open(f"{HERE}/table.tsv", encoding="utf-8") as f:
        rows = [sizes_in(line).rstrip("\n").split("\t") for line in f
                if line.strip() and line[0] != "#"]
    return {row[0]: row[1:] for row in rows}


def judge(code, said, want, words):
    if "Sanitizer" in said or "runtime error" in said:
        return "a sanitizer reports"
    if str(code) != want:
        return f"ended with {code}, not {want}"
    if words not in said:
        return f"does not say: {words}"
    if re.search("[\x00-\x08\x0b-\x1f\x7f]", said):
        return "a control byte is printed"
    return None


def main():
    bad = Bad()
    failed = late = 0
    end = time.monotonic() + BUDGET_S
    try:
        table = read_table() if "--print" not in sys.argv else {}
        for name, way in inputs(bad.files):
            if "--print" in sys.argv:
                code, said = bad.outcome(way, name)
                print(f"{name}\t{way}\t{code}\t{said.strip()[:400]!r}",
                      flush=True)
                continue
            row = table.pop(name, [way, "no row in table.tsv", ""])
            if time.monotonic() > end:
                late += 1
                continue
            code, said = bad.outcome(row[0], name)
            wrong = judge(code, said, row[1], row[2])
            failed += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} - {name}"
                  f"{': ' + wrong if wrong else ''}", flush=True)
            if wrong:
                print("#   " + said.strip().replace("\n", "\n#   ")[:600])
        if late:
            print(f"ok - {late} more # SKIP no time for them")
        for name in table:
            failed += 1
            print(f"not ok - {name}: stands in table.tsv and is not made")
    finally:
        bad.close()
    return 1 if failed else 0


sys.exit(main())
