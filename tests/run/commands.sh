# SPDX-License-Identifier: GPL-3.0-or-later
# commands: what the tests of mien's commands share: a home of their own, and
# TAP lines. To be read with ".".
mien=$MIEN_BUILD/mien
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
export HOME="$work" XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config"
unset XDG_STATE_HOME XDG_CACHE_HOME MIEN_DATADIR
. "${MIEN_ROOT:?}/tests/tap.sh"

# run STATUS ARGUMENT...: whether mien ends so; its output in out and err
run() {
	want=$1
	shift
	"$mien" "$@" >"$work/out" 2>"$work/err" </dev/null
	[ $? -eq "$want" ]
}
says() { grep -q -- "$1" "$work/err"; }
one_sentence() { [ "$(wc -l <"$work/err")" -eq 1 ] && grep -q '\.$' "$work/err"; }
json() { jq -e -s "$1" "$work/out"; }
plain() { ! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$work/out" "$work/err"; }
