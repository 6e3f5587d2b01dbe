/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces: the list of them all; the tables stand in pieces_*.c by mood. */
#include "starter/pieces.h"

#include <stddef.h>

const struct piece *const pieces[] = {
	&piece_bicycle,  &piece_ska,      &piece_pixel,     &piece_parade,
	&piece_bossa,    &piece_river,    &piece_porcelain, &piece_veranda,
	&piece_platform, &piece_letter,   &piece_tide,      &piece_wire,
	&piece_freight,  &piece_clock,    &piece_cellar,    &piece_attic,
	&piece_jack,     &piece_seven,    &piece_surf,      &piece_polaroids,
	&piece_carousel, &piece_division, &piece_hours,     NULL,
};
