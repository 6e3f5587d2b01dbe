#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A short turn of the soak: each key is answered, descriptors stay, the camera
# is unplugged once. The long one is "make soak HOURS=n".
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "${MIEN_ROOT:?}/tests/soak/soak.py" "${MIEN_BUILD:?}" 0.006 "$work/soak"
