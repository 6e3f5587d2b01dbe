/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces: the list of them all; the tables stand in pieces_*.c by mood. */
#include "starter/pieces.h"

#include <stddef.h>

const struct piece *const pieces[] = {
	&piece_bicycle, &piece_bossa, &piece_platform, &piece_wire, NULL,
};
