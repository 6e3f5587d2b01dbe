#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the compiler and the linker can do against bugs is on in the programs
# that are shipped, and SQL is only ever a text of the program's own.
cd "${MIEN_ROOT:?}" || exit 1
build=${MIEN_BUILD:?}
. "${MIEN_ROOT:?}/tests/tap.sh"

has() { readelf "$1" "$2" 2>/dev/null | grep -qE -- "$3"; }
lacks() { ! has "$@"; }
touches_stack() {
	objdump -d --no-show-raw-insn "$1" |
		grep -qE 'or[ql] +\$0x0,(0x[0-9a-f]+)?\(%rsp\)|str[[:space:]]+xzr, \[sp'
}

case $build in
*asan* | *tsan*)
	echo "ok - hardening # SKIP a sanitizer's build is not shipped"
	exit 0
	;;
esac

for program in mien mien-etl; do
	p=$build/$program
	is "$program: position independent" has -h "$p" 'Type:[[:space:]]+DYN'
	is "$program: as a program (PIE)" has -d "$p" 'FLAGS_1.*PIE'
	is "$program: RELRO" has -lW "$p" 'GNU_RELRO'
	is "$program: all of it (BIND_NOW)" has -d "$p" 'FLAGS.*(BIND_NOW|NOW)'
	is "$program: no executable stack" has -lW "$p" 'GNU_STACK .* RW '
	is "$program: no segment writable and executable" lacks -lW "$p" 'LOAD .* RWE '
	is "$program: stack protector" has -sW "$p" '__stack_chk_fail'
	is "$program: FORTIFY" has -sW "$p" '__(memcpy|snprintf|vsnprintf|fprintf)_chk'
	# a page of the stack is touched before the next is taken
	is "$program: stack clash protection" touches_stack "$p"
	is "$program: no search path" lacks -d "$p" '(RPATH|RUNPATH)'
	is "$program: no text relocations" lacks -d "$p" 'TEXTREL'
done

# SQL: texts of the program alone, values as parameters. The two that are put
# together (schema.c's numbers, a version) hold no text from outside.
bad=$(grep -rnE 'sqlite3_(mprintf|vmprintf|snprintf|get_table|str_append)' \
	--include='*.c' base capture model catalog player tui etl |
	grep -vE '"(%s-wal|file:%s[^"]*)"') # names of files
is "no SQL is printed together by SQLite's own printf" [ -z "$bad" ]
bad=$(grep -rnE 'sqlite3_exec\(' --include='*.c' catalog tui etl player model |
	grep -vE 'sqlite3_exec\(catalog->db, ("|pragmas, |steps\[version\]|mark, )')
is "what is run is a text of the program" [ -z "$bad" ]
[ -z "$bad" ] || echo "$bad" | sed 's/^/#   /'
bad=$(grep -rnE 'printf\(.*"(SELECT|INSERT|UPDATE|DELETE|REPLACE|DROP|CREATE) ' \
	--include='*.c' catalog tui etl player model)
is "no statement is printed together" [ -z "$bad" ]
[ -z "$bad" ] || echo "$bad" | sed 's/^/#   /'
exit $failed
