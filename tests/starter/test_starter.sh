#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# compose as a program: the same piece twice is the same file, what stands is
# kept, what is broken is made again, and wrong use is said.
compose=${MIEN_ROOT:?}/build/compose
piece=salt-and-chrome
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# check NAME: the status of the command before decides
check() {
	if [ $? -eq 0 ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		failed=1
	fi
}

"$compose" --only $piece "$work/one" >"$work/log" 2>&1 &&
	"$compose" --only $piece "$work/two" >>"$work/log" 2>&1 &&
	cmp "$work/one/$piece.opus" "$work/two/$piece.opus"
check "the same piece twice is the same file, byte for byte"

"$compose" --only $piece "$work/one" | grep -q "$piece: kept"
check "what stands and is current is kept"

head -c 300 "$work/two/$piece.opus" >"$work/one/$piece.opus"
"$compose" --only $piece "$work/one" | grep -q LUFS &&
	cmp "$work/one/$piece.opus" "$work/two/$piece.opus"
check "a broken file is made again"

[ "$(find "$work/one" -type f | wc -l)" = 1 ]
check "nothing else is left beside it"

"$compose" --notes $piece | awk -F '\t' '
	/^#/ { next }
	NF != 5 || $4 < 24 || $4 > 108 || $5 < 1 || $5 > 127 { bad = 1 }
	END { exit bad || NR < 100 }'
check "--notes prints what is played"

"$compose" --only nothing "$work/one" 2>"$work/err"
[ $? -eq 64 ] && grep -q "no piece 'nothing'" "$work/err"
check "an unknown piece is refused"

"$compose" --only $piece /proc/nowhere 2>"$work/err"
[ $? -eq 73 ] && grep -q '/proc/nowhere' "$work/err"
check "a folder that cannot be made is named"
exit $failed
