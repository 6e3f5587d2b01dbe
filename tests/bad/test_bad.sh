#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What should not be given to a program, given to it: table.tsv says what is
# to become of each.
# Debian's own, which has the imaging library
exec /usr/bin/python3 "${MIEN_ROOT:?}/tests/bad/run.py"
