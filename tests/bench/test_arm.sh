#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The networks' loops against naive sums: as this machine runs them, and as a
# Raspberry Pi does (under an emulator, where the tools for it are installed).
cd "${MIEN_ROOT:?}" || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# loops COMPILER OPTION...: builds $dir/loops
loops() {
	"$@" -std=c11 -D_GNU_SOURCE -ffp-contract=fast -I. -o "$dir/loops" \
		tests/bench/loops.c model/kernels*.c model/netcfg.c \
		model/netshape.c base/rng.c bench/arm/faults.c -lm \
		2>"$dir/err" && return
	echo "not ok - the loops are compiled by $1"
	sed 's/^/# /' "$dir/err"
	failed=1
	return 1
}

# run NAME COMMAND...: its tests are ours, under another name
run() {
	name=$1
	shift
	"$@" >"$dir/out" 2>&1
	rc=$?
	sed "s/^\(not \)\{0,1\}ok - .*/&, $name/" "$dir/out"
	if [ $rc -ne 0 ] && ! grep -q '^not ok' "$dir/out"; then
		echo "not ok - the loops end with $rc, $name"
	fi
	[ $rc -eq 0 ] || failed=1
}

# shellcheck disable=SC2086
loops ${CC:-cc} -O1 && run "here" "$dir/loops" 48
tools=$(for tool in aarch64-linux-gnu-gcc qemu-aarch64; do
	command -v $tool >"$dir/where" || printf ' %s' $tool
done)
if [ -n "$tools" ]; then
	echo "ok - the loops on arm64 # SKIP not installed:$tools" \
		"(scripts/deps install bench)"
else
	loops aarch64-linux-gnu-gcc -O3 -static &&
		run "on arm64" qemu-aarch64 "$dir/loops" 120

	# bench/pi counts what it should: a multiply-add takes four floats
	layers=$(grep -c '^\[convolutional\]' model/weights/emotion.cfg)
	bench/pi --json --optimise=-O2 >"$dir/out" 2>"$dir/err" &&
		jq -e --argjson layers "$layers" '.estimate and
			(.boards | length == 2 and all(.[]; all(.[];
				.best_ms > 0 and .best_ms <= .worst_ms))) and
			([.layers.emotion[] | select(.layer |
				startswith("convolution"))] | length == $layers
			and all(.multiply_add * 4 >= (.layer | split(" ")[-1] |
				tonumber) and .multiply_add * 4 < 1.6 *
				(.layer | split(" ")[-1] | tonumber)))' \
			"$dir/out" >"$dir/jq"
	if [ $? -eq 0 ]; then
		echo "ok - a Pi is estimated from as many multiply-adds as there are"
	else
		echo "not ok - a Pi is estimated from as many multiply-adds as there are"
		sed 's/^/# /' "$dir/err" "$dir/out"
		failed=1
	fi
fi
exit $failed
