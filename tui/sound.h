/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sound: the player's options, as the configuration says them. */
#ifndef MIEN_TUI_SOUND_H
#define MIEN_TUI_SOUND_H

#include "base/config.h"
#include "player/player.h"

/* Texts of out point into config, or are static. */
void sound_opts(const struct config *config, struct player_opts *out);

#endif
