# SPDX-License-Identifier: GPL-3.0-or-later
# tap: TAP lines for the tests that are scripts. To be read with ".". $work is
# the test's own folder; what stands in its out and err is shown where a line
# fails. A test ends with "exit $failed".
failed=0

# check NAME: the status of the last command decides
check() {
	if [ $? -eq 0 ]; then
		echo "ok - $1"
		return 0
	fi
	echo "not ok - $1"
	if [ -n "${work:-}" ]; then
		sed 's/^/#   /' "$work/out" "$work/err" 2>/dev/null | head -n 20
	fi
	failed=1
	return 1
}

# is NAME COMMAND...: the command decides
is() {
	name=$1
	shift
	"$@" >/dev/null 2>&1
	check "$name" || :
}
