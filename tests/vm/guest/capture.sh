#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# capture/ alone, every picture counted: tests/vm/camera.c.
exec "$VM/camera" "$VM/root"
