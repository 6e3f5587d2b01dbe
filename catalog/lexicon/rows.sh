#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# rows: a lexicon as the rows of a sorted C array.
#
#   rows.sh vader FILE      token TAB valence        -> {"token", tenths},
#   rows.sh emotions FILE   state TAB strength TAB terms, comma-separated
#                                                    -> {"term", STATE, tenths},
set -eu
expand() {
	case $1 in
	vader) cat "$2" ;;
	emotions) awk -F '\t' '!/^#/ && NF == 3 {
		n = split($3, terms, /, */)
		for (i = 1; i <= n; i++)
			print terms[i] "\t" toupper($1) "\t" $2
	}' "$2" ;;
	esac
}

# A ? is escaped too: two of them could begin a trigraph.
expand "$1" "$2" | LC_ALL=C sort -t "$(printf '\t')" -k 1,1 | awk -F '\t' '{
	gsub(/[\\"?]/, "\\\\&", $1)
	if (NF == 2)
		printf "{\"%s\", %d},\n", $1, $2 * 10 + ($2 < 0 ? -0.5 : 0.5)
	else
		printf "{\"%s\", STATE_%s, %d},\n", $1, $2, $3 * 10 + 0.5
}'
