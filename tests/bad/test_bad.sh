#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What should not be given to a program, given to it: table.tsv says what is
# to become of each.
exec python3 "${MIEN_ROOT:?}/tests/bad/run.py"
