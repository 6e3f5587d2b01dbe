#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ten dashboards on one catalog, while mien-etl refreshes it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "${MIEN_ROOT:?}/tests/soak/ten.py" "${MIEN_BUILD:?}" 8 "$work/ten"
