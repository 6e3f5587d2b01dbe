#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rows that somebody wrote into the catalog past mien: escape sequences, bidi
# overrides, floods of marks and names of megabytes reach neither the terminal,
# the log nor what the commands print; addresses of other kinds, and of files
# elsewhere, are named in a sentence and passed over.
. "${MIEN_ROOT:?}/tests/screens/screen.sh"
db=$work/hostile.db
"$MIEN" feel --catalog "$db" happy >/dev/null 2>&1
# all but the pieces that come with mien, which would be entered again
mkdir "$work/own"
for part in model demo; do
	ln -s "$(cd "$MIEN_DATADIR/$part" && pwd)" "$work/own/$part"
done
export MIEN_DATADIR="$work/own"
python3 - "$db" "$work" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
evil = ("\x1b]0;PWNED\x07\x1b[2J\x1b[31m\x9b31m\u009b31mEVIL\u202e\u2066\u2068"
        "\u200b\u200d\ufeff" + "\u0301" * 3000 + "\r\n\t\x08\x7f\U000e0041")
names = [evil, evil + "x" * 10_000_000, "\u202eEVIL\u202c", "\x90qEVIL\x9c"]
uris = ["edl:///etc/passwd", "av://lavfi:sine", "memory://x", "/etc/passwd",
        "file:///etc/hostname", "--script=/x.lua", "fd://0",
        "https://a.example/\x1b[2J"]
db.execute("PRAGMA foreign_keys = ON")
db.execute("DELETE FROM track")
for i, uri in enumerate(uris):
    name = names[i % len(names)]
    cur = db.execute("INSERT INTO artist (key, name) VALUES (?, ?)",
                     (f"evil {i}", name))
    t = db.execute("INSERT INTO track (artist, key, title, album, added_at, "
                   "valence, arousal, confidence) VALUES (?, ?, ?, ?, 1, 0, 0, 1)",
                   (cur.lastrowid, f"evil {i}", name, name)).lastrowid
    db.execute("INSERT INTO source (track, source, uri, remote, fetched_at) "
               "VALUES (?, 'import', ?, ?, 1)", (t, uri, 0))
db.commit()
PY

# harmless FILE: no control but those of a text, no bidi, no zero widths, and
# at most four marks on one another
harmless() {
	python3 - "$1" <<'PY'
import sys, unicodedata
text = open(sys.argv[1], "rb").read().decode("utf-8")
marks = 0
for c in text:
    kind = unicodedata.category(c)
    marks = marks + 1 if kind in ("Mn", "Me") else 0
    if (kind in ("Cc", "Cf", "Cs", "Co", "Cn") and c != "\n") or marks > 4:
        sys.exit(f"U+{ord(c):04X}")
sys.exit(0 if "EVIL" in text else "nothing of it is there")
PY
}

"$MIEN" feel --catalog "$db" happy >"$work/feel" 2>/dev/null
is "mien feel prints none of it" harmless "$work/feel"
"$MIEN" feel --json --catalog "$db" happy >"$work/json" 2>/dev/null
is "nor as JSON" harmless "$work/json"
is "whose lines stay short" sh -c '[ "$(wc -c <"$1")" -lt 20000 ]' - "$work/json"
"$MIEN" look --catalog "$db" capture/demo/astronaut.jpg >"$work/look" 2>/dev/null
is "mien look prints none of it" harmless "$work/look"

# The dashboard, with all that it writes to its terminal kept.
open_screen 100x30 tmux-256color MIEN_DATADIR="$work/own"
tm send-keys -l "script -qec '$MIEN --ao null --seed 1 --source demo \
--catalog $db' $work/typed; echo ended \$?"
tm send-keys Enter
is "the dashboard starts" wait_for "Space pause" 60
# none of them is chosen; each is asked for by hand, once there is a player
for _ in $(seq $((60 * patience))); do
	grep -q "start: sound ready" "$XDG_STATE_HOME/mien/mien.log" && break
	sleep 0.1
done
for song in 0 1 2 3 4 5 6 7; do
	keys / && tm send-keys -l EVIL && wait_for "8 found" 60 && keys Tab
	for _ in $(seq $song); do keys Down; done
	keys Enter && wait_gone "8 found"
done
keys q
is "it shows such songs, and ends well" wait_for "ended 0" 60
is "no escape of theirs is written" python3 - "$work/typed" <<'PY'
import re, sys
raw = open(sys.argv[1], "rb").read()
text = raw.decode("utf-8", "replace")
bad = [b for b in (b"\x1b]0;PWNED", b"PWNED\x07", b"\x90q") if b in raw]
bad += [hex(ord(c)) for c in text
        if c in "\u202e\u2066\u2068\u200b\u200d\ufeff\u009b\u009c\u0090"]
bad += re.findall("\u0301{5,}", text)[:1]
print("#", bad)
sys.exit(1 if bad or b"EVIL" not in raw else 0)
PY
log=$XDG_STATE_HOME/mien/mien.log
is "nor into the log" harmless "$log"
is "an address of another kind is named, and passed over" \
	grep -qE "is passed over: .*(a kind that is not played|no absolute path)" "$log"
is "a file elsewhere, too" \
	grep -q "lies in no folder that music was imported from" "$log"
exit $failed
