#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The house stays as it was drawn: includes point one way, library headers
# stay in their rooms, every header compiles alone, every file says its
# licence.
cd "${MIEN_ROOT:?}" || exit 1
failed=0
rooms="base capture model catalog player tui etl"

# report NAME OFFENDERS
report() {
	if [ -z "$2" ]; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		printf '%s\n' "$2" | sed 's/^/#   /'
		failed=1
	fi
}

# which rooms a room may include
allowed() {
	case $1 in
	base) echo base ;;
	capture) echo base capture ;;
	model) echo base capture model ;;
	catalog) echo base capture model catalog ;;
	player) echo base capture model catalog player ;;
	tui) echo base capture model catalog player tui ;;
	etl) echo base model catalog etl ;;
	starter) echo base starter ;;
	esac
}

for room in $rooms starter; do
	[ -d "$room" ] || continue
	may=$(allowed "$room" | tr ' ' '|')
	bad=$(grep -rnE '#include "' --include='*.[ch]' "$room" |
		grep -vE "#include \"($may)/")
	report "$room/ includes only $(allowed "$room" | tr ' ' ',')" "$bad"
done

# header room...: who may see a library's header
only() {
	header=$1
	shift
	rooms_re=$(echo "$@" | tr ' ' '|')
	bad=$(grep -rnE "#include <$header" --include='*.[ch]' . |
		grep -vE "^\./($rooms_re|build)/")
	report "<$header is seen in $* alone" "$bad"
}
only '(n?curses|term\.h)' tui
only 'mpv/' player
only 'sqlite3' catalog tests bench
only 'darknet' model tests bench
only '(libv4l2|linux/videodev2|libav|libsw)' capture tests
only '(tag_c|taglib)' etl tests
only 'libexttextcat' etl
only 'libxml' etl
only 'aubio' etl
only 'curl/' etl
only 'microhttpd' tests
only '(fluidsynth|opusenc)' starter
only 'yaml' base

bad=""
for header in $(find $rooms starter -name '*.h' 2>/dev/null | sort); do
	flags="-isystem /usr/lib/darknet/include $(pkg-config --cflags mpv \
		libavformat libv4l2 sqlite3 ncursesw jansson taglib_c libxml-2.0 libcurl \
		fluidsynth libopusenc)"
	# shellcheck disable=SC2086
	echo "#include \"$header\"" | ${CC:-cc} -std=c11 -D_GNU_SOURCE -I. $flags \
		-fsyntax-only -x c - 2>/dev/null || bad="$bad$header
"
done
report "every header compiles alone" "$bad"

bad=$(git ls-files '*.c' '*.h' '*.py' '*.sh' Makefile 'scripts/*' |
	while read -r file; do
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier' || echo "$file"
	done)
report "every source file names its licence" "$bad"

bad=$(git grep -nIE '"/(work|farm|root|home/)|/var/tmp/|https?://(deb|security|registry)\.' \
	-- . ':!tests/house' ':!COPYING')
report "no path of a machine and no package host" "$bad"

bad=$(grep -rnE '\b(printf|puts|putchar|perror|exit|abort)\(' --include='*.c' \
	base capture model catalog player 2>/dev/null | grep -v '_exit(')
report "libraries never print and never exit" "$bad"

bad=$(for package in $(scripts/deps list build | grep -vE '^(gcc|make|pkg-config|libc6-dev)$'); do
	grep -q "| $package " docs/dependencies.md || echo "$package"
done)
report "every dependency says why it is there" "$bad"
exit $failed
