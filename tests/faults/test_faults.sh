#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A few of each kind of fault; "make faults" takes all of them.
exec python3 "${MIEN_ROOT:?}/tests/faults/run.py" --sample
