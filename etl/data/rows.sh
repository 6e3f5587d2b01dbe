#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# rows: a table of etl/data/ as the rows of a C array, sorted by name.
#
#   rows.sh genres FILE      kind, name, above, valence, arousal[, shown]
#   rows.sh songwords FILE   words, valence[, valence in hip hop]
set -eu
# A ? is escaped: two of them could begin a trigraph.
grep -v '^#' "$2" | LC_ALL=C sort -t "$(printf '\t')" \
	-k "$([ "$1" = genres ] && echo 2,2 || echo 1,1)" |
	awk -F '\t' -v table="$1" '
function quoted(text) {
	gsub(/[\\"?]/, "\\\\&", text)
	return "\"" text "\""
}
function number(text) { return text == "-" ? "0" : text "f" }
function decimal(text) { return text ~ /[.]/ || text == "-" ? text : text "." }
table == "genres" {
	printf "{%s, GENRE_%s, %s, %s, %s, %s},\n", quoted($2), toupper($1),
		$3 == "-" ? "NULL" : quoted($3), number(decimal($4)),
		number(decimal($5)), (NF > 5 ? quoted($6) : quoted($2))
}
table == "songwords" {
	printf "{%s, %s, %s},\n", quoted($1), $2, (NF > 2 ? $3 : $2)
}'
